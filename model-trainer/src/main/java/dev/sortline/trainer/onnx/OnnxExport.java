// SPDX-License-Identifier: Apache-2.0
package dev.sortline.trainer.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import dev.sortline.classifier.model.Familiarity;
import dev.sortline.classifier.model.ModelPackage;
import dev.sortline.trainer.network.NpyArray;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.SavedModel;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.proto.TensorInfo;
import org.tensorflow.proto.TensorProto;
import org.tensorflow.proto.TensorShapeProto;

/**
 * Writes the network of a package's SavedModel as ONNX: the same weights and the same operations, channels first inside, for that is how
 * engines of ONNX compute convolutions.
 *
 * <p>Input float32 {@code [-1, size, size, 3]}, already scaled, output float32 {@code [-1, labels]}, as of the SavedModel, and {@value Familiarity#OUTPUT} where
 * that has it. Known is what
 * convolutional networks with constant weights are made of; what is more than that stays TensorFlow's alone.
 */
public final class OnnxExport {
    private static final String SIGNATURE = "serving_default";
    /** How wide something is that only becomes a row. */
    private static final long UNKNOWN = -1;

    private static final long[] TO_CHANNELS_FIRST = {0, 3, 1, 2};
    private static final long[] TO_CHANNELS_LAST = {0, 2, 3, 1};

    private final Map<String, NodeDef> nodes = new HashMap<>();
    private final Map<String, Value> values = new HashMap<>();
    private final OnnxGraph graph = new OnnxGraph();
    private final String input;

    /** How a tensor's axes stand: a picture's channels last, as TensorFlow has them, or first; or a row a picture. */
    private enum Axes {
        CHANNELS_LAST,
        CHANNELS_FIRST,
        ROWS
    }

    /**
     * @param width channels of a picture, or values of a row
     */
    private record Value(String name, Axes axes, long width) {}

    private OnnxExport(MetaGraphDef model, String input) {
        model.getGraphDef().getNodeList().forEach(node -> nodes.put(node.getName(), node));
        this.input = input;
    }

    /**
     * Writes {@code network.onnx} beside the SavedModel; the same SavedModel gives the same bytes.
     *
     * @param folder of a package, with its SavedModel
     * @return why there is none, in the part of a sentence that follows "the network"; empty when it is written
     * @throws IOException if the disk fails
     */
    public static Optional<String> write(Path folder, int inputSize) throws IOException {
        MetaGraphDef model = SavedModel.parseFrom(Files.readAllBytes(folder.resolve(ModelPackage.SAVED_MODEL_FILE)))
                .getMetaGraphs(0);
        try {
            write(folder.resolve(ModelPackage.ONNX_FILE), of(model, inputSize));
            return Optional.empty();
        } catch (UnknownOperationException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    static void write(Path file, ModelProto model) throws IOException {
        try (OutputStream out = Files.newOutputStream(file)) {
            model.writeTo(out);
        }
    }

    private static ModelProto of(MetaGraphDef model, int inputSize) throws UnknownOperationException {
        SignatureDef signature = model.getSignatureDefOrThrow(SIGNATURE);
        String input =
                nodeName(signature.getInputsMap().values().iterator().next().getName());
        Map<String, TensorInfo> outputs = new TreeMap<>(signature.getOutputsMap());
        Optional<TensorInfo> familiarity =
                outputs.size() < 2 ? Optional.empty() : Optional.ofNullable(outputs.remove(Familiarity.OUTPUT));
        String output = nodeName(outputs.values().iterator().next().getName());
        OnnxExport export = new OnnxExport(model, input);
        Value scores = export.value(output);
        if (scores.axes() != Axes.ROWS) {
            throw new UnknownOperationException("ends in pictures");
        }
        export.graph.output(scores.name(), scores.width());
        if (familiarity.isPresent()) {
            Value told = export.value(familiarity.get().getName());
            export.graph.output(told.name(), told.width());
        }
        return export.graph.model(input, inputSize);
    }

    private Value value(String reference) throws UnknownOperationException {
        String name = nodeName(reference);
        Value known = values.get(name);
        if (known == null) {
            known = made(node(name));
            values.put(name, known);
        }
        return known;
    }

    private Value made(NodeDef node) throws UnknownOperationException {
        return switch (node.getOp()) {
            case "Placeholder" -> {
                if (!node.getName().equals(input)) {
                    throw new UnknownOperationException("has another input, " + node.getName());
                }
                yield new Value(input, Axes.CHANNELS_LAST, 3);
            }
            case "Identity" -> value(node.getInput(0));
            case "Conv2D", "DepthwiseConv2dNative" -> convolution(node, node.getName(), Optional.empty());
            case "MatMul" -> dense(node, node.getName(), Optional.empty());
            case "BiasAdd" -> biased(node);
            case "Add", "AddV2" -> sum(node);
            case "Mul" -> combined(node, "Mul");
            case "Sub" -> combined(node, "Sub");
            case "Div", "RealDiv" -> combined(node, "Div");
            case "Maximum" -> combined(node, "Max");
            case "Minimum" -> combined(node, "Min");
            case "Relu", "Sqrt", "Sigmoid", "Tanh", "Elu", "Selu", "Softplus", "Softsign" ->
                like(value(node.getInput(0)), node, node.getOp(), List.of());
            case "LeakyRelu" -> leaky(node);
            case "Relu6" ->
                like(
                        value(node.getInput(0)),
                        node,
                        "Clip",
                        List.of(
                                graph.floats(node.getName() + "/least", new float[] {0}),
                                graph.floats(node.getName() + "/most", new float[] {6})));
            case "Softmax" -> like(rows(value(node.getInput(0)), node), node, "Softmax", List.of());
            case "MaxPool" -> pooled(node, "MaxPool", steps(node, "ksize"), steps(node, "strides"));
            case "MaxPoolV2" -> pooled(node, "MaxPool", steps(node.getInput(1)), steps(node.getInput(2)));
            // Neither counts what is put around a picture.
            case "AvgPool" -> pooled(node, "AveragePool", steps(node, "ksize"), steps(node, "strides"));
            case "Mean" -> reduced(node, "GlobalAveragePool");
            case "Max" ->
                value(node.getInput(0)).axes() == Axes.ROWS ? ofRow(node, "ReduceMax") : reduced(node, "GlobalMaxPool");
            case "Sum" -> ofRow(node, "ReduceSum");
            case "ConcatV2" -> concatenated(node);
            case "PadV2" -> padded(node);
            case "Slice" -> cropped(node);
            case "Reshape" -> reshaped(node);
            case "Transpose" -> transposed(node);
            default ->
                throw new UnknownOperationException("has an operation %s (%s)".formatted(node.getOp(), node.getName()));
        };
    }

    private Value like(Value x, NodeDef node, String operator, List<String> more) {
        List<String> inputs = new ArrayList<>(List.of(x.name()));
        inputs.addAll(more);
        return new Value(graph.node(operator, node.getName(), inputs), x.axes(), x.width());
    }

    private Value leaky(NodeDef node) throws UnknownOperationException {
        Value x = value(node.getInput(0));
        graph.node(
                "LeakyRelu",
                node.getName(),
                List.of(x.name()),
                OnnxGraph.fraction("alpha", node.getAttrOrThrow("alpha").getF()));
        return new Value(node.getName(), x.axes(), x.width());
    }

    /** A bias goes into what it is added to. */
    private Value biased(NodeDef node) throws UnknownOperationException {
        NodeDef before = node(nodeName(node.getInput(0)));
        NpyArray bias = constant(node.getInput(1));
        return switch (before.getOp()) {
            case "Conv2D", "DepthwiseConv2dNative" -> convolution(before, node.getName(), Optional.of(bias));
            case "MatMul" -> dense(before, node.getName(), Optional.of(bias));
            default -> combined(node, "Add");
        };
    }

    private Value sum(NodeDef node) throws UnknownOperationException {
        return isConstant(node.getInput(1)) && constant(node.getInput(1)).shape().length == 1
                ? biased(node)
                : combined(node, "Add");
    }

    /** Two of the same kind, or one and numbers for each of its channels. */
    private Value combined(NodeDef node, String operator) throws UnknownOperationException {
        boolean numbersFirst = isConstant(node.getInput(0));
        Value x = value(node.getInput(numbersFirst ? 1 : 0));
        Value known = x.axes() == Axes.CHANNELS_LAST ? channelsFirst(x) : x;
        String other;
        if (numbersFirst || isConstant(node.getInput(1))) {
            other = numbers(node, constant(node.getInput(numbersFirst ? 0 : 1)), known);
        } else {
            Value second = value(node.getInput(1));
            second = second.axes() == Axes.CHANNELS_LAST ? channelsFirst(second) : second;
            boolean oneForAll = second.axes() == Axes.ROWS && second.width() == 1;
            if (second.axes() != known.axes() || (second.width() != known.width() && !oneForAll)) {
                throw new UnknownOperationException("combines what has another shape (%s)".formatted(node.getName()));
            }
            other = second.name();
        }
        return like(
                new Value(numbersFirst ? other : known.name(), known.axes(), known.width()),
                node,
                operator,
                List.of(numbersFirst ? known.name() : other));
    }

    private String numbers(NodeDef node, NpyArray array, Value beside) throws UnknownOperationException {
        int count = array.values().length;
        if (count != 1 && (count != beside.width() || array.shape()[array.shape().length - 1] != count)) {
            throw new UnknownOperationException("combines what has another shape (%s)".formatted(node.getName()));
        }
        return beside.axes() == Axes.ROWS
                ? graph.floats(node.getName() + "/numbers", array.values(), count)
                : graph.floats(node.getName() + "/numbers", array.values(), count, 1, 1);
    }

    private boolean isConstant(String reference) throws UnknownOperationException {
        NodeDef node = node(nodeName(reference));
        while (node.getOp().equals("Identity")) {
            node = node(nodeName(node.getInput(0)));
        }
        return node.getOp().equals("Const");
    }

    private Value convolution(NodeDef node, String name, Optional<NpyArray> bias) throws UnknownOperationException {
        requireChannelsLast(node);
        Value x = channelsFirst(value(node.getInput(0)));
        NpyArray kernel = constant(node.getInput(1));
        long[] shape = kernel.shape();
        boolean depthwise = node.getOp().startsWith("Depthwise");
        if (shape.length != 4 || shape[2] != x.width()) {
            throw new UnknownOperationException("has a convolution of other channels (%s)".formatted(node.getName()));
        }
        // Of the depthwise the channels stand where the others have their inputs, and each is an output of its own.
        String weights = depthwise
                ? graph.floats(name + "/kernel", moved(kernel, 2, 3, 0, 1), shape[2] * shape[3], 1, shape[0], shape[1])
                : graph.floats(name + "/kernel", moved(kernel, 3, 2, 0, 1), shape[3], shape[2], shape[0], shape[1]);
        List<String> inputs = bias.isPresent()
                ? List.of(
                        x.name(),
                        weights,
                        graph.floats(
                                name + "/bias", bias.get().values(), bias.get().shape()))
                : List.of(x.name(), weights);
        graph.node(
                "Conv",
                name,
                inputs,
                padding(node),
                OnnxGraph.numbers("strides", steps(node, "strides")),
                OnnxGraph.numbers("dilations", dilations(node)),
                OnnxGraph.number("group", depthwise ? shape[2] : 1));
        return new Value(name, Axes.CHANNELS_FIRST, depthwise ? shape[2] * shape[3] : shape[3]);
    }

    private Value dense(NodeDef node, String name, Optional<NpyArray> bias) throws UnknownOperationException {
        if (node.getAttrOrDefault("transpose_a", AttrValue.getDefaultInstance()).getB()
                || node.getAttrOrDefault("transpose_b", AttrValue.getDefaultInstance())
                        .getB()) {
            throw new UnknownOperationException("multiplies by a transposed matrix (%s)".formatted(node.getName()));
        }
        Value x = rows(value(node.getInput(0)), node);
        NpyArray kernel = constant(node.getInput(1));
        String weights = graph.floats(name + "/kernel", kernel.values(), kernel.shape());
        List<String> inputs = bias.isPresent()
                ? List.of(
                        x.name(),
                        weights,
                        graph.floats(
                                name + "/bias", bias.get().values(), bias.get().shape()))
                : List.of(x.name(), weights);
        return new Value(graph.node("Gemm", name, inputs), Axes.ROWS, kernel.shape()[1]);
    }

    private Value pooled(NodeDef node, String operator, long[] size, long[] strides) throws UnknownOperationException {
        requireChannelsLast(node);
        Value x = channelsFirst(value(node.getInput(0)));
        graph.node(
                operator,
                node.getName(),
                List.of(x.name()),
                padding(node),
                OnnxGraph.numbers("kernel_shape", size),
                OnnxGraph.numbers("strides", strides));
        return new Value(node.getName(), Axes.CHANNELS_FIRST, x.width());
    }

    /** Over rows and columns, which leaves a row a picture, or a picture of one pixel. */
    private Value reduced(NodeDef node, String operator) throws UnknownOperationException {
        boolean kept = node.getAttrOrDefault("keep_dims", AttrValue.getDefaultInstance())
                .getB();
        if (!integers(node.getInput(1)).equals(List.of(1, 2))) {
            throw new UnknownOperationException("reduces other axes (%s)".formatted(node.getName()));
        }
        Value x = channelsFirst(value(node.getInput(0)));
        if (kept) {
            return new Value(graph.node(operator, node.getName(), List.of(x.name())), Axes.CHANNELS_FIRST, x.width());
        }
        String pooled = graph.node(operator, node.getName() + "/pooled", List.of(x.name()));
        return new Value(graph.node("Flatten", node.getName(), List.of(pooled)), Axes.ROWS, x.width());
    }

    /** One value of each row. */
    private Value ofRow(NodeDef node, String operator) throws UnknownOperationException {
        Value x = rows(value(node.getInput(0)), node);
        boolean kept = node.getAttrOrDefault("keep_dims", AttrValue.getDefaultInstance())
                .getB();
        if (!kept || !integers(node.getInput(1)).equals(List.of(1))) {
            throw new UnknownOperationException("reduces other axes (%s)".formatted(node.getName()));
        }
        // The axes are an input of the one operator and an attribute of the other, in this set of operators.
        String name = operator.equals("ReduceSum")
                ? graph.node(operator, node.getName(), List.of(x.name(), graph.ints(node.getName() + "/axes", 1)))
                : graph.node(operator, node.getName(), List.of(x.name()), OnnxGraph.numbers("axes", 1));
        return new Value(name, Axes.ROWS, 1);
    }

    private Value concatenated(NodeDef node) throws UnknownOperationException {
        int parts = node.getInputCount() - 1;
        int axis = integers(node.getInput(parts)).get(0);
        List<String> names = new ArrayList<>();
        long width = 0;
        boolean rows = value(node.getInput(0)).axes() == Axes.ROWS;
        for (int i = 0; i < parts; i++) {
            Value part = value(node.getInput(i));
            Value held = rows ? rows(part, node) : channelsFirst(part);
            names.add(held.name());
            width += held.width();
        }
        if (axis != -1 && axis != (rows ? 1 : 3)) {
            throw new UnknownOperationException("puts together along another axis (%s)".formatted(node.getName()));
        }
        graph.node("Concat", node.getName(), names, OnnxGraph.number("axis", 1));
        return new Value(node.getName(), rows ? Axes.ROWS : Axes.CHANNELS_FIRST, width);
    }

    private Value padded(NodeDef node) throws UnknownOperationException {
        Value x = channelsFirst(value(node.getInput(0)));
        List<Integer> around = integers(node.getInput(1));
        if (around.size() != 8 || around.get(0) + around.get(1) + around.get(6) + around.get(7) != 0) {
            throw new UnknownOperationException("pads other axes (%s)".formatted(node.getName()));
        }
        String pads = graph.ints(
                node.getName() + "/pads", 0, 0, around.get(2), around.get(4), 0, 0, around.get(3), around.get(5));
        String value = graph.floats(
                node.getName() + "/value", constant(node.getInput(2)).values());
        return new Value(
                graph.node("Pad", node.getName(), List.of(x.name(), pads, value)), Axes.CHANNELS_FIRST, x.width());
    }

    /** A part of rows and columns. */
    private Value cropped(NodeDef node) throws UnknownOperationException {
        Value x = channelsFirst(value(node.getInput(0)));
        List<Long> from = longs(node.getInput(1));
        List<Long> sizes = longs(node.getInput(2));
        if (from.size() != 4 || from.get(0) + from.get(3) != 0 || sizes.get(0) != -1 || sizes.get(3) != x.width()) {
            throw new UnknownOperationException("takes a part of other axes (%s)".formatted(node.getName()));
        }
        String starts = graph.ints(node.getName() + "/starts", from.get(1), from.get(2));
        String ends = graph.ints(node.getName() + "/ends", from.get(1) + sizes.get(1), from.get(2) + sizes.get(2));
        String axes = graph.ints(node.getName() + "/axes", 2, 3);
        return new Value(
                graph.node("Slice", node.getName(), List.of(x.name(), starts, ends, axes)),
                Axes.CHANNELS_FIRST,
                x.width());
    }

    /** All of a picture in a row, in TensorFlow's order; or a row as a picture of one pixel. */
    private Value reshaped(NodeDef node) throws UnknownOperationException {
        List<Integer> shape = integers(node.getInput(1));
        Value x = value(node.getInput(0));
        if (x.axes() == Axes.ROWS && shape.equals(List.of(-1, 1, 1, (int) x.width()))) {
            String sizes = graph.ints(node.getName() + "/shape", -1, x.width(), 1, 1);
            return new Value(
                    graph.node("Reshape", node.getName(), List.of(x.name(), sizes)), Axes.CHANNELS_FIRST, x.width());
        }
        if (shape.size() != 2 || shape.get(0) != -1 || shape.get(1) < 1) {
            throw new UnknownOperationException("has another shape than rows (%s)".formatted(node.getName()));
        }
        String last = x.axes() == Axes.CHANNELS_FIRST
                ? graph.node(
                        "Transpose",
                        node.getName() + "/channels-last",
                        List.of(x.name()),
                        OnnxGraph.numbers("perm", TO_CHANNELS_LAST))
                : x.name();
        return new Value(graph.node("Flatten", node.getName(), List.of(last)), Axes.ROWS, shape.get(1));
    }

    /** Before a row whose order is channel after channel: it lies so here already. */
    private Value transposed(NodeDef node) throws UnknownOperationException {
        Value x = channelsFirst(value(node.getInput(0)));
        if (!integers(node.getInput(1)).equals(List.of(0, 3, 1, 2))) {
            throw new UnknownOperationException("turns axes (%s)".formatted(node.getName()));
        }
        return new Value(x.name(), Axes.CHANNELS_LAST, UNKNOWN);
    }

    private Value channelsFirst(Value x) throws UnknownOperationException {
        if (x.axes() == Axes.ROWS) {
            throw new UnknownOperationException("takes rows for pictures (%s)".formatted(x.name()));
        }
        if (x.axes() == Axes.CHANNELS_FIRST) {
            return x;
        }
        Value first = new Value(
                graph.node(
                        "Transpose",
                        x.name() + "/channels-first",
                        List.of(x.name()),
                        OnnxGraph.numbers("perm", TO_CHANNELS_FIRST)),
                Axes.CHANNELS_FIRST,
                x.width());
        values.put(x.name(), first);
        return first;
    }

    private static Value rows(Value x, NodeDef node) throws UnknownOperationException {
        if (x.axes() != Axes.ROWS) {
            throw new UnknownOperationException("takes pictures for rows (%s)".formatted(node.getName()));
        }
        return x;
    }

    private static void requireChannelsLast(NodeDef node) throws UnknownOperationException {
        String format = node.getAttrOrDefault("data_format", AttrValue.getDefaultInstance())
                .getS()
                .toStringUtf8();
        if (!format.isEmpty() && !format.equals("NHWC")) {
            throw new UnknownOperationException("has its channels first (%s)".formatted(node.getName()));
        }
    }

    private static AttributeProto padding(NodeDef node) throws UnknownOperationException {
        String padding = node.getAttrOrThrow("padding").getS().toStringUtf8();
        return switch (padding) {
            case "SAME" -> OnnxGraph.text("auto_pad", "SAME_UPPER");
            case "VALID" -> OnnxGraph.text("auto_pad", "VALID");
            default -> throw new UnknownOperationException("pads %s (%s)".formatted(padding, node.getName()));
        };
    }

    private static long[] dilations(NodeDef node) {
        List<Long> all = node.getAttrOrDefault("dilations", AttrValue.getDefaultInstance())
                .getList()
                .getIList();
        return all.size() == 4 ? new long[] {all.get(1), all.get(2)} : new long[] {1, 1};
    }

    private static long[] steps(NodeDef node, String attribute) {
        List<Long> all = node.getAttrOrThrow(attribute).getList().getIList();
        return new long[] {all.get(1), all.get(2)};
    }

    private long[] steps(String reference) throws UnknownOperationException {
        List<Integer> all = integers(reference);
        return new long[] {all.get(1), all.get(2)};
    }

    private NodeDef node(String name) throws UnknownOperationException {
        NodeDef node = nodes.get(name);
        if (node == null) {
            throw new UnknownOperationException("has no node " + name);
        }
        return node;
    }

    private TensorProto tensor(String reference) throws UnknownOperationException {
        NodeDef node = node(nodeName(reference));
        while (node.getOp().equals("Identity")) {
            node = node(nodeName(node.getInput(0)));
        }
        if (!node.getOp().equals("Const")) {
            throw new UnknownOperationException("has weights that are not constant (%s)".formatted(node.getName()));
        }
        return node.getAttrOrThrow("value").getTensor();
    }

    private NpyArray constant(String reference) throws UnknownOperationException {
        TensorProto tensor = tensor(reference);
        long[] shape = tensor.getTensorShape().getDimList().stream()
                .mapToLong(TensorShapeProto.Dim::getSize)
                .toArray();
        int values = Math.toIntExact(LongStream.of(shape).reduce(1, Math::multiplyExact));
        if (tensor.getDtype() != DataType.DT_FLOAT) {
            throw new UnknownOperationException("has weights that are not float32 (%s)".formatted(reference));
        }
        float[] numbers = new float[values];
        if (tensor.getTensorContent().size() == (long) values * Float.BYTES) {
            tensor.getTensorContent()
                    .asReadOnlyByteBuffer()
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .asFloatBuffer()
                    .get(numbers);
        } else if (tensor.getFloatValCount() > 0) {
            // The last one stands for all that follow.
            for (int i = 0; i < values; i++) {
                numbers[i] = tensor.getFloatVal(Math.min(i, tensor.getFloatValCount() - 1));
            }
        } else {
            throw new UnknownOperationException("has weights that are not written out (%s)".formatted(reference));
        }
        return NpyArray.of(numbers, shape);
    }

    private List<Integer> integers(String reference) throws UnknownOperationException {
        TensorProto tensor = tensor(reference);
        if (tensor.getIntValCount() > 0) {
            return tensor.getIntValList();
        }
        ByteBuffer bytes = tensor.getTensorContent().asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
        return IntStream.range(0, bytes.remaining() / Integer.BYTES)
                .mapToObj(i -> bytes.getInt(i * Integer.BYTES))
                .toList();
    }

    private List<Long> longs(String reference) throws UnknownOperationException {
        TensorProto tensor = tensor(reference);
        if (tensor.getInt64ValCount() > 0) {
            return tensor.getInt64ValList();
        }
        ByteBuffer bytes = tensor.getTensorContent().asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
        return IntStream.range(0, bytes.remaining() / Long.BYTES)
                .mapToObj(i -> bytes.getLong(i * Long.BYTES))
                .toList();
    }

    /** The numbers of a tensor of four axes in another order of them. */
    private static float[] moved(NpyArray array, int... axes) {
        long[] shape = array.shape();
        long[] steps = new long[shape.length];
        long step = 1;
        for (int axis = shape.length - 1; axis >= 0; axis--) {
            steps[axis] = step;
            step *= shape[axis];
        }
        float[] values = array.values();
        float[] moved = new float[values.length];
        int at = 0;
        for (long a = 0; a < shape[axes[0]]; a++) {
            for (long b = 0; b < shape[axes[1]]; b++) {
                for (long c = 0; c < shape[axes[2]]; c++) {
                    for (long d = 0; d < shape[axes[3]]; d++) {
                        moved[at++] = values[
                                (int) (a * steps[axes[0]]
                                        + b * steps[axes[1]]
                                        + c * steps[axes[2]]
                                        + d * steps[axes[3]])];
                    }
                }
            }
        }
        return moved;
    }

    /** {@code ^name} for a dependency, {@code name:0} for an output. */
    private static String nodeName(String reference) {
        int from = reference.startsWith("^") ? 1 : 0;
        int to = reference.indexOf(':');
        return reference.substring(from, to < 0 ? reference.length() : to);
    }
}
