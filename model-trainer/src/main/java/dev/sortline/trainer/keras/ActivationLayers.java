// SPDX-License-Identifier: Apache-2.0
package dev.sortline.trainer.keras;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sortline.trainer.layers.Activation;
import dev.sortline.trainer.layers.ForeignNetworkException;
import dev.sortline.trainer.layers.LayerGraph;
import dev.sortline.trainer.layers.Signal;
import java.util.List;
import java.util.Map;

/** What is done to each value; and the layers that do nothing once a network has learned. */
final class ActivationLayers {
    static final Map<String, LayerFunction> ALL = Map.of(
            "Activation", (graph, layer, inputs) -> activated(graph, layer, inputs.get(0)),
            "ReLU", ActivationLayers::rectifier,
            "LeakyReLU", ActivationLayers::leaky,
            "PReLU", ActivationLayers::learnedSlopes,
            "ELU", ActivationLayers::exponential,
            "Softmax", ActivationLayers::softmax);

    /** Those of training: they pass on what they are given. */
    static final List<String> IDLE = List.of(
            "Identity",
            "Dropout",
            "SpatialDropout2D",
            "AlphaDropout",
            "GaussianDropout",
            "GaussianNoise",
            "ActivityRegularization",
            "RandomFlip",
            "RandomRotation",
            "RandomZoom",
            "RandomTranslation",
            "RandomContrast",
            "RandomBrightness",
            "RandomShear");

    private static final Map<String, Activation> NAMES = Map.ofEntries(
            Map.entry("linear", Activation.LINEAR),
            Map.entry("relu", Activation.RELU),
            Map.entry("relu6", Activation.RELU6),
            Map.entry("sigmoid", Activation.SIGMOID),
            Map.entry("tanh", Activation.TANH),
            Map.entry("softmax", Activation.SOFTMAX),
            Map.entry("log_softmax", Activation.LOG_SOFTMAX),
            Map.entry("elu", Activation.ELU),
            Map.entry("selu", Activation.SELU),
            Map.entry("softplus", Activation.SOFTPLUS),
            Map.entry("softsign", Activation.SOFTSIGN),
            Map.entry("exponential", Activation.EXPONENTIAL),
            Map.entry("swish", Activation.SWISH),
            Map.entry("silu", Activation.SWISH),
            Map.entry("hard_sigmoid", Activation.HARD_SIGMOID),
            Map.entry("hard_swish", Activation.HARD_SWISH),
            Map.entry("hard_silu", Activation.HARD_SWISH));

    private ActivationLayers() {}

    /** What a layer's setting {@code activation} says, on its outputs. */
    static Signal activated(LayerGraph graph, KerasLayer layer, Signal x) {
        JsonNode setting = layer.config().path("activation");
        if (setting.isMissingNode() || setting.isNull()) {
            return x;
        }
        LayerFunction asLayer = ALL.get(setting.path("class_name").asText());
        if (asLayer != null) {
            return asLayer.build(graph, KerasLayer.of(setting, layer.weights(), layer.old()), List.of(x));
        }
        String name =
                setting.isTextual() ? setting.asText() : setting.path("config").asText();
        if (name.equals("hard_sigmoid") && layer.old()) {
            return graph.ramp(layer.name(), x, 0.2, 0.5);
        }
        if (name.equals("leaky_relu")) {
            return graph.leaky(layer.name(), x, 0.2);
        }
        Activation known = NAMES.get(name);
        if (known == null) {
            throw new ForeignNetworkException(
                    "has an activation that is not known here: %s (%s)".formatted(name, layer.name()));
        }
        return graph.activated(layer.name(), x, known);
    }

    private static Signal rectifier(LayerGraph graph, KerasLayer layer, List<Signal> inputs) {
        Signal x = inputs.get(0);
        double slope = layer.number("negative_slope", 0);
        double most = layer.number("max_value", Float.MAX_VALUE);
        if (layer.number("threshold", 0) != 0 || (slope != 0 && most < Float.MAX_VALUE)) {
            throw layer.unusable("has a threshold, or a slope and a largest value");
        }
        return slope != 0 ? graph.leaky(layer.name(), x, slope) : graph.clipped(layer.name(), x, 0, most);
    }

    private static Signal leaky(LayerGraph graph, KerasLayer layer, List<Signal> inputs) {
        double slope = layer.number("negative_slope", layer.number("alpha", 0.3));
        return graph.leaky(layer.name(), inputs.get(0), slope);
    }

    private static Signal learnedSlopes(LayerGraph graph, KerasLayer layer, List<Signal> inputs) {
        long[] shape = inputs.get(0).shape();
        float[] slopes = layer.weights("alpha")[0].values();
        if (slopes.length != shape[shape.length - 1]) {
            throw layer.unusable("has other slopes than one a channel");
        }
        return graph.leaky(layer.name(), inputs.get(0), slopes);
    }

    private static Signal exponential(LayerGraph graph, KerasLayer layer, List<Signal> inputs) {
        if (layer.number("alpha", 1) != 1) {
            throw layer.unusable("has another alpha than 1");
        }
        return graph.activated(layer.name(), inputs.get(0), Activation.ELU);
    }

    private static Signal softmax(LayerGraph graph, KerasLayer layer, List<Signal> inputs) {
        double axis = layer.number("axis", -1);
        if (axis != -1 && axis != inputs.get(0).shape().length - 1) {
            throw layer.unusable("has another axis than the last");
        }
        return graph.activated(layer.name(), inputs.get(0), Activation.SOFTMAX);
    }
}
