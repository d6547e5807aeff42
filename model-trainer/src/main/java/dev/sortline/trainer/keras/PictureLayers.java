// SPDX-License-Identifier: Apache-2.0
package dev.sortline.trainer.keras;

import dev.sortline.trainer.layers.LayerGraph;
import dev.sortline.trainer.layers.Margins;
import dev.sortline.trainer.layers.Signal;
import dev.sortline.trainer.layers.Window;
import java.util.List;
import java.util.Map;

/** What changes the size of pictures, and makes rows of them. */
final class PictureLayers {
    static final Map<String, LayerFunction> ALL = Map.of(
            "MaxPooling2D", PictureLayers::maxPooling,
            "AveragePooling2D", PictureLayers::averagePooling,
            "GlobalAveragePooling2D", PictureLayers::globalAverage,
            "GlobalMaxPooling2D", PictureLayers::globalMax,
            "ZeroPadding2D", PictureLayers::zeroPadding,
            "Cropping2D", PictureLayers::cropping,
            "Flatten", PictureLayers::flatten,
            "Reshape", PictureLayers::reshape);

    private PictureLayers() {}

    private static Signal maxPooling(LayerGraph graph, KerasLayer layer, List<Signal> inputs) {
        long[] size = layer.pair("pool_size", 2);
        return graph.maxPooled(layer.name(), inputs.get(0), size[0], size[1], window(layer, size));
    }

    private static Signal averagePooling(LayerGraph graph, KerasLayer layer, List<Signal> inputs) {
        long[] size = layer.pair("pool_size", 2);
        return graph.averagePooled(layer.name(), inputs.get(0), size[0], size[1], window(layer, size));
    }

    /** Without strides of its own a pool moves by its size. */
    private static Window window(KerasLayer layer, long[] size) {
        return layer.window(layer.numbers("strides").isEmpty() ? size : layer.pair("strides", 1));
    }

    private static Signal globalAverage(LayerGraph graph, KerasLayer layer, List<Signal> inputs) {
        layer.requireChannelsLast();
        return graph.averaged(layer.name(), inputs.get(0), layer.flag("keepdims", false));
    }

    private static Signal globalMax(LayerGraph graph, KerasLayer layer, List<Signal> inputs) {
        layer.requireChannelsLast();
        return graph.largest(layer.name(), inputs.get(0), layer.flag("keepdims", false));
    }

    private static Signal zeroPadding(LayerGraph graph, KerasLayer layer, List<Signal> inputs) {
        return graph.padded(layer.name(), inputs.get(0), margins(layer, "padding"), 0);
    }

    private static Signal cropping(LayerGraph graph, KerasLayer layer, List<Signal> inputs) {
        return graph.cropped(layer.name(), inputs.get(0), margins(layer, "cropping"));
    }

    private static Margins margins(KerasLayer layer, String key) {
        layer.requireChannelsLast();
        long[] sides = layer.numbers(key).stream().mapToLong(Double::longValue).toArray();
        return switch (sides.length) {
            case 1 -> new Margins(sides[0], sides[0], sides[0], sides[0]);
            case 2 -> new Margins(sides[0], sides[0], sides[1], sides[1]);
            case 4 -> new Margins(sides[0], sides[1], sides[2], sides[3]);
            default -> throw layer.unusable("has %d margins".formatted(sides.length));
        };
    }

    private static Signal flatten(LayerGraph graph, KerasLayer layer, List<Signal> inputs) {
        layer.requireChannelsLast();
        return graph.flattened(layer.name(), inputs.get(0));
    }

    private static Signal reshape(LayerGraph graph, KerasLayer layer, List<Signal> inputs) {
        return graph.reshaped(
                layer.name(),
                inputs.get(0),
                layer.numbers("target_shape").stream()
                        .mapToLong(Double::longValue)
                        .toArray());
    }
}
