// SPDX-License-Identifier: Apache-2.0
package dev.sortline.trainer.tflite;

import dev.sortline.trainer.layers.Activation;
import dev.sortline.trainer.layers.Arithmetic;
import dev.sortline.trainer.layers.ForeignNetworkException;
import dev.sortline.trainer.layers.LayerGraph;
import dev.sortline.trainer.layers.Margins;
import dev.sortline.trainer.layers.Signal;
import dev.sortline.trainer.layers.Window;
import dev.sortline.trainer.network.NpyArray;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Translates the operations of TensorFlow Lite into layers. Pictures have their channels last in both. */
final class TfliteTranslation {
    private static final int SAME = 0;

    private final LayerGraph graph;
    private final List<TfliteTensor> tensors;
    private final List<FlatTable> codes;
    private final Map<Integer, Signal> signals = new HashMap<>();
    private final Map<Integer, NpyArray> constants = new HashMap<>();

    TfliteTranslation(LayerGraph graph, List<TfliteTensor> tensors, List<FlatTable> codes) {
        this.graph = graph;
        this.tensors = tensors;
        this.codes = codes;
    }

    Signal of(List<FlatTable> operators, int input, int output) {
        signals.put(input, graph.input());
        for (FlatTable operator : operators) {
            int made = operator.integers(2)[0];
            if (!tensors.get(made).isOfShapes()) {
                Operation operation =
                        new Operation(operator, made, tensors.get(made).name());
                if (!isConstant(operation)) {
                    signals.put(made, activated(operation, made(operation)));
                }
            }
        }
        Signal scores = signals.get(output);
        if (scores == null) {
            throw new ForeignNetworkException("has an output that nothing makes");
        }
        return scores;
    }

    /** One operation; what it is called is what it makes. */
    private final class Operation {
        private final int[] inputs;
        private final FlatTable code;
        private final FlatTable operator;
        private final int output;
        private final String name;

        Operation(FlatTable operator, int output, String name) {
            this.operator = operator;
            this.inputs = operator.integers(1);
            this.code = codes.get(operator.integer(0, 0));
            this.output = output;
            this.name = name;
        }

        /** Numbers above 127 are in a field of their own. */
        TfliteOperator kind() {
            int number = Math.max(code.octet(0), code.integer(3, 0));
            return TfliteOperator.of(number)
                    .orElseThrow(() -> ForeignNetworkException.unknown(
                            code.text(1).isEmpty() ? "operation %d of TensorFlow Lite".formatted(number) : code.text(1),
                            name));
        }

        int option(int index, int absent) {
            return operator.table(4)
                    .map(options -> options.integer(index, absent))
                    .orElse(absent);
        }

        int shortOption(int index) {
            return operator.table(4).map(options -> options.octet(index)).orElse(0);
        }

        float fraction(int index, float absent) {
            return operator.table(4)
                    .map(options -> options.fraction(index, absent))
                    .orElse(absent);
        }

        boolean has(int index) {
            return index < inputs.length && inputs[index] >= 0;
        }

        boolean isWeight(int index) {
            return constants.containsKey(inputs[index])
                    || tensors.get(inputs[index]).isConstant();
        }

        Signal signal(int index) {
            Signal signal = signals.get(inputs[index]);
            if (signal == null) {
                throw unusable("works on constants, or on what nothing makes");
            }
            return signal;
        }

        NpyArray weights(int index) {
            NpyArray made = constants.get(inputs[index]);
            return made != null ? made : tensors.get(inputs[index]).values();
        }

        int[] integers(int index) {
            TfliteTensor tensor = tensors.get(inputs[index]);
            if (!tensor.isConstant()) {
                throw unusable("has sizes that are not constant");
            }
            return tensor.integers();
        }

        ForeignNetworkException unusable(String why) {
            return new ForeignNetworkException(
                    "has a layer %s (%s) that %s, which is not known here".formatted(kind(), name, why));
        }
    }

    /** Weights of sixteen bits are widened by an operation. */
    private boolean isConstant(Operation operation) {
        if (operation.kind() == TfliteOperator.DEQUANTIZE && operation.isWeight(0)) {
            constants.put(operation.output, operation.weights(0));
            return true;
        }
        return false;
    }

    private Signal made(Operation operation) {
        String name = operation.name;
        return switch (operation.kind()) {
            case CONV_2D -> convolution(operation);
            case DEPTHWISE_CONV_2D -> depthwise(operation);
            case FULLY_CONNECTED -> dense(operation);
            case AVERAGE_POOL_2D, MAX_POOL_2D -> pooled(operation);
            case ADD -> combined(operation, Arithmetic.ADD);
            case SUB -> combined(operation, Arithmetic.SUBTRACT);
            case MUL -> combined(operation, Arithmetic.MULTIPLY);
            case DIV -> combined(operation, Arithmetic.DIVIDE);
            case MAXIMUM -> combined(operation, Arithmetic.MAXIMUM);
            case MINIMUM -> combined(operation, Arithmetic.MINIMUM);
            case MEAN, REDUCE_MAX -> reduced(operation);
            case CONCATENATION -> {
                List<Signal> parts = new ArrayList<>();
                for (int i = 0; i < operation.inputs.length; i++) {
                    parts.add(operation.signal(i));
                }
                yield graph.concatenated(name, parts, operation.option(0, 0));
            }
            case PAD, PADV2 -> padded(operation);
            case STRIDED_SLICE -> cropped(operation);
            case RESHAPE, SQUEEZE, EXPAND_DIMS -> reshaped(operation);
            case RELU -> graph.activated(name, operation.signal(0), Activation.RELU);
            case RELU6 -> graph.activated(name, operation.signal(0), Activation.RELU6);
            case RELU_N1_TO_1 -> graph.clipped(name, operation.signal(0), -1, 1);
            case RELU_0_TO_1 -> graph.clipped(name, operation.signal(0), 0, 1);
            case LOGISTIC -> graph.activated(name, operation.signal(0), Activation.SIGMOID);
            case TANH -> graph.activated(name, operation.signal(0), Activation.TANH);
            case ELU -> graph.activated(name, operation.signal(0), Activation.ELU);
            case EXP -> graph.activated(name, operation.signal(0), Activation.EXPONENTIAL);
            case HARD_SWISH -> graph.activated(name, operation.signal(0), Activation.HARD_SWISH);
            case LOG_SOFTMAX -> graph.activated(name, operation.signal(0), Activation.LOG_SOFTMAX);
            case LEAKY_RELU -> graph.leaky(name, operation.signal(0), operation.fraction(0, 0));
            case PRELU -> {
                NpyArray slopes = operation.weights(1);
                long[] shape = slopes.shape();
                if (slopes.values().length != shape[shape.length - 1]) {
                    throw operation.unusable("has other slopes than one a channel");
                }
                yield graph.leaky(name, operation.signal(0), slopes.values());
            }
            case GELU -> {
                if (operation.shortOption(0) != 0) {
                    throw operation.unusable("is approximate");
                }
                yield graph.activated(name, operation.signal(0), Activation.GELU);
            }
            case SOFTMAX -> {
                if (operation.fraction(0, 0) != 1) {
                    throw operation.unusable("has another beta than 1");
                }
                yield graph.activated(name, operation.signal(0), Activation.SOFTMAX);
            }
            // Where a network of eight bits rounds.
            case QUANTIZE, DEQUANTIZE -> operation.signal(0);
            // Only written.
            case TRANSPOSE, SUM, SQRT ->
                throw ForeignNetworkException.unknown(operation.kind().toString(), name);
        };
    }

    /** What an operation does to its own answers. */
    private Signal activated(Operation operation, Signal x) {
        int fused =
                switch (operation.kind()) {
                    case CONV_2D -> operation.shortOption(3);
                    case DEPTHWISE_CONV_2D -> operation.shortOption(4);
                    case AVERAGE_POOL_2D, MAX_POOL_2D -> operation.shortOption(5);
                    case FULLY_CONNECTED, ADD, SUB, MUL, DIV -> operation.shortOption(0);
                    case CONCATENATION -> operation.shortOption(1);
                    default -> 0;
                };
        String name = operation.name + "_activation";
        return switch (fused) {
            case 0 -> x;
            case 1 -> graph.activated(name, x, Activation.RELU);
            case 2 -> graph.clipped(name, x, -1, 1);
            case 3 -> graph.activated(name, x, Activation.RELU6);
            case 4 -> graph.activated(name, x, Activation.TANH);
            default -> throw operation.unusable("has an activation of number " + fused);
        };
    }

    private Signal convolution(Operation operation) {
        NpyArray filter = operation.weights(1);
        long[] shape = filter.shape();
        if (shape.length != 4) {
            throw operation.unusable("has %d axes".formatted(shape.length));
        }
        NpyArray kernel = NpyArray.of(outputsLast(filter), shape[1], shape[2], shape[3], shape[0]);
        Window window = new Window(
                operation.option(2, 1),
                operation.option(1, 1),
                operation.option(5, 1),
                operation.option(4, 1),
                operation.shortOption(0) == SAME);
        return biased(operation, graph.convolution(operation.name, operation.signal(0), kernel, window));
    }

    private Signal depthwise(Operation operation) {
        NpyArray filter = operation.weights(1);
        long[] shape = filter.shape();
        long times = operation.option(3, 1);
        if (shape.length != 4 || times < 1) {
            throw operation.unusable("has %d axes".formatted(shape.length));
        }
        NpyArray kernel = NpyArray.of(filter.values(), shape[1], shape[2], shape[3] / times, times);
        Window window = new Window(
                operation.option(2, 1),
                operation.option(1, 1),
                operation.option(6, 1),
                operation.option(5, 1),
                operation.shortOption(0) == SAME);
        return biased(operation, graph.depthwise(operation.name, operation.signal(0), kernel, window));
    }

    private Signal dense(Operation operation) {
        NpyArray filter = operation.weights(1);
        long[] shape = filter.shape();
        if (shape.length != 2) {
            throw operation.unusable("has %d axes".formatted(shape.length));
        }
        Signal rows = graph.flattened(operation.name + "_flat", operation.signal(0));
        NpyArray kernel = NpyArray.of(outputsLast(filter), shape[1], shape[0]);
        return biased(operation, graph.dense(operation.name, rows, kernel));
    }

    private Signal biased(Operation operation, Signal product) {
        return operation.has(2)
                ? graph.biased(operation.name, product, operation.weights(2).values())
                : product;
    }

    /** The numbers of weights whose first axis becomes the last. */
    private static float[] outputsLast(NpyArray filter) {
        float[] values = filter.values();
        int outputs = Math.toIntExact(filter.shape()[0]);
        int inputs = values.length / outputs;
        float[] moved = new float[values.length];
        for (int output = 0; output < outputs; output++) {
            for (int input = 0; input < inputs; input++) {
                moved[input * outputs + output] = values[output * inputs + input];
            }
        }
        return moved;
    }

    private Signal pooled(Operation operation) {
        Window window = Window.of(operation.option(2, 1), operation.option(1, 1), operation.shortOption(0) == SAME);
        long rows = operation.option(4, 1);
        long columns = operation.option(3, 1);
        return operation.kind() == TfliteOperator.MAX_POOL_2D
                ? graph.maxPooled(operation.name, operation.signal(0), rows, columns, window)
                : graph.averagePooled(operation.name, operation.signal(0), rows, columns, window);
    }

    private Signal combined(Operation operation, Arithmetic how) {
        if (operation.isWeight(0)) {
            return graph.combined(operation.name, how, constant(operation, 0), operation.signal(1));
        }
        Signal x = operation.signal(0);
        if (!operation.isWeight(1)) {
            return graph.combined(operation.name, how, x, operation.signal(1));
        }
        NpyArray weights = operation.weights(1);
        long[] told = weights.shape();
        float[] values = weights.values();
        boolean channels = told.length > 0 && values.length == told[told.length - 1] && values.length > 1;
        if (!channels || how == Arithmetic.MAXIMUM || how == Arithmetic.MINIMUM) {
            return graph.combined(operation.name, how, x, constant(operation, 1));
        }
        float[] ones = new float[values.length];
        Arrays.fill(ones, 1);
        float[] changed = values.clone();
        for (int i = 0; i < changed.length; i++) {
            changed[i] = switch (how) {
                case SUBTRACT -> -values[i];
                case DIVIDE -> 1 / values[i];
                default -> values[i];
            };
        }
        return how == Arithmetic.ADD || how == Arithmetic.SUBTRACT
                ? graph.scaled(operation.name, x, ones, changed)
                : graph.scaled(operation.name, x, changed, new float[values.length]);
    }

    private Signal constant(Operation operation, int index) {
        return graph.constant(operation.name, operation.weights(index));
    }

    private Signal reduced(Operation operation) {
        int[] axes = operation.integers(1);
        Arrays.sort(axes);
        if (!Arrays.equals(axes, new int[] {1, 2})) {
            throw operation.unusable("has other axes than rows and columns");
        }
        boolean kept = operation.shortOption(0) != 0;
        return operation.kind() == TfliteOperator.MEAN
                ? graph.averaged(operation.name, operation.signal(0), kept)
                : graph.largest(operation.name, operation.signal(0), kept);
    }

    private Signal padded(Operation operation) {
        int[] around = operation.integers(1);
        if (around.length != 8 || around[0] + around[1] + around[6] + around[7] != 0) {
            throw operation.unusable("pads other than rows and columns");
        }
        float value = operation.has(2) ? operation.weights(2).values()[0] : 0;
        return graph.padded(
                operation.name, operation.signal(0), new Margins(around[2], around[3], around[4], around[5]), value);
    }

    /** A part of rows and columns; a bit of a mask says that the slice goes to the end of its axis. */
    private Signal cropped(Operation operation) {
        long[] shape = operation.signal(0).shape();
        int[] from = operation.integers(1);
        int[] to = operation.integers(2);
        boolean dense = Arrays.stream(operation.integers(3)).allMatch(step -> step == 1);
        long[] margins = new long[2 * shape.length];
        if (shape.length != 4 || from.length != 4 || to.length != 4) {
            throw operation.unusable("has other than four axes");
        }
        for (int axis = 1; axis < shape.length; axis++) {
            long size = shape[axis];
            boolean fromFirst = (operation.option(0, 0) >> axis & 1) != 0;
            boolean toLast = (operation.option(1, 0) >> axis & 1) != 0;
            margins[2 * axis] = fromFirst ? 0 : from[axis] < 0 ? from[axis] + size : from[axis];
            margins[2 * axis + 1] = toLast ? 0 : to[axis] < 0 ? -to[axis] : Math.max(0, size - to[axis]);
        }
        int others = operation.option(2, 0) | operation.option(3, 0) | operation.option(4, 0);
        if (!dense || others != 0 || margins[6] + margins[7] != 0) {
            throw operation.unusable("takes other than a part of rows and columns");
        }
        return graph.cropped(
                operation.name, operation.signal(0), new Margins(margins[2], margins[3], margins[4], margins[5]));
    }

    /** To the shape that the file tells of what is made, for a batch of one. */
    private Signal reshaped(Operation operation) {
        long[] shape = tensors.get(operation.output).shape();
        return graph.reshaped(operation.name, operation.signal(0), Arrays.copyOfRange(shape, 1, shape.length));
    }
}
