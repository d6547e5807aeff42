// SPDX-License-Identifier: Apache-2.0
package dev.sortline.trainer.keras;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sortline.trainer.layers.ForeignNetworkException;
import dev.sortline.trainer.layers.Window;
import dev.sortline.trainer.network.NpyArray;
import java.util.ArrayList;
import java.util.List;

/**
 * One layer of a model's configuration.
 *
 * @param kind Keras' class of it
 * @param old whether it was Keras 2 that wrote it
 */
record KerasLayer(String kind, String name, JsonNode config, KerasWeights weights, boolean old) {
    static final String KERNEL = "kernel";
    static final String BIAS = "bias";

    static KerasLayer of(JsonNode layer, KerasWeights weights, boolean old) {
        return new KerasLayer(layer.path("class_name").asText(), nameOf(layer), layer.path("config"), weights, old);
    }

    static String nameOf(JsonNode layer) {
        return layer.path("config").path("name").asText(layer.path("name").asText());
    }

    NpyArray[] weights(String... names) {
        return weights.of(name, names);
    }

    boolean flag(String key, boolean absent) {
        return config.path(key).asBoolean(absent);
    }

    double number(String key, double absent) {
        return config.path(key).asDouble(absent);
    }

    String text(String key) {
        return config.path(key).asText();
    }

    /** One number or several, one after the other whatever lists they are in. */
    List<Double> numbers(String key) {
        List<Double> all = new ArrayList<>();
        collect(config.path(key), all);
        return all;
    }

    private static void collect(JsonNode node, List<Double> all) {
        if (node.isNumber()) {
            all.add(node.asDouble());
        }
        node.forEach(child -> collect(child, all));
    }

    /** Two whole numbers, of which one may stand for both. */
    long[] pair(String key, long absent) {
        List<Double> all = numbers(key);
        return switch (all.size()) {
            case 0 -> new long[] {absent, absent};
            case 1 -> new long[] {all.get(0).longValue(), all.get(0).longValue()};
            default -> new long[] {all.get(0).longValue(), all.get(1).longValue()};
        };
    }

    Window window(long[] strides) {
        requireChannelsLast();
        long[] dilation = pair("dilation_rate", 1);
        String padding = text("padding");
        if (!padding.equals("same") && !padding.equals("valid")) {
            throw unusable("has the padding " + padding);
        }
        return new Window(strides[0], strides[1], dilation[0], dilation[1], padding.equals("same"));
    }

    void requireChannelsLast() {
        if (text("data_format").equals("channels_first")) {
            throw unusable("has its channels first");
        }
    }

    /** Refuses a layer that is known, but not as it is set. */
    ForeignNetworkException unusable(String why) {
        return new ForeignNetworkException(
                "has a layer %s (%s) that %s, which is not known here".formatted(kind, name, why));
    }
}
