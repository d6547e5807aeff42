// SPDX-License-Identifier: Apache-2.0
package dev.sortline.trainer.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.ByteString;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.ndarray.buffer.ShortDataBuffer;
import org.tensorflow.ndarray.buffer.layout.DataLayouts;

/**
 * Keeps the large weights of a network in ONNX in sixteen bits (IEEE 754 binary16), which makes the file half as large. An engine widens them once, as
 * it loads the network, and computes in float32 as before.
 */
public final class HalfWeights {
    /** Fewer are not worth an operation more. */
    private static final int LEAST_VALUES = 1024;

    private static final float LARGEST_HALF = 65504;

    private HalfWeights() {}

    /**
     * Writes a network anew; the same network gives the same bytes.
     *
     * @param file a network in float32 of {@link OnnxExport}
     * @throws IOException if the disk fails
     */
    public static void pack(Path file) throws IOException {
        ModelProto model = ModelProto.parseFrom(Files.readAllBytes(file));
        GraphProto graph = model.getGraph();
        Set<String> weights = graph.getNodeList().stream()
                .filter(ProductGraph::isProduct)
                .map(product -> product.getInput(1))
                .collect(Collectors.toSet());
        GraphProto.Builder packed = graph.toBuilder().clearNode().clearInitializer();
        for (TensorProto constant : graph.getInitializerList()) {
            float[] values = weights.contains(constant.getName()) ? RoundedWeights.floats(constant) : new float[0];
            if (values.length < LEAST_VALUES || exceeds(values)) {
                packed.addInitializer(constant);
            } else {
                TensorProto half = halved(constant, values);
                packed.addInitializer(half);
                packed.addNode(NodeProto.newBuilder()
                        .setOpType("Cast")
                        .setName(constant.getName())
                        .addInput(half.getName())
                        .addOutput(constant.getName())
                        .addAttribute(OnnxGraph.number("to", TensorProto.DataType.FLOAT.getNumber())));
            }
        }
        packed.addAllNode(graph.getNodeList());
        OnnxExport.write(file, model.toBuilder().setGraph(packed).build());
    }

    private static boolean exceeds(float[] values) {
        for (float value : values) {
            if (!(Math.abs(value) <= LARGEST_HALF)) {
                return true;
            }
        }
        return false;
    }

    private static TensorProto halved(TensorProto constant, float[] values) {
        ShortDataBuffer halves = DataBuffers.ofShorts(values.length);
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Short.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < values.length; i++) {
            DataLayouts.FLOAT16.writeFloat(halves, values[i], i);
            bytes.putShort(halves.getShort(i));
        }
        return TensorProto.newBuilder()
                .setName(constant.getName() + "/half")
                .setDataType(TensorProto.DataType.FLOAT16.getNumber())
                .addAllDims(List.copyOf(constant.getDimsList()))
                .setRawData(ByteString.copyFrom(bytes.flip()))
                .build();
    }
}
