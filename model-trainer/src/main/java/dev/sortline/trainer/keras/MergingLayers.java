// SPDX-License-Identifier: Apache-2.0
package dev.sortline.trainer.keras;

import dev.sortline.trainer.layers.Arithmetic;
import dev.sortline.trainer.layers.ForeignNetworkException;
import dev.sortline.trainer.layers.LayerGraph;
import dev.sortline.trainer.layers.Signal;
import dev.sortline.trainer.network.NpyArray;
import java.util.List;
import java.util.Map;

/** What makes one of several, be they layers or operators that Keras wrote down as layers: {@code x / 127.5 - 1}. */
final class MergingLayers {
    static final Map<String, LayerFunction> ALL = Map.ofEntries(
            Map.entry("Add", all(Arithmetic.ADD)),
            Map.entry("Subtract", all(Arithmetic.SUBTRACT)),
            Map.entry("Multiply", all(Arithmetic.MULTIPLY)),
            Map.entry("Divide", all(Arithmetic.DIVIDE)),
            Map.entry("TrueDivide", all(Arithmetic.DIVIDE)),
            Map.entry("Maximum", all(Arithmetic.MAXIMUM)),
            Map.entry("Minimum", all(Arithmetic.MINIMUM)),
            Map.entry("Average", MergingLayers::average),
            Map.entry("Concatenate", MergingLayers::concatenate),
            Map.entry("TFOpLambda", MergingLayers::operator));

    /** What Keras 2 calls them. */
    private static final Map<String, Arithmetic> OPERATORS = Map.of(
            "math.add", Arithmetic.ADD,
            "__operators__.add", Arithmetic.ADD,
            "math.subtract", Arithmetic.SUBTRACT,
            "math.multiply", Arithmetic.MULTIPLY,
            "math.truediv", Arithmetic.DIVIDE,
            "math.divide", Arithmetic.DIVIDE);

    private MergingLayers() {}

    private static LayerFunction all(Arithmetic how) {
        return (graph, layer, inputs) -> merged(graph, layer, inputs, how);
    }

    private static Signal merged(LayerGraph graph, KerasLayer layer, List<Signal> inputs, Arithmetic how) {
        if (inputs.size() < 2) {
            throw layer.unusable("has one input alone");
        }
        Signal merged = inputs.get(0);
        for (Signal input : inputs.subList(1, inputs.size())) {
            merged = graph.combined(layer.name(), how, merged, input);
        }
        return merged;
    }

    private static Signal average(LayerGraph graph, KerasLayer layer, List<Signal> inputs) {
        Signal count = graph.constant(layer.name(), NpyArray.of(new float[] {inputs.size()}));
        return graph.combined(layer.name(), Arithmetic.DIVIDE, merged(graph, layer, inputs, Arithmetic.ADD), count);
    }

    private static Signal concatenate(LayerGraph graph, KerasLayer layer, List<Signal> inputs) {
        return graph.concatenated(layer.name(), inputs, (int) layer.number("axis", -1));
    }

    private static Signal operator(LayerGraph graph, KerasLayer layer, List<Signal> inputs) {
        String function = layer.text("function");
        Arithmetic how = OPERATORS.get(function);
        if (how == null) {
            throw ForeignNetworkException.unknown("tf." + function, layer.name());
        }
        return merged(graph, layer, inputs, how);
    }
}
