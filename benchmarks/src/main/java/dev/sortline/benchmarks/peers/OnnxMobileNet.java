// SPDX-License-Identifier: Apache-2.0
package dev.sortline.benchmarks.peers;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import dev.sortline.benchmarks.line.BenchFailure;
import dev.sortline.trainer.network.NpyArray;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;

/**
 * Writes the MobileNetV2 of a model package as an ONNX file: the same weights, channels first.
 *
 * <p>Input {@value #INPUT}, float32 {@code [-1, 3, size, size]}, already scaled; output {@value #OUTPUT}, float32 {@code [-1, labels]}.
 */
final class OnnxMobileNet {
    static final String INPUT = "images";
    static final String OUTPUT = "logits";

    private static final long IR_VERSION = 8;
    private static final long OPERATOR_SET = 13;
    private static final Set<Integer> HALVING_BLOCKS = Set.of(1, 3, 6, 13);
    private static final String ZERO = "zero";
    private static final String SIX = "six";

    private final Map<String, NpyArray> weights;
    private final GraphProto.Builder graph = GraphProto.newBuilder().setName("mobilenet-v2");

    private OnnxMobileNet(Map<String, NpyArray> weights) {
        this.weights = weights;
    }

    /**
     * Writes the file.
     *
     * @param weights by the names that the training gives them
     * @param inputSize width and height of the pictures in pixels
     * @throws BenchFailure when one is missing
     */
    static void write(Path file, Map<String, NpyArray> weights, int inputSize) throws IOException {
        ModelProto model = new OnnxMobileNet(weights).model(inputSize);
        try (OutputStream out = Files.newOutputStream(file)) {
            model.writeTo(out);
        }
    }

    private ModelProto model(int size) {
        tensor(ZERO, new float[] {0});
        tensor(SIX, new float[] {6});
        String x = relu6(convolution(INPUT, "stem", 2));
        for (int i = 0; weights.containsKey("b" + i + "_dw_kernel"); i++) {
            x = block(x, i);
        }
        x = relu6(convolution(x, "head", 1));
        x = node("GlobalAveragePool", "pool", List.of(x));
        x = node("Flatten", "features", List.of(x));
        NpyArray kernel = weight("classifier_kernel");
        tensor("classifier_kernel", kernel.values(), kernel.shape());
        NpyArray bias = weight("classifier_bias");
        tensor("classifier_bias", bias.values(), bias.shape());
        node("Gemm", OUTPUT, List.of(x, "classifier_kernel", "classifier_bias"));
        graph.addInput(value(INPUT, -1, 3, size, size));
        graph.addOutput(value(OUTPUT, -1, bias.shape()[0]));
        return ModelProto.newBuilder()
                .setIrVersion(IR_VERSION)
                .setProducerName("sortline")
                .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(OPERATOR_SET))
                .setGraph(graph)
                .build();
    }

    private String block(String input, int index) {
        String name = "b" + index;
        int stride = HALVING_BLOCKS.contains(index) ? 2 : 1;
        String x = index == 0 ? input : relu6(convolution(input, name + "_expand", 1));
        x = relu6(convolution(x, name + "_dw", stride));
        x = convolution(x, name + "_project", 1);
        String first = index == 0 ? name + "_dw_kernel" : name + "_expand_kernel";
        boolean added = stride == 1
                && weight(first).shape()[2] == weight(name + "_project_kernel").shape()[3];
        return added ? node("Add", name + "_sum", List.of(x, input)) : x;
    }

    private String convolution(String x, String name, long stride) {
        NpyArray kernel = weight(name + "_kernel");
        long[] shape = kernel.shape();
        boolean depthwise = name.endsWith("_dw");
        // Of the depthwise the channels stand where the others have their inputs, and each is an output of its own.
        tensor(
                name + "_kernel",
                depthwise ? moved(kernel, 2, 3, 0, 1) : moved(kernel, 3, 2, 0, 1),
                depthwise
                        ? new long[] {shape[2], shape[3], shape[0], shape[1]}
                        : new long[] {shape[3], shape[2], shape[0], shape[1]});
        tensor(
                name + "_bias",
                weight(name + "_bias").values(),
                weight(name + "_bias").shape());
        return node(
                "Conv",
                name,
                List.of(x, name + "_kernel", name + "_bias"),
                AttributeProto.newBuilder()
                        .setName("auto_pad")
                        .setType(AttributeProto.AttributeType.STRING)
                        .setS(ByteString.copyFromUtf8("SAME_UPPER"))
                        .build(),
                AttributeProto.newBuilder()
                        .setName("strides")
                        .setType(AttributeProto.AttributeType.INTS)
                        .addInts(stride)
                        .addInts(stride)
                        .build(),
                AttributeProto.newBuilder()
                        .setName("group")
                        .setType(AttributeProto.AttributeType.INT)
                        .setI(depthwise ? shape[2] : 1)
                        .build());
    }

    private String relu6(String x) {
        return node("Clip", x + "_relu6", List.of(x, ZERO, SIX));
    }

    private String node(String operator, String output, List<String> inputs, AttributeProto... attributes) {
        graph.addNode(NodeProto.newBuilder()
                .setOpType(operator)
                .setName(output)
                .addAllInput(inputs)
                .addOutput(output)
                .addAllAttribute(List.of(attributes)));
        return output;
    }

    private void tensor(String name, float[] values, long... shape) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        graph.addInitializer(TensorProto.newBuilder()
                .setName(name)
                .setDataType(TensorProto.DataType.FLOAT.getNumber())
                .addAllDims(LongStream.of(shape).boxed().toList())
                .setRawData(ByteString.copyFrom(bytes)));
    }

    private NpyArray weight(String name) {
        NpyArray weight = weights.get(name);
        if (weight == null) {
            throw new BenchFailure(
                    "the model has no weight '%s': only a MobileNetV2 that was trained here can be measured as ONNX"
                            .formatted(name));
        }
        return weight;
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

    private static ValueInfoProto value(String name, long... sizes) {
        var shape = TensorShapeProto.newBuilder();
        for (long size : sizes) {
            shape.addDim(
                    size < 0
                            ? TensorShapeProto.Dimension.newBuilder().setDimParam("n")
                            : TensorShapeProto.Dimension.newBuilder().setDimValue(size));
        }
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(TypeProto.newBuilder()
                        .setTensorType(TypeProto.Tensor.newBuilder()
                                .setElemType(TensorProto.DataType.FLOAT.getNumber())
                                .setShape(shape)))
                .build();
    }
}
