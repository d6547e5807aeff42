// SPDX-License-Identifier: Apache-2.0
package dev.sortline.trainer.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.ModelProto;
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
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.SavedModel;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.proto.TensorProto;
import org.tensorflow.proto.TensorShapeProto;

/**
 * Writes the network of a package's SavedModel as ONNX: the same weights and the same operations, channels first inside, for that is how
 * engines of ONNX compute convolutions.
 *
 * <p>Input float32 {@code [-1, size, size, 3]}, already scaled, output float32 {@code [-1, labels]}, as of the SavedModel. Known is what
 * convolutional networks with constant weights are made of; what is more than that stays TensorFlow's alone.
 */
public final class OnnxExport {
    private static final String SIGNATURE = "serving_default";
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
        String output =
                nodeName(signature.getOutputsMap().values().iterator().next().getName());
        OnnxExport export = new OnnxExport(model, input);
        Value scores = export.value(output);
        if (scores.axes() != Axes.ROWS) {
            throw new UnknownOperationException("ends in pictures");
        }
        return export.graph.model(input, inputSize, scores.name(), scores.width());
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
            case "Relu" -> like(value(node.getInput(0)), node, "Relu", List.of());
            case "Relu6" ->
                like(
                        value(node.getInput(0)),
                        node,
                        "Clip",
                        List.of(
                                graph.floats(node.getName() + "/least", new float[] {0}),
                                graph.floats(node.getName() + "/most", new float[] {6})));
            case "Softmax" -> like(rows(value(node.getInput(0)), node), node, "Softmax", List.of());
            case "MaxPool" -> pooled(node, steps(node, "ksize"), steps(node, "strides"));
            case "MaxPoolV2" -> pooled(node, steps(node.getInput(1)), steps(node.getInput(2)));
            case "Mean" -> mean(node);
            case "Reshape" -> flat(node);
            default ->
                throw new UnknownOperationException("has an operation %s (%s)".formatted(node.getOp(), node.getName()));
        };
    }

    private Value like(Value x, NodeDef node, String operator, List<String> more) {
        List<String> inputs = new ArrayList<>(List.of(x.name()));
        inputs.addAll(more);
        return new Value(graph.node(operator, node.getName(), inputs), x.axes(), x.width());
    }

    /** A bias goes into what it is added to. */
    private Value biased(NodeDef node) throws UnknownOperationException {
        NodeDef before = node(nodeName(node.getInput(0)));
        NpyArray bias = constant(node.getInput(1));
        return switch (before.getOp()) {
            case "Conv2D", "DepthwiseConv2dNative" -> convolution(before, node.getName(), Optional.of(bias));
            case "MatMul" -> dense(before, node.getName(), Optional.of(bias));
            default ->
                throw new UnknownOperationException("adds a bias to %s (%s)".formatted(before.getOp(), node.getName()));
        };
    }

    private Value sum(NodeDef node) throws UnknownOperationException {
        if (node(nodeName(node.getInput(1))).getOp().equals("Const")) {
            return biased(node);
        }
        Value one = value(node.getInput(0));
        Value other = value(node.getInput(1));
        if (one.axes() != other.axes() || one.width() != other.width()) {
            throw new UnknownOperationException("adds what has another shape (%s)".formatted(node.getName()));
        }
        return like(one, node, "Add", List.of(other.name()));
    }

    private Value convolution(NodeDef node, String name, Optional<NpyArray> bias) throws UnknownOperationException {
        requireChannelsLast(node);
        for (long dilation : node.getAttrOrDefault("dilations", AttrValue.getDefaultInstance())
                .getList()
                .getIList()) {
            if (dilation != 1) {
                throw new UnknownOperationException("has a dilated convolution (%s)".formatted(node.getName()));
            }
        }
        Value x = channelsFirst(value(node.getInput(0)));
        NpyArray kernel = constant(node.getInput(1));
        long[] shape = kernel.shape();
        boolean depthwise = node.getOp().startsWith("Depthwise");
        if (shape.length != 4 || shape[2] != x.width() || (depthwise && shape[3] != 1)) {
            throw new UnknownOperationException("has a grouped convolution (%s)".formatted(node.getName()));
        }
        // Of the depthwise the channels stand where the others have their inputs, and each is an output of its own.
        String weights = depthwise
                ? graph.floats(name + "/kernel", moved(kernel, 2, 3, 0, 1), shape[2], shape[3], shape[0], shape[1])
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
                OnnxGraph.number("group", depthwise ? shape[2] : 1));
        return new Value(name, Axes.CHANNELS_FIRST, depthwise ? shape[2] : shape[3]);
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

    private Value pooled(NodeDef node, long[] size, long[] strides) throws UnknownOperationException {
        requireChannelsLast(node);
        Value x = channelsFirst(value(node.getInput(0)));
        graph.node(
                "MaxPool",
                node.getName(),
                List.of(x.name()),
                padding(node),
                OnnxGraph.numbers("kernel_shape", size),
                OnnxGraph.numbers("strides", strides));
        return new Value(node.getName(), Axes.CHANNELS_FIRST, x.width());
    }

    /** Over rows and columns, which leaves a row a picture. */
    private Value mean(NodeDef node) throws UnknownOperationException {
        boolean kept = node.getAttrOrDefault("keep_dims", AttrValue.getDefaultInstance())
                .getB();
        List<Integer> axes = integers(node.getInput(1));
        if (kept || !axes.equals(List.of(1, 2))) {
            throw new UnknownOperationException("has a mean over other axes (%s)".formatted(node.getName()));
        }
        Value x = channelsFirst(value(node.getInput(0)));
        String pooled = graph.node("GlobalAveragePool", node.getName() + "/pooled", List.of(x.name()));
        return new Value(graph.node("Flatten", node.getName(), List.of(pooled)), Axes.ROWS, x.width());
    }

    /** All of a picture in a row, in TensorFlow's order. */
    private Value flat(NodeDef node) throws UnknownOperationException {
        List<Integer> shape = integers(node.getInput(1));
        if (shape.size() != 2 || shape.get(0) != -1 || shape.get(1) < 1) {
            throw new UnknownOperationException("has another shape than rows (%s)".formatted(node.getName()));
        }
        Value x = value(node.getInput(0));
        String last = x.axes() == Axes.CHANNELS_FIRST
                ? graph.node(
                        "Transpose",
                        node.getName() + "/channels-last",
                        List.of(x.name()),
                        OnnxGraph.numbers("perm", TO_CHANNELS_LAST))
                : x.name();
        return new Value(graph.node("Flatten", node.getName(), List.of(last)), Axes.ROWS, shape.get(1));
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
