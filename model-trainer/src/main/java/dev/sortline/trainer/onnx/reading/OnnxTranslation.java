// SPDX-License-Identifier: Apache-2.0
package dev.sortline.trainer.onnx.reading;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import dev.sortline.trainer.layers.Activation;
import dev.sortline.trainer.layers.Arithmetic;
import dev.sortline.trainer.layers.ForeignNetworkException;
import dev.sortline.trainer.layers.LayerGraph;
import dev.sortline.trainer.layers.Margins;
import dev.sortline.trainer.layers.Signal;
import dev.sortline.trainer.layers.Window;
import dev.sortline.trainer.network.NpyArray;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * Translates the operations of ONNX (its operator set, versions 7 to 20, as far as convolutional networks use it) into layers. What ONNX says
 * of a picture's axes is meant for channels first; signals have them last, and only what makes rows of pictures has to know.
 */
final class OnnxTranslation {
    private static final long[] TO_FIRST = {0, 3, 1, 2};
    private static final long[] TO_LAST = {0, 2, 3, 1};
    /** Where a signal has what ONNX counts as batch, channels, rows and columns. */
    private static final int[] HELD_AT = {0, 3, 1, 2};

    private final LayerGraph graph;
    private final OnnxConstants constants;
    /** Of the batch, which some exports fix. */
    private final long declaredBatch;

    private final Map<String, Value> values = new HashMap<>();

    /**
     * @param channelsFirst whether ONNX counts its axes so, while the signal has them last; of pictures alone
     */
    private record Value(Signal signal, boolean channelsFirst) {
        boolean isRows() {
            return signal.rank() == 2;
        }

        /** Where the signal has an axis that ONNX counts. */
        int axis(long counted) {
            int rank = signal.rank();
            int axis = Math.toIntExact(counted < 0 ? counted + rank : counted);
            return channelsFirst ? HELD_AT[axis] : axis;
        }
    }

    OnnxTranslation(LayerGraph graph, OnnxConstants constants, long declaredBatch) {
        this.graph = graph;
        this.constants = constants;
        this.declaredBatch = declaredBatch;
    }

    Signal of(GraphProto network, String input, boolean channelsFirst, String output) throws IOException {
        values.put(input, new Value(graph.input(), channelsFirst));
        for (NodeProto proto : network.getNodeList()) {
            OnnxNode node = new OnnxNode(proto);
            if (!isConstant(node)) {
                values.put(node.output(), made(node));
            }
        }
        Value scores = values.get(output);
        if (scores == null) {
            throw new ForeignNetworkException("has an output that nothing makes, " + output);
        }
        return scores.signal();
    }

    /** Takes up what is reckoned of weights and shapes alone. */
    private boolean isConstant(OnnxNode node) throws IOException {
        String name = node.output();
        switch (node.kind()) {
            case "Constant" -> {
                if (node.has("value")) {
                    constants.put(name, node.attribute("value").orElseThrow().getT());
                } else if (node.has("value_ints")) {
                    constants.put(name, node.numbers("value_ints"));
                } else if (node.has("value_int")) {
                    constants.put(name, new long[] {node.number("value_int", 0)});
                } else {
                    throw node.unusable("has no tensor");
                }
                return true;
            }
            case "Shape" -> {
                constants.put(name, countedShape(value(node, 0)));
                return true;
            }
            case "Gather", "Slice", "Concat", "Unsqueeze", "Squeeze", "Cast" -> {
                if (!constants.hasIntegers(node.input(0))) {
                    return false;
                }
                constants.put(name, reckoned(node));
                return true;
            }
            default -> {
                return false;
            }
        }
    }

    private long[] reckoned(OnnxNode node) {
        long[] first = constants.integers(node.input(0), node.name());
        return switch (node.kind()) {
            case "Gather" ->
                LongStream.of(constants.integers(node.input(1), node.name()))
                        .map(index -> first[Math.toIntExact(index < 0 ? index + first.length : index)])
                        .toArray();
            case "Slice" -> {
                long from = constants.integers(node.input(1), node.name())[0];
                long to = constants.integers(node.input(2), node.name())[0];
                yield Arrays.copyOfRange(
                        first,
                        Math.toIntExact(from < 0 ? from + first.length : from),
                        Math.toIntExact(Math.min(to < 0 ? to + first.length : to, first.length)));
            }
            case "Concat" -> {
                LongStream all = LongStream.empty();
                for (int i = 0; node.has(i); i++) {
                    all = LongStream.concat(all, LongStream.of(constants.integers(node.input(i), node.name())));
                }
                yield all.toArray();
            }
            default -> first;
        };
    }

    private Value made(OnnxNode node) {
        return switch (node.kind()) {
            case "Conv" -> convolution(node);
            case "Gemm" -> gemm(node);
            case "MatMul" ->
                like(rows(node), graph.dense(node.name(), rows(node).signal(), weights(node, 1)));
            case "BatchNormalization" -> normalized(node);
            case "Add" -> combined(node, Arithmetic.ADD);
            case "Sum" -> combined(node, Arithmetic.ADD);
            case "Sub" -> combined(node, Arithmetic.SUBTRACT);
            case "Mul" -> combined(node, Arithmetic.MULTIPLY);
            case "Div" -> combined(node, Arithmetic.DIVIDE);
            case "Max" -> combined(node, Arithmetic.MAXIMUM);
            case "Min" -> combined(node, Arithmetic.MINIMUM);
            case "Relu" -> activated(node, Activation.RELU);
            case "Sigmoid" -> activated(node, Activation.SIGMOID);
            case "Tanh" -> activated(node, Activation.TANH);
            case "HardSwish" -> activated(node, Activation.HARD_SWISH);
            case "Selu" -> activated(node, Activation.SELU);
            case "Softplus" -> activated(node, Activation.SOFTPLUS);
            case "Softsign" -> activated(node, Activation.SOFTSIGN);
            case "Exp" -> activated(node, Activation.EXPONENTIAL);
            case "Erf" -> activated(node, Activation.ERF);
            case "Elu" -> withNumber(node, Activation.ELU, "alpha", 1);
            case "Gelu" -> gelu(node);
            case "Softmax" -> softmax(node, Activation.SOFTMAX);
            case "LogSoftmax" -> softmax(node, Activation.LOG_SOFTMAX);
            case "HardSigmoid" ->
                like(
                        value(node, 0),
                        graph.ramp(
                                node.name(),
                                value(node, 0).signal(),
                                node.fraction("alpha", 0.2),
                                node.fraction("beta", 0.5)));
            case "LeakyRelu" ->
                like(value(node, 0), graph.leaky(node.name(), value(node, 0).signal(), node.fraction("alpha", 0.01)));
            case "PRelu" -> learnedSlopes(node);
            case "Clip" -> clipped(node);
            case "MaxPool" -> maxPooled(node);
            case "AveragePool" -> averagePooled(node);
            case "GlobalAveragePool" -> like(value(node, 0), graph.averaged(node.name(), pictures(node), true));
            case "GlobalMaxPool" -> like(value(node, 0), graph.largest(node.name(), pictures(node), true));
            case "ReduceMean", "ReduceMax" -> reduced(node);
            case "Concat" -> concatenated(node);
            case "Pad" -> padded(node);
            case "Flatten" -> flattened(node);
            case "Reshape" -> reshaped(node);
            case "Squeeze", "Unsqueeze" -> squeezed(node);
            case "Transpose" -> transposed(node);
            case "Identity", "Dropout", "Cast" -> value(node, 0);
            default -> throw ForeignNetworkException.unknown(node.kind(), node.name());
        };
    }

    private Value value(OnnxNode node, int index) {
        Value value = values.get(node.input(index));
        if (value == null) {
            throw new ForeignNetworkException("has a layer %s (%s) that works on constants, or on what nothing makes"
                    .formatted(node.kind(), node.name()));
        }
        return value;
    }

    private static Value like(Value before, Signal signal) {
        return new Value(signal, before.channelsFirst() && signal.rank() == 4);
    }

    private Signal pictures(OnnxNode node) {
        Value value = value(node, 0);
        if (!value.channelsFirst()) {
            throw node.unusable("is not given pictures with channels first");
        }
        return value.signal();
    }

    private Value rows(OnnxNode node) {
        Value value = value(node, 0);
        if (!value.isRows()) {
            throw node.unusable("is not given rows");
        }
        return value;
    }

    private NpyArray weights(OnnxNode node, int index) {
        return constants.floats(node.input(index), node.name());
    }

    private Value convolution(OnnxNode node) {
        Signal x = pictures(node);
        NpyArray kernel = weights(node, 1);
        long[] shape = kernel.shape();
        if (shape.length != 4) {
            throw node.unusable("has %d axes".formatted(shape.length));
        }
        Moved moved = moved(node, x, new long[] {shape[2], shape[3]}, 0);
        long groups = node.number("group", 1);
        Signal made;
        if (groups == 1) {
            made = graph.convolution(node.name(), moved.x(), permuted(kernel, 2, 3, 1, 0), moved.window());
        } else if (shape[1] == 1 && groups == x.shape()[3] && shape[0] % groups == 0) {
            NpyArray deep = permuted(kernel, 2, 3, 1, 0);
            made = graph.depthwise(
                    node.name(),
                    moved.x(),
                    NpyArray.of(deep.values(), shape[2], shape[3], groups, shape[0] / groups),
                    moved.window());
        } else {
            throw node.unusable("has %d groups".formatted(groups));
        }
        return new Value(
                node.has(2) ? graph.biased(node.name(), made, weights(node, 2).values()) : made, true);
    }

    /**
     * @param x with what has to be put around it already there
     */
    private record Moved(Signal x, Window window) {}

    /** How a kernel moves, in TensorFlow's words where it has some for it. */
    private Moved moved(OnnxNode node, Signal x, long[] kernel, float around) {
        long[] strides = node.numbers("strides", 1, 1);
        long[] dilations = node.numbers("dilations", 1, 1);
        long[] pads = node.numbers("pads", 0, 0, 0, 0);
        if (strides.length != 2 || dilations.length != 2 || pads.length != 4) {
            throw node.unusable("has other than two axes");
        }
        long[] shape = x.shape();
        Window same = new Window(strides[0], strides[1], dilations[0], dilations[1], true);
        Window inside = new Window(strides[0], strides[1], dilations[0], dilations[1], false);
        Margins margins = Margins.same(shape[1], shape[2], kernel[0], kernel[1], same);
        switch (node.text("auto_pad", "NOTSET")) {
            case "SAME_UPPER" -> {
                return new Moved(x, same);
            }
            case "SAME_LOWER" -> margins = margins.opposite();
            case "VALID" -> margins = new Margins(0, 0, 0, 0);
            default -> {
                Margins told = new Margins(pads[0], pads[2], pads[1], pads[3]);
                if (told.equals(margins)) {
                    return new Moved(x, same);
                }
                margins = told;
            }
        }
        return new Moved(graph.padded(node.name() + "_pad", x, margins, around), inside);
    }

    private Value gemm(OnnxNode node) {
        if (node.number("transA", 0) != 0 || node.fraction("alpha", 1) != 1 || node.fraction("beta", 1) != 1) {
            throw node.unusable("transposes or scales");
        }
        NpyArray weights = weights(node, 1);
        NpyArray kernel = node.number("transB", 0) == 0 ? weights : permuted(weights, 1, 0);
        Signal made = graph.dense(node.name(), rows(node).signal(), kernel);
        return new Value(
                node.has(2) ? graph.biased(node.name(), made, weights(node, 2).values()) : made, false);
    }

    private Value normalized(OnnxNode node) {
        if (node.number("training_mode", 0) != 0) {
            throw node.unusable("is in training");
        }
        Value x = value(node, 0);
        if (!x.isRows()) {
            pictures(node);
        }
        return like(
                x,
                graph.normalized(
                        node.name(),
                        x.signal(),
                        weights(node, 1).values(),
                        weights(node, 2).values(),
                        weights(node, 3).values(),
                        weights(node, 4).values(),
                        node.fraction("epsilon", 1e-5)));
    }

    private Value activated(OnnxNode node, Activation activation) {
        Value x = value(node, 0);
        return like(x, graph.activated(node.name(), x.signal(), activation));
    }

    private Value withNumber(OnnxNode node, Activation activation, String attribute, double known) {
        if (node.fraction(attribute, known) != known) {
            throw node.unusable("has another %s than %s".formatted(attribute, known));
        }
        return activated(node, activation);
    }

    private Value gelu(OnnxNode node) {
        if (!node.text("approximate", "none").equals("none")) {
            throw node.unusable("is approximate");
        }
        return activated(node, Activation.GELU);
    }

    private Value softmax(OnnxNode node, Activation activation) {
        Value x = value(node, 0);
        int last = x.signal().rank() - 1;
        long axis = node.number("axis", x.isRows() ? 1 : -1);
        if (x.axis(axis) != last) {
            throw node.unusable("has another axis than the labels'");
        }
        return activated(node, activation);
    }

    private Value learnedSlopes(OnnxNode node) {
        Value x = value(node, 0);
        float[] slopes = channels(weights(node, 1), x);
        if (slopes == null) {
            throw node.unusable("has other slopes than one a channel");
        }
        return like(x, graph.leaky(node.name(), x.signal(), slopes));
    }

    private Value clipped(OnnxNode node) {
        double least = node.has(1) ? weights(node, 1).values()[0] : node.fraction("min", -Float.MAX_VALUE);
        double most = node.has(2) ? weights(node, 2).values()[0] : node.fraction("max", Float.MAX_VALUE);
        Value x = value(node, 0);
        return like(x, graph.clipped(node.name(), x.signal(), least, most));
    }

    private Value combined(OnnxNode node, Arithmetic how) {
        Value made = operand(node, 0, 1);
        for (int i = 1; node.has(i); i++) {
            made = combined(node, how, made, i);
        }
        return made;
    }

    private Value combined(OnnxNode node, Arithmetic how, Value made, int index) {
        if (constants.hasFloats(node.input(index)) && !constants.hasFloats(node.input(0))) {
            float[] channels = channels(weights(node, index), made);
            if (channels != null && (how == Arithmetic.ADD || how == Arithmetic.SUBTRACT)) {
                return like(
                        made,
                        graph.biased(node.name(), made.signal(), each(channels, x -> how == Arithmetic.ADD ? x : -x)));
            }
            if (channels != null && (how == Arithmetic.MULTIPLY || how == Arithmetic.DIVIDE)) {
                return like(
                        made,
                        graph.scaled(
                                node.name(),
                                made.signal(),
                                each(channels, x -> how == Arithmetic.MULTIPLY ? x : 1 / x),
                                new float[channels.length]));
            }
        }
        Value other = operand(node, index, 0);
        if (made.channelsFirst() != other.channelsFirst()) {
            throw node.unusable("has inputs of other axes");
        }
        return like(made, graph.combined(node.name(), how, made.signal(), other.signal()));
    }

    /** An input as a signal; a constant has its axes as the input beside it has them. */
    private Value operand(OnnxNode node, int index, int beside) {
        if (!constants.hasFloats(node.input(index))) {
            return value(node, index);
        }
        Value like = value(node, beside);
        NpyArray array = weights(node, index);
        int rank = like.signal().rank();
        long[] shape = new long[rank];
        Arrays.fill(shape, 1);
        long[] told = array.shape();
        System.arraycopy(told, 0, shape, rank - told.length, told.length);
        NpyArray full = NpyArray.of(array.values(), shape);
        return new Value(
                graph.constant(node.name(), like.channelsFirst() ? permuted(full, 0, 2, 3, 1) : full),
                like.channelsFirst());
    }

    private static float[] each(float[] values, DoubleUnaryOperator function) {
        float[] made = new float[values.length];
        for (int i = 0; i < made.length; i++) {
            made[i] = (float) function.applyAsDouble(values[i]);
        }
        return made;
    }

    /** A constant as one number a channel of what it is combined with; null where it is none. */
    private static float @Nullable [] channels(NpyArray array, Value beside) {
        int width = Math.toIntExact(beside.signal().width());
        long[] told = array.shape();
        float[] values = array.values();
        if (values.length == 1) {
            float[] all = new float[width];
            Arrays.fill(all, values[0]);
            return all;
        }
        int fromTheRight = beside.channelsFirst() ? 3 : 1;
        return values.length == width && told.length >= fromTheRight && told[told.length - fromTheRight] == width
                ? values
                : null;
    }

    private Value maxPooled(OnnxNode node) {
        Signal x = pictures(node);
        long[] kernel = node.numbers("kernel_shape");
        if (node.number("ceil_mode", 0) != 0) {
            x = withLastWindow(node, x, kernel);
        }
        Moved moved = moved(node, x, kernel, -Float.MAX_VALUE);
        if (moved.window().dilationRows() != 1 || moved.window().dilationColumns() != 1) {
            throw node.unusable("is dilated");
        }
        return new Value(graph.maxPooled(node.name(), moved.x(), kernel[0], kernel[1], moved.window()), true);
    }

    /** Puts so much behind rows and columns that the windows of {@code ceil_mode}, which hang over the edge, lie in the picture. */
    private Signal withLastWindow(OnnxNode node, Signal x, long[] kernel) {
        long[] strides = node.numbers("strides", 1, 1);
        long[] pads = node.numbers("pads", 0, 0, 0, 0);
        long[] behind = new long[2];
        for (int i = 0; i < 2; i++) {
            long size = x.shape()[i + 1] + pads[i] + pads[i + 2];
            long windows = (size - kernel[i] + strides[i] - 1) / strides[i] + 1;
            boolean beginsInside = (windows - 1) * strides[i] < x.shape()[i + 1] + pads[i];
            long covered = (windows - (beginsInside ? 1 : 2)) * strides[i] + kernel[i];
            behind[i] = Math.max(0, covered - size);
        }
        return graph.padded(node.name() + "_ceil", x, new Margins(0, behind[0], 0, behind[1]), -Float.MAX_VALUE);
    }

    private Value averagePooled(OnnxNode node) {
        Signal x = pictures(node);
        long[] kernel = node.numbers("kernel_shape");
        long[] pads = node.numbers("pads", 0, 0, 0, 0);
        boolean padded = LongStream.of(pads).anyMatch(pad -> pad != 0);
        if (node.number("ceil_mode", 0) != 0) {
            throw node.unusable("lets windows hang over the edge");
        }
        if (padded && node.number("count_include_pad", 0) != 0) {
            Signal around = graph.padded(node.name() + "_pad", x, new Margins(pads[0], pads[2], pads[1], pads[3]), 0);
            long[] strides = node.numbers("strides", 1, 1);
            return new Value(
                    graph.averagePooled(
                            node.name(), around, kernel[0], kernel[1], Window.of(strides[0], strides[1], false)),
                    true);
        }
        Moved moved = moved(node, x, kernel, 0);
        if (moved.x() != x) {
            throw node.unusable("has means over edges that TensorFlow has not");
        }
        return new Value(graph.averagePooled(node.name(), x, kernel[0], kernel[1], moved.window()), true);
    }

    private Value reduced(OnnxNode node) {
        Value x = value(node, 0);
        long[] axes = node.has(1) ? constants.integers(node.input(1), node.name()) : node.numbers("axes");
        long[] held = LongStream.of(axes).map(x::axis).sorted().toArray();
        if (!Arrays.equals(held, new long[] {1, 2})) {
            throw node.unusable("has other axes than rows and columns");
        }
        boolean kept = node.number("keepdims", 1) != 0;
        return like(
                x,
                node.kind().equals("ReduceMean")
                        ? graph.averaged(node.name(), x.signal(), kept)
                        : graph.largest(node.name(), x.signal(), kept));
    }

    private Value concatenated(OnnxNode node) {
        List<Signal> parts = new ArrayList<>();
        Value first = value(node, 0);
        for (int i = 0; node.has(i); i++) {
            if (value(node, i).channelsFirst() != first.channelsFirst()) {
                throw node.unusable("has inputs of other axes");
            }
            parts.add(value(node, i).signal());
        }
        return like(first, graph.concatenated(node.name(), parts, first.axis(node.number("axis", 1))));
    }

    private Value padded(OnnxNode node) {
        Signal x = pictures(node);
        long[] pads = node.has(1) ? constants.integers(node.input(1), node.name()) : node.numbers("pads");
        if (!node.text("mode", "constant").equals("constant")
                || node.has(3)
                || pads.length != 8
                || pads[0] + pads[1] + pads[4] + pads[5] != 0) {
            throw node.unusable("pads otherwise than rows and columns with a number");
        }
        float value = node.has(2) ? weights(node, 2).values()[0] : (float) node.fraction("value", 0);
        return new Value(graph.padded(node.name(), x, new Margins(pads[2], pads[6], pads[3], pads[7]), value), true);
    }

    private Value flattened(OnnxNode node) {
        if (node.number("axis", 1) != 1) {
            throw node.unusable("has another axis than 1");
        }
        Value x = value(node, 0);
        return new Value(inOneRow(node, x), false);
    }

    private Signal inOneRow(OnnxNode node, Value x) {
        return x.channelsFirst()
                ? graph.flattenedByChannels(node.name(), x.signal())
                : graph.flattened(node.name(), x.signal());
    }

    /** Sizes as ONNX counts them. */
    private static long[] countedShape(Value x) {
        long[] held = x.signal().shape();
        long[] counted = held.clone();
        for (int i = 0; i < held.length; i++) {
            counted[i] = held[x.axis(i)];
        }
        return counted;
    }

    private Value reshaped(OnnxNode node) {
        Value x = value(node, 0);
        long[] sizes = constants.integers(node.input(1), node.name()).clone();
        long[] before = countedShape(x);
        boolean batch = sizes.length > 1 && (sizes[0] == -1 || sizes[0] == 0 || sizes[0] == declaredBatch);
        long all = LongStream.of(before).skip(1).reduce(1, Math::multiplyExact);
        if (!batch) {
            throw node.unusable("mixes pictures");
        }
        long known = 1;
        for (int i = 1; i < sizes.length; i++) {
            if (sizes[i] == 0 && i < before.length) {
                sizes[i] = before[i];
            }
            known = sizes[i] == -1 ? known : Math.multiplyExact(known, sizes[i]);
        }
        for (int i = 1; i < sizes.length; i++) {
            sizes[i] = sizes[i] == -1 ? all / known : sizes[i];
        }
        long[] wanted = Arrays.copyOfRange(sizes, 1, sizes.length);
        if (LongStream.of(wanted).reduce(1, Math::multiplyExact) != all) {
            throw node.unusable("mixes pictures");
        }
        if (wanted.length == 1) {
            return new Value(inOneRow(node, x), false);
        }
        if (Arrays.equals(wanted, Arrays.copyOfRange(before, 1, before.length))) {
            return x;
        }
        return withoutArea(node, x, wanted);
    }

    /** A row as a picture of one pixel. */
    private Value withoutArea(OnnxNode node, Value x, long... wanted) {
        if (!x.isRows() || wanted.length != 3 || wanted[1] != 1 || wanted[2] != 1) {
            throw node.unusable("has the shape " + Arrays.toString(wanted));
        }
        return new Value(graph.reshaped(node.name(), x.signal(), 1, 1, wanted[0]), true);
    }

    private Value squeezed(OnnxNode node) {
        Value x = value(node, 0);
        long[] axes = node.has(1) ? constants.integers(node.input(1), node.name()) : node.numbers("axes");
        long[] counted = LongStream.of(axes)
                .map(axis -> axis < 0 ? axis + 4 : axis)
                .sorted()
                .toArray();
        long[] shape = x.signal().shape();
        if (!Arrays.equals(counted, new long[] {2, 3})) {
            throw node.unusable("has other axes than rows and columns");
        }
        if (node.kind().equals("Unsqueeze")) {
            return withoutArea(node, x, shape[shape.length - 1], 1, 1);
        }
        if (!x.channelsFirst() || shape[1] * shape[2] != 1) {
            throw node.unusable("has more than one pixel");
        }
        return new Value(graph.flattened(node.name(), x.signal()), false);
    }

    /** Only the axes are counted otherwise: the signal stays. */
    private Value transposed(OnnxNode node) {
        Value x = value(node, 0);
        long[] order = node.numbers("perm");
        if (x.signal().shape().length == 4 && !x.channelsFirst() && Arrays.equals(order, TO_FIRST)) {
            return new Value(x.signal(), true);
        }
        if (x.channelsFirst() && Arrays.equals(order, TO_LAST)) {
            return new Value(x.signal(), false);
        }
        throw node.unusable("has the order " + Arrays.toString(order));
    }

    /** An array with its axes in another order. */
    private static NpyArray permuted(NpyArray array, int... axes) {
        long[] shape = array.shape();
        long[] steps = new long[shape.length];
        long step = 1;
        for (int axis = shape.length - 1; axis >= 0; axis--) {
            steps[axis] = step;
            step *= shape[axis];
        }
        long[] moved = new long[axes.length];
        for (int i = 0; i < axes.length; i++) {
            moved[i] = shape[axes[i]];
        }
        float[] values = array.values();
        float[] made = new float[values.length];
        long[] at = new long[axes.length];
        for (int i = 0; i < made.length; i++) {
            long from = 0;
            for (int axis = 0; axis < axes.length; axis++) {
                from += at[axis] * steps[axes[axis]];
            }
            made[i] = values[Math.toIntExact(from)];
            for (int axis = axes.length - 1; axis >= 0 && ++at[axis] == moved[axis]; axis--) {
                at[axis] = 0;
            }
        }
        return NpyArray.of(made, moved);
    }
}
