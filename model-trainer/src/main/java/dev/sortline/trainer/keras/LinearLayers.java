// SPDX-License-Identifier: Apache-2.0
package dev.sortline.trainer.keras;

import dev.sortline.trainer.layers.LayerGraph;
import dev.sortline.trainer.layers.Signal;
import dev.sortline.trainer.layers.Window;
import dev.sortline.trainer.network.NpyArray;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Convolutions, dense layers, and what normalises their outputs. */
final class LinearLayers {
    static final Map<String, LayerFunction> ALL = Map.of(
            "Conv2D", LinearLayers::convolution,
            "DepthwiseConv2D", LinearLayers::depthwise,
            "SeparableConv2D", LinearLayers::separable,
            "Dense", LinearLayers::dense,
            "BatchNormalization", LinearLayers::normalization,
            "Normalization", LinearLayers::standardization,
            "Rescaling", LinearLayers::rescaling);

    /** Keras' own smallest number. */
    private static final double EPSILON = 1e-7;

    private LinearLayers() {}

    private static Signal convolution(LayerGraph graph, KerasLayer layer, List<Signal> inputs) {
        if (layer.number("groups", 1) != 1) {
            throw layer.unusable("has groups");
        }
        NpyArray[] weights = weights(layer, KerasLayer.KERNEL);
        Signal x = graph.convolution(layer.name(), inputs.get(0), weights[0], layer.window(layer.pair("strides", 1)));
        return finished(graph, layer, x, weights);
    }

    private static Signal depthwise(LayerGraph graph, KerasLayer layer, List<Signal> inputs) {
        NpyArray[] weights = weights(layer, KerasLayer.KERNEL);
        Signal x = graph.depthwise(layer.name(), inputs.get(0), weights[0], layer.window(layer.pair("strides", 1)));
        return finished(graph, layer, x, weights);
    }

    private static Signal separable(LayerGraph graph, KerasLayer layer, List<Signal> inputs) {
        NpyArray[] weights = weights(layer, "depthwise_kernel", "pointwise_kernel");
        Signal deep = graph.depthwise(layer.name(), inputs.get(0), weights[0], layer.window(layer.pair("strides", 1)));
        Signal x = graph.convolution(layer.name() + "_pointwise", deep, weights[1], Window.of(1, 1, false));
        return finished(graph, layer, x, weights);
    }

    private static Signal dense(LayerGraph graph, KerasLayer layer, List<Signal> inputs) {
        NpyArray[] weights = weights(layer, KerasLayer.KERNEL);
        return finished(graph, layer, graph.dense(layer.name(), inputs.get(0), weights[0]), weights);
    }

    private static NpyArray[] weights(KerasLayer layer, String... kernels) {
        List<String> names = new ArrayList<>(List.of(kernels));
        if (layer.flag("use_bias", true)) {
            names.add(KerasLayer.BIAS);
        }
        return layer.weights(names.toArray(String[]::new));
    }

    private static Signal finished(LayerGraph graph, KerasLayer layer, Signal product, NpyArray[] weights) {
        Signal x = layer.flag("use_bias", true)
                ? graph.biased(layer.name(), product, weights[weights.length - 1].values())
                : product;
        return ActivationLayers.activated(graph, layer, x);
    }

    private static Signal normalization(LayerGraph graph, KerasLayer layer, List<Signal> inputs) {
        requireLastAxis(layer, inputs.get(0));
        if (layer.flag("renorm", false)) {
            throw layer.unusable("renormalises");
        }
        boolean scaled = layer.flag("scale", true);
        boolean centred = layer.flag("center", true);
        List<String> names = new ArrayList<>();
        if (scaled) {
            names.add("gamma");
        }
        if (centred) {
            names.add("beta");
        }
        names.addAll(List.of("moving_mean", "moving_variance"));
        NpyArray[] weights = layer.weights(names.toArray(String[]::new));
        float[] mean = weights[weights.length - 2].values();
        float[] variance = weights[weights.length - 1].values();
        float[] gamma = new float[mean.length];
        Arrays.fill(gamma, 1);
        return graph.normalized(
                layer.name(),
                inputs.get(0),
                scaled ? weights[0].values() : gamma,
                centred ? weights[scaled ? 1 : 0].values() : new float[mean.length],
                mean,
                variance,
                layer.number("epsilon", 1e-3));
    }

    /** With a mean and a variance that are told, or were found on pictures. */
    private static Signal standardization(LayerGraph graph, KerasLayer layer, List<Signal> inputs) {
        requireLastAxis(layer, inputs.get(0));
        if (layer.flag("invert", false)) {
            throw layer.unusable("inverts");
        }
        List<Double> means = layer.numbers("mean");
        List<Double> variances = layer.numbers("variance");
        if (means.isEmpty()) {
            NpyArray[] weights = layer.weights("mean", "variance");
            means = doubles(weights[0].values());
            variances = doubles(weights[1].values());
        }
        int width = width(inputs.get(0));
        float[] multiplier = new float[width];
        float[] offset = new float[width];
        for (int i = 0; i < width; i++) {
            double times = 1 / Math.max(Math.sqrt(at(layer, variances, i, width)), EPSILON);
            multiplier[i] = (float) times;
            offset[i] = (float) (-at(layer, means, i, width) * times);
        }
        return graph.scaled(layer.name(), inputs.get(0), multiplier, offset);
    }

    private static Signal rescaling(LayerGraph graph, KerasLayer layer, List<Signal> inputs) {
        int width = width(inputs.get(0));
        List<Double> scales = layer.numbers("scale");
        List<Double> offsets = layer.numbers("offset");
        float[] multiplier = new float[width];
        float[] offset = new float[width];
        for (int i = 0; i < width; i++) {
            multiplier[i] = (float) at(layer, scales, i, width);
            offset[i] = offsets.isEmpty() ? 0 : (float) at(layer, offsets, i, width);
        }
        return graph.scaled(layer.name(), inputs.get(0), multiplier, offset);
    }

    private static double at(KerasLayer layer, List<Double> numbers, int channel, int width) {
        if (numbers.size() != 1 && numbers.size() != width) {
            throw layer.unusable("has %d numbers for %d channels".formatted(numbers.size(), width));
        }
        return numbers.get(numbers.size() == 1 ? 0 : channel);
    }

    private static List<Double> doubles(float[] values) {
        List<Double> all = new ArrayList<>();
        for (float value : values) {
            all.add((double) value);
        }
        return all;
    }

    private static int width(Signal x) {
        return Math.toIntExact(x.width());
    }

    private static void requireLastAxis(KerasLayer layer, Signal x) {
        int last = x.rank() - 1;
        for (double axis : layer.numbers("axis")) {
            if (axis != -1 && axis != last) {
                throw layer.unusable("normalises another axis than the last");
            }
        }
    }
}
