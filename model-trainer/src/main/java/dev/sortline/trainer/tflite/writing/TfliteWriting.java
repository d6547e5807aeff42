// SPDX-License-Identifier: Apache-2.0
package dev.sortline.trainer.tflite.writing;

import static dev.sortline.trainer.tflite.writing.OnnxNetwork.attribute;
import static dev.sortline.trainer.tflite.writing.OnnxNetwork.numbers;

import ai.onnx.proto.OnnxMl.NodeProto;
import dev.sortline.trainer.onnx.UnknownOperationException;
import dev.sortline.trainer.tflite.TfliteOperator;
import dev.sortline.trainer.tflite.writing.Options.Activation;
import dev.sortline.trainer.tflite.writing.Options.Strides;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Translates a network in ONNX, operation by operation. Pictures have their channels first there and last here, so what only turns them is left
 * out. A rectifier goes into the operation before it.
 *
 * <p>In eight bits, what stands in ONNX between DequantizeLinear and QuantizeLinear is one operation of whole numbers here. Steps of activations
 * run from 0 there and from -128 here.
 */
final class TfliteWriting {
    private static final int ADD_OPTIONS = 11;
    private static final int MUL_OPTIONS = 21;
    private static final int SUB_OPTIONS = 28;
    private static final int DIV_OPTIONS = 29;
    private static final int MAXIMUM_MINIMUM_OPTIONS = 39;
    private static final int STEPS_BELOW_0 = 128;
    private static final Set<String> RECTIFIERS = Set.of("Relu", "Clip");
    private static final List<Integer> CHANNELS_FIRST = List.of(0, 3, 1, 2);
    /** Batch and channels. */
    private static final int WHOLE_AXES = 0b1001;

    private final OnnxNetwork network;
    private final TfliteGraph graph = new TfliteGraph();
    private final Map<String, Value> values = new HashMap<>();
    /** Operations that went into others. */
    private final Set<NodeProto> gone = new HashSet<>();

    /**
     * @param tensor its number here
     * @param channelsFirst whether it is a picture whose channels stand first in ONNX
     */
    private record Value(int tensor, boolean channelsFirst) {}

    /**
     * What comes out of an operation.
     *
     * @param name of the tensor in ONNX
     * @param rounding the operation that rounds it, where it is made in whole numbers
     */
    private record Outlet(String name, Activation activation, Optional<NodeProto> rounding) {}

    TfliteWriting(OnnxNetwork network) {
        this.network = network;
    }

    byte[] written() throws UnknownOperationException {
        int size = network.inputSize();
        int input = graph.floats(network.input(), 1, size, size, 3);
        values.put(network.input(), new Value(input, false));
        for (NodeProto node : network.nodes()) {
            if (!gone.contains(node) && !isOfConstants(node)) {
                write(node);
            }
        }
        return graph.written(
                input,
                network.outputs().stream().map(name -> value(name).tensor()).toList());
    }

    /** Weights and biases of eight bits, as they come out of their steps. */
    private boolean isOfConstants(NodeProto node) {
        return node.getOpType().equals("DequantizeLinear") && network.isConstant(node.getInput(0));
    }

    private void write(NodeProto node) throws UnknownOperationException {
        switch (node.getOpType()) {
            case "Conv" -> convolution(node);
            case "Gemm" -> dense(node);
            case "Add" -> combined(node, TfliteOperator.ADD, ADD_OPTIONS);
            case "Mul" -> combined(node, TfliteOperator.MUL, MUL_OPTIONS);
            case "Sub" -> combined(node, TfliteOperator.SUB, SUB_OPTIONS);
            case "Div" -> combined(node, TfliteOperator.DIV, DIV_OPTIONS);
            case "Max" -> combined(node, TfliteOperator.MAXIMUM, MAXIMUM_MINIMUM_OPTIONS);
            case "Min" -> combined(node, TfliteOperator.MINIMUM, MAXIMUM_MINIMUM_OPTIONS);
            case "Relu" -> like(node, TfliteOperator.RELU, Options.NONE);
            case "Clip" -> like(node, TfliteOperator.RELU6, Options.NONE);
            case "Sigmoid" -> like(node, TfliteOperator.LOGISTIC, Options.NONE);
            case "Tanh" -> like(node, TfliteOperator.TANH, Options.NONE);
            case "Elu" -> like(node, TfliteOperator.ELU, Options.NONE);
            case "Sqrt" -> like(node, TfliteOperator.SQRT, Options.NONE);
            case "Softmax" -> like(node, TfliteOperator.SOFTMAX, Options.softmax());
            case "LeakyRelu" ->
                like(
                        node,
                        TfliteOperator.LEAKY_RELU,
                        Options.leaky(attribute(node, "alpha").getF()));
            case "MaxPool" -> pooled(node, TfliteOperator.MAX_POOL_2D);
            case "AveragePool" -> pooled(node, TfliteOperator.AVERAGE_POOL_2D);
            case "GlobalAveragePool" -> reduced(node, TfliteOperator.MEAN);
            case "GlobalMaxPool" -> reduced(node, TfliteOperator.REDUCE_MAX);
            case "ReduceMax" -> ofRow(node, TfliteOperator.REDUCE_MAX);
            case "ReduceSum" -> ofRow(node, TfliteOperator.SUM);
            case "Concat" -> concatenated(node);
            case "Pad" -> padded(node);
            case "Slice" -> cropped(node);
            case "Reshape" -> picture(node);
            case "Flatten" -> row(node);
            case "Transpose" -> turned(node);
            case "QuantizeLinear" -> rounded(node);
            case "DequantizeLinear" -> exact(node);
            default ->
                throw new UnknownOperationException(
                        "has an operation %s (%s)".formatted(node.getOpType(), node.getName()));
        }
    }

    private Value value(String name) {
        Value value = values.get(name);
        if (value == null) {
            throw new IllegalArgumentException(name + " is used before it is made");
        }
        return value;
    }

    private void convolution(NodeProto node) throws UnknownOperationException {
        Outlet outlet = outlet(node);
        boolean whole = outlet.rounding().isPresent();
        Value x = operand(node.getInput(0), whole);
        int[] kernel = network.shape(weights(node, whole));
        boolean depthwise = attribute(node, "group").getI() > 1;
        Strides strides = strides(node);
        int[] size = graph.shape(x.tensor());
        int made = made(
                outlet, 1, strides.places(size[1], kernel[2], 0), strides.places(size[2], kernel[3], 1), kernel[0]);
        if (depthwise) {
            int weights = weights(node, whole, 3, new int[] {1, kernel[2], kernel[3], kernel[0]}, 1, 2, 3, 0);
            graph.operation(
                    TfliteOperator.DEPTHWISE_CONV_2D,
                    whole ? 3 : strides.dilatedRows() == 1 && strides.dilatedColumns() == 1 ? 1 : 2,
                    withBias(node, whole, x.tensor(), weights, kernel[0]),
                    made,
                    Options.depthwise(strides, kernel[0] / size[3], outlet.activation()));
        } else {
            int weights = weights(node, whole, 0, new int[] {kernel[0], kernel[2], kernel[3], kernel[1]}, 0, 2, 3, 1);
            graph.operation(
                    TfliteOperator.CONV_2D,
                    whole ? 3 : 1,
                    withBias(node, whole, x.tensor(), weights, kernel[0]),
                    made,
                    Options.convolution(strides, outlet.activation()));
        }
        values.put(outlet.name(), new Value(made, true));
    }

    private void dense(NodeProto node) throws UnknownOperationException {
        Outlet outlet = outlet(node);
        boolean whole = outlet.rounding().isPresent();
        Value x = operand(node.getInput(0), whole);
        int[] kernel = network.shape(weights(node, whole));
        int weights = weights(node, whole, 0, new int[] {kernel[1], kernel[0]}, 1, 0);
        int made = made(outlet, 1, kernel[1]);
        graph.operation(
                TfliteOperator.FULLY_CONNECTED,
                whole ? 12 : 1,
                withBias(node, whole, x.tensor(), weights, kernel[1]),
                made,
                Options.dense(outlet.activation()));
        values.put(outlet.name(), new Value(made, false));
    }

    /** Two of the same kind, or one and numbers for each of its channels. */
    private void combined(NodeProto node, TfliteOperator operator, int options) throws UnknownOperationException {
        Outlet outlet = outlet(node);
        boolean whole = outlet.rounding().isPresent();
        List<Integer> inputs = new ArrayList<>();
        int[] shape = {};
        boolean channelsFirst = false;
        for (String name : node.getInputList()) {
            if (network.isConstant(name)) {
                float[] numbers = network.floats(name);
                inputs.add(graph.constant(name, numbers, numbers.length));
            } else {
                Value x = operand(name, whole);
                inputs.add(x.tensor());
                shape = larger(shape, graph.shape(x.tensor()));
                channelsFirst |= x.channelsFirst();
            }
        }
        int made = made(outlet, shape);
        Options how = options == MAXIMUM_MINIMUM_OPTIONS
                ? new Options(options, List.of())
                : Options.activated(options, outlet.activation());
        graph.operation(operator, whole ? 2 : 1, inputs, made, how);
        values.put(outlet.name(), new Value(made, channelsFirst));
    }

    private static int[] larger(int[] one, int[] other) {
        int[] most = other.clone();
        for (int i = 0; i < one.length; i++) {
            most[i] = Math.max(one[i], other[i]);
        }
        return most;
    }

    private void like(NodeProto node, TfliteOperator operator, Options options) {
        Value x = value(node.getInput(0));
        int made = graph.floats(node.getOutput(0), graph.shape(x.tensor()));
        graph.operation(operator, 1, List.of(x.tensor()), made, options);
        values.put(node.getOutput(0), new Value(made, x.channelsFirst()));
    }

    private void pooled(NodeProto node, TfliteOperator operator) throws UnknownOperationException {
        Value x = value(node.getInput(0));
        int[] window = numbers(node, "kernel_shape");
        Strides strides = strides(node);
        int[] size = graph.shape(x.tensor());
        int made = graph.floats(
                node.getOutput(0),
                1,
                strides.places(size[1], window[0], 0),
                strides.places(size[2], window[1], 1),
                size[3]);
        graph.operation(operator, 1, List.of(x.tensor()), made, Options.pool(strides, window[0], window[1]));
        values.put(node.getOutput(0), new Value(made, true));
    }

    /** Over rows and columns; where nothing but a row comes of it, it comes at once. */
    private void reduced(NodeProto node, TfliteOperator operator) {
        Value x = value(node.getInput(0));
        int channels = graph.shape(x.tensor())[3];
        Optional<NodeProto> flatten = network.onlyUser(node.getOutput(0))
                .filter(user -> user.getOpType().equals("Flatten"));
        flatten.ifPresent(gone::add);
        String name = flatten.orElse(node).getOutput(0);
        int made = flatten.isPresent() ? graph.floats(name, 1, channels) : graph.floats(name, 1, 1, 1, channels);
        int axes = graph.counts(node.getName() + "/axes", new int[] {1, 2}, 2);
        graph.operation(operator, 1, List.of(x.tensor(), axes), made, Options.reduced(flatten.isEmpty()));
        values.put(name, new Value(made, flatten.isEmpty()));
    }

    private void ofRow(NodeProto node, TfliteOperator operator) {
        int made = graph.floats(node.getOutput(0), 1, 1);
        int axes = graph.counts(node.getName() + "/axes", new int[] {1}, 1);
        graph.operation(operator, 1, List.of(value(node.getInput(0)).tensor(), axes), made, Options.reduced(true));
        values.put(node.getOutput(0), new Value(made, false));
    }

    private void concatenated(NodeProto node) {
        List<Integer> parts =
                node.getInputList().stream().map(name -> value(name).tensor()).toList();
        int[] shape = graph.shape(parts.get(0)).clone();
        int axis = shape.length - 1;
        shape[axis] = parts.stream().mapToInt(part -> graph.shape(part)[axis]).sum();
        int made = graph.floats(node.getOutput(0), shape);
        graph.operation(TfliteOperator.CONCATENATION, 1, parts, made, Options.concatenation(axis));
        values.put(node.getOutput(0), new Value(made, value(node.getInput(0)).channelsFirst()));
    }

    private void padded(NodeProto node) {
        Value x = value(node.getInput(0));
        int[] pads = network.counts(node.getInput(1));
        float[] with = network.floats(node.getInput(2));
        int[] shape = graph.shape(x.tensor()).clone();
        shape[1] += pads[2] + pads[6];
        shape[2] += pads[3] + pads[7];
        int made = graph.floats(node.getOutput(0), shape);
        int around = graph.counts(
                node.getName() + "/around", new int[] {0, 0, pads[2], pads[6], pads[3], pads[7], 0, 0}, 4, 2);
        if (with[0] == 0) {
            graph.operation(TfliteOperator.PAD, 1, List.of(x.tensor(), around), made, Options.NONE);
        } else {
            int value = graph.constant(node.getInput(2), with, 1);
            graph.operation(TfliteOperator.PADV2, 1, List.of(x.tensor(), around, value), made, Options.NONE);
        }
        values.put(node.getOutput(0), new Value(made, true));
    }

    /** A part of rows and columns. */
    private void cropped(NodeProto node) {
        Value x = value(node.getInput(0));
        int[] from = network.counts(node.getInput(1));
        int[] to = network.counts(node.getInput(2));
        int[] shape = graph.shape(x.tensor()).clone();
        shape[1] = to[0] - from[0];
        shape[2] = to[1] - from[1];
        int made = graph.floats(node.getOutput(0), shape);
        int begin = graph.counts(node.getName() + "/begin", new int[] {0, from[0], from[1], 0}, 4);
        int end = graph.counts(node.getName() + "/end", new int[] {0, to[0], to[1], 0}, 4);
        int steps = graph.counts(node.getName() + "/steps", new int[] {1, 1, 1, 1}, 4);
        graph.operation(
                TfliteOperator.STRIDED_SLICE,
                1,
                List.of(x.tensor(), begin, end, steps),
                made,
                Options.part(WHOLE_AXES));
        values.put(node.getOutput(0), new Value(made, true));
    }

    /** A row as a picture of one pixel. */
    private void picture(NodeProto node) {
        int row = value(node.getInput(0)).tensor();
        reshape(row, node.getOutput(0), 1, 1, graph.shape(row)[1]);
        values.computeIfPresent(node.getOutput(0), (name, made) -> new Value(made.tensor(), true));
    }

    /** All of a picture in a row; channel after channel where ONNX has them so. */
    private void row(NodeProto node) {
        Value x = value(node.getInput(0));
        int[] shape = graph.shape(x.tensor());
        int tensor = x.tensor();
        if (x.channelsFirst() && shape[1] * shape[2] > 1) {
            String name = node.getName() + "/channels-first";
            int turned = graph.floats(name, 1, shape[3], shape[1], shape[2]);
            int order = graph.counts(name + "/order", new int[] {0, 3, 1, 2}, 4);
            graph.operation(TfliteOperator.TRANSPOSE, 1, List.of(tensor, order), turned, Options.NONE);
            tensor = turned;
        }
        reshape(tensor, node.getOutput(0), Arrays.stream(shape).reduce(1, (a, b) -> a * b));
    }

    private void reshape(int tensor, String name, int... sizes) {
        int[] shape = new int[sizes.length + 1];
        shape[0] = 1;
        System.arraycopy(sizes, 0, shape, 1, sizes.length);
        int made = graph.floats(name, shape);
        int[] open = shape.clone();
        open[0] = -1;
        int wanted = graph.counts(name + "/shape", open, open.length);
        graph.operation(TfliteOperator.RESHAPE, 1, List.of(tensor, wanted), made, Options.NONE);
        values.put(name, new Value(made, false));
    }

    private void turned(NodeProto node) {
        boolean channelsFirst =
                Arrays.stream(numbers(node, "perm")).boxed().toList().equals(CHANNELS_FIRST);
        values.put(node.getOutput(0), new Value(value(node.getInput(0)).tensor(), channelsFirst));
    }

    private void rounded(NodeProto node) {
        Value x = value(node.getInput(0));
        int made = steps(node, graph.shape(x.tensor()));
        graph.operation(TfliteOperator.QUANTIZE, 1, List.of(x.tensor()), made, Options.NONE);
        values.put(node.getOutput(0), new Value(made, x.channelsFirst()));
    }

    private int steps(NodeProto rounding, int... shape) {
        float scale = network.floats(rounding.getInput(1))[0];
        int zero = Byte.toUnsignedInt(network.octets(rounding.getInput(2))[0]) - STEPS_BELOW_0;
        return graph.steps(rounding.getOutput(0), scale, zero, shape);
    }

    /** Out of its steps, where something wants it so. */
    private void exact(NodeProto node) {
        Value x = value(node.getInput(0));
        boolean wanted = network.outputs().contains(node.getOutput(0))
                || network.nodes().stream()
                        .anyMatch(user -> user.getInputList().contains(node.getOutput(0)) && !isWhole(user));
        if (wanted) {
            int made = graph.floats(node.getOutput(0), graph.shape(x.tensor()));
            graph.operation(TfliteOperator.DEQUANTIZE, 2, List.of(x.tensor()), made, Options.NONE);
            values.put(node.getOutput(0), new Value(made, x.channelsFirst()));
        }
    }

    /** Whether an operation is one of whole numbers: what goes in comes out of steps, and what comes of it is rounded. */
    private boolean isWhole(NodeProto node) {
        return (node.getOpType().equals("Conv")
                        || node.getOpType().equals("Gemm")
                        || node.getOpType().equals("Add"))
                && node.getInputList().stream().allMatch(input -> network.maker(input)
                        .filter(maker -> maker.getOpType().equals("DequantizeLinear"))
                        .isPresent())
                && network.onlyUser(node.getOutput(0))
                        .filter(user -> user.getOpType().equals("QuantizeLinear"))
                        .isPresent();
    }

    private Value operand(String name, boolean whole) {
        return value(whole ? network.maker(name).orElseThrow().getInput(0) : name);
    }

    /** What follows an operation and is done by it. */
    private Outlet outlet(NodeProto node) {
        String name = node.getOutput(0);
        Optional<NodeProto> next = network.onlyUser(name);
        if (isWhole(node)) {
            NodeProto rounding = next.orElseThrow();
            gone.add(rounding);
            return new Outlet(rounding.getOutput(0), Activation.NONE, next);
        }
        boolean activates = !node.getOpType().equals("Max") && !node.getOpType().equals("Min");
        if (activates && next.isPresent() && RECTIFIERS.contains(next.get().getOpType())) {
            gone.add(next.get());
            return new Outlet(
                    next.get().getOutput(0),
                    next.get().getOpType().equals("Relu") ? Activation.RELU : Activation.RELU6,
                    Optional.empty());
        }
        return new Outlet(name, Activation.NONE, Optional.empty());
    }

    private int made(Outlet outlet, int... shape) {
        return outlet.rounding().isPresent()
                ? steps(outlet.rounding().get(), shape)
                : graph.floats(outlet.name(), shape);
    }

    /** The constant that holds the weights of a product, or their steps. */
    private String weights(NodeProto node, boolean whole) {
        return whole ? network.maker(node.getInput(1)).orElseThrow().getInput(0) : node.getInput(1);
    }

    /**
     * Adds the weights of a product.
     *
     * @param outputs the axis along which the outputs stand here
     * @param order of the axes of ONNX, as they stand here, where the others are
     */
    private int weights(NodeProto node, boolean whole, int outputs, int[] shape, int... order) {
        String name = weights(node, whole);
        int[] places = places(network.shape(name), order);
        if (whole) {
            byte[] steps = network.octets(name);
            byte[] moved = new byte[places.length];
            for (int i = 0; i < places.length; i++) {
                moved[i] = steps[places[i]];
            }
            return graph.weights(name, moved, scale(node.getInput(1)), outputs, shape);
        }
        float[] values = network.floats(name);
        float[] moved = new float[places.length];
        for (int i = 0; i < places.length; i++) {
            moved[i] = values[places[i]];
        }
        return graph.constant(name, moved, shape);
    }

    /** TensorFlow Lite's own converter gives every product a bias, and some of its operations read one that is not there. */
    private List<Integer> withBias(NodeProto node, boolean whole, int x, int weights, int outputs) {
        boolean none = node.getInputCount() < 3;
        String name = none ? node.getName() + "/no-bias" : node.getInput(2);
        if (!whole) {
            float[] bias = none ? new float[outputs] : network.floats(name);
            return List.of(x, weights, graph.constant(name, bias, outputs));
        }
        if (none) {
            float input = scale(node.getInput(0))[0];
            float[] scales = scale(node.getInput(1)).clone();
            for (int i = 0; i < scales.length; i++) {
                scales[i] *= input;
            }
            return List.of(x, weights, graph.bias(name, new int[outputs], scales));
        }
        int[] steps = network.integers(network.maker(name).orElseThrow().getInput(0));
        return List.of(x, weights, graph.bias(name, steps, scale(name)));
    }

    /** Of the steps that a tensor comes out of. */
    private float[] scale(String exact) {
        return network.floats(network.maker(exact).orElseThrow().getInput(1));
    }

    /** Where the numbers of a tensor lie when its axes stand in another order. */
    private static int[] places(int[] shape, int... order) {
        int[] strides = new int[shape.length];
        int stride = 1;
        for (int axis = shape.length - 1; axis >= 0; axis--) {
            strides[axis] = stride;
            stride *= shape[axis];
        }
        int[] places = new int[stride];
        for (int i = 0; i < places.length; i++) {
            int rest = i;
            for (int axis = order.length - 1; axis >= 0; axis--) {
                places[i] += rest % shape[order[axis]] * strides[order[axis]];
                rest /= shape[order[axis]];
            }
        }
        return places;
    }

    /** Without dilations it has none. */
    private static Strides strides(NodeProto node) throws UnknownOperationException {
        int[] steps = numbers(node, "strides");
        int[] dilations =
                attribute(node, "dilations").getIntsCount() == 0 ? new int[] {1, 1} : numbers(node, "dilations");
        String padding = attribute(node, "auto_pad").getS().toStringUtf8();
        if (!padding.equals("SAME_UPPER") && !padding.equals("VALID")) {
            throw new UnknownOperationException("pads otherwise (%s)".formatted(node.getName()));
        }
        return new Strides(padding.equals("SAME_UPPER"), steps[0], steps[1], dilations[0], dilations[1]);
    }
}
