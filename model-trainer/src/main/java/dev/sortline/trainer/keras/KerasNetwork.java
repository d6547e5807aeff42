// SPDX-License-Identifier: Apache-2.0
package dev.sortline.trainer.keras;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sortline.trainer.layers.ForeignNetworkException;
import dev.sortline.trainer.layers.LayerGraph;
import dev.sortline.trainer.layers.Signal;
import dev.sortline.trainer.network.NpyArray;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Builds a Functional or Sequential model, or one that is a layer of another, by its configuration. */
final class KerasNetwork {
    private static final String LAYERS = "layers";
    private static final String INPUT_LAYER = "InputLayer";
    private static final String CLASS = "class_name";
    private static final Map<String, LayerFunction> KNOWN = known();

    private final LayerGraph graph;
    private final JsonNode model;
    private final KerasWeights weights;
    private final boolean old;
    private final Map<String, JsonNode> layers = new LinkedHashMap<>();
    /** By layer and number of its call. */
    private final Map<String, Signal> values = new HashMap<>();

    private final Set<String> begun = new HashSet<>();

    /** @param old whether Keras 2 wrote it */
    KerasNetwork(LayerGraph graph, JsonNode model, KerasWeights weights, boolean old) {
        this.graph = graph;
        this.model = model;
        this.weights = weights;
        this.old = old;
        for (JsonNode layer : layers(model)) {
            layers.put(KerasLayer.nameOf(layer), layer);
        }
    }

    private static Map<String, LayerFunction> known() {
        Map<String, LayerFunction> known = new HashMap<>();
        known.putAll(LinearLayers.ALL);
        known.putAll(ActivationLayers.ALL);
        known.putAll(PictureLayers.ALL);
        known.putAll(MergingLayers.ALL);
        ActivationLayers.IDLE.forEach(idle -> known.put(idle, (graph, layer, inputs) -> inputs.get(0)));
        return known;
    }

    /** What a model says of its input: sizes, the batch first, -1 where they are open. */
    static long[] inputShape(JsonNode model) {
        if (isSequential(model)) {
            JsonNode first = layers(model).path(0);
            if (isModel(first)) {
                return inputShape(first);
            }
            for (JsonNode told : List.of(
                    first.path("config").path("batch_shape"),
                    first.path("config").path("batch_input_shape"),
                    model.path("config").path("build_input_shape"),
                    model.path("build_config").path("input_shape"))) {
                if (told.isArray()) {
                    return shape(told);
                }
            }
            return new long[] {-1, -1, -1, 3};
        }
        requireFunctional(model);
        String input = only(model, "input_layers", "input");
        for (JsonNode layer : layers(model)) {
            if (KerasLayer.nameOf(layer).equals(input)) {
                JsonNode config = layer.path("config");
                return shape(config.has("batch_shape") ? config.path("batch_shape") : config.path("batch_input_shape"));
            }
        }
        throw new ForeignNetworkException("has no layer " + input);
    }

    private static long[] shape(JsonNode told) {
        long[] shape = new long[told.size()];
        for (int i = 0; i < shape.length; i++) {
            shape[i] = told.path(i).asLong(-1);
        }
        return shape;
    }

    /** Adds the model to the graph, behind its pictures or another layer. */
    Signal of(Signal input) {
        return isSequential(model) ? sequence(input) : functional(input);
    }

    private Signal sequence(Signal input) {
        Signal x = input;
        for (JsonNode layer : layers.values()) {
            if (!layer.path(CLASS).asText().equals(INPUT_LAYER)) {
                x = built(layer, List.of(x));
            }
        }
        return x;
    }

    private Signal functional(Signal input) {
        requireFunctional(model);
        values.put(key(only(model, "input_layers", "input"), 0), input);
        return value(only(model, "output_layers", "output"), lastCall("output_layers"));
    }

    /** The answer of a layer's call, which is made when it is asked for first. */
    private Signal value(String name, int call) {
        JsonNode layer = layers.get(name);
        boolean isInput = layer != null && layer.path(CLASS).asText().equals(INPUT_LAYER);
        Signal made = values.get(key(name, isInput ? 0 : call));
        if (made != null) {
            return made;
        }
        if (layer == null || !begun.add(key(name, call))) {
            throw new ForeignNetworkException("has a configuration that does not fit together (%s)".formatted(name));
        }
        JsonNode calls = layer.path("inbound_nodes");
        List<Signal> inputs = new ArrayList<>();
        JsonNode arguments = calls.path(Math.min(call, Math.max(0, calls.size() - 1)));
        collect(arguments.isObject() ? arguments.path("args") : arguments, name, inputs);
        if (arguments.path("kwargs").path("training").asBoolean(false)) {
            throw new ForeignNetworkException("calls a layer as in training (%s)".formatted(name));
        }
        if (inputs.isEmpty()) {
            throw new ForeignNetworkException("has a layer without an input (%s)".formatted(name));
        }
        Signal value = built(layer, inputs);
        values.put(key(name, call), value);
        return value;
    }

    /** What a layer is called with: answers of other layers, and numbers where it is an operator. */
    private void collect(JsonNode argument, String layer, List<Signal> inputs) {
        if (argument.isNumber()) {
            inputs.add(number(layer, List.of(argument.asDouble())));
        } else if (isReference(argument)) {
            inputs.add(value(argument.path(0).asText(), argument.path(1).asInt()));
            operandsOfKeras2(argument.path(3), layer, inputs);
        } else if (argument.isArray() && argument.path(0).asText().equals("_CONSTANT_VALUE")) {
            inputs.add(number(layer, List.of(argument.path(2).asDouble())));
            operandsOfKeras2(argument.path(3), layer, inputs);
        } else if (argument.isArray() && argument.size() > 0 && argument.path(0).isNumber()) {
            inputs.add(number(layer, numbers(argument)));
        } else if (argument.isArray()) {
            argument.forEach(inner -> collect(inner, layer, inputs));
        } else if (argument.path(CLASS).asText().equals("__keras_tensor__")) {
            JsonNode history = argument.path("config").path("keras_history");
            inputs.add(value(history.path(0).asText(), history.path(1).asInt()));
        } else if (argument.path("config").path("value").isArray()) {
            inputs.add(number(layer, numbers(argument.path("config").path("value"))));
        }
    }

    /** {@code ["conv1", 0, 0, {}]}. */
    private boolean isReference(JsonNode argument) {
        return argument.isArray()
                && argument.size() >= 3
                && layers.containsKey(argument.path(0).asText())
                && argument.path(1).isInt()
                && argument.path(2).isInt();
    }

    private void operandsOfKeras2(JsonNode named, String layer, List<Signal> inputs) {
        if (named.path("training").asBoolean(false)) {
            throw new ForeignNetworkException("calls a layer as in training (%s)".formatted(layer));
        }
        collect(named.path("y"), layer, inputs);
    }

    private Signal number(String layer, List<Double> numbers) {
        float[] values = new float[numbers.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = numbers.get(i).floatValue();
        }
        return graph.constant(layer, values.length == 1 ? NpyArray.of(values) : NpyArray.of(values, values.length));
    }

    private static List<Double> numbers(JsonNode list) {
        List<Double> all = new ArrayList<>();
        list.forEach(number -> all.add(number.asDouble()));
        return all;
    }

    private Signal built(JsonNode config, List<Signal> inputs) {
        KerasLayer layer = KerasLayer.of(config, weights, old);
        if (isModel(config)) {
            return new KerasNetwork(graph, config, weights.inside(layer.name()), old).of(inputs.get(0));
        }
        LayerFunction function = KNOWN.get(layer.kind());
        if (function == null) {
            throw ForeignNetworkException.unknown(layer.kind(), layer.name());
        }
        try {
            return function.build(graph, layer, inputs);
        } catch (IllegalArgumentException | ArithmeticException | IndexOutOfBoundsException e) {
            throw new ForeignNetworkException(
                    "has a layer %s (%s) that cannot be built: %s"
                            .formatted(layer.kind(), layer.name(), e.getMessage()),
                    e);
        }
    }

    private static String key(String layer, int call) {
        return call + " " + layer;
    }

    private int lastCall(String key) {
        JsonNode told = model.path("config").path(key);
        return (told.path(0).isArray() ? told.path(0) : told).path(1).asInt();
    }

    /** The one layer that a model begins or ends with: {@code ["dense", 0, 0]}, or in a list of one. */
    private static String only(JsonNode model, String key, String what) {
        JsonNode told = model.path("config").path(key);
        if (told.path(0).isTextual()) {
            return told.path(0).asText();
        }
        if (told.size() == 1 && told.path(0).isArray()) {
            return told.path(0).path(0).asText();
        }
        List<String> names = new ArrayList<>();
        told.forEach(one -> names.add(one.path(0).asText()));
        throw new ForeignNetworkException("must have one %s, but %s has %d: %s"
                .formatted(what, KerasLayer.nameOf(model), names.size(), String.join(", ", names)));
    }

    private static JsonNode layers(JsonNode model) {
        return model.path("config").path(LAYERS);
    }

    private static boolean isSequential(JsonNode layer) {
        return layer.path(CLASS).asText().equals("Sequential");
    }

    private static boolean isModel(JsonNode layer) {
        return isSequential(layer) || isFunctional(layer);
    }

    private static boolean isFunctional(JsonNode layer) {
        String kind = layer.path(CLASS).asText();
        return kind.equals("Functional")
                || (kind.equals("Model") && layers(layer).isArray());
    }

    private static void requireFunctional(JsonNode model) {
        if (!isFunctional(model)) {
            throw new ForeignNetworkException("is a model of its own class, %s, whose layers only its code knows"
                    .formatted(model.path(CLASS).asText()));
        }
    }
}
