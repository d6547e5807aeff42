// SPDX-License-Identifier: Apache-2.0
package dev.sortline.trainer.tflite.writing;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto.Dimension;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A network in ONNX that was written here, to be looked up by names. */
final class OnnxNetwork {
    private final GraphProto graph;
    private final Map<String, TensorProto> constants = new HashMap<>();
    private final Map<String, NodeProto> makers = new HashMap<>();
    private final Map<String, List<NodeProto>> users = new HashMap<>();

    private OnnxNetwork(GraphProto graph) {
        this.graph = graph;
        graph.getInitializerList().forEach(constant -> constants.put(constant.getName(), constant));
        for (NodeProto node : graph.getNodeList()) {
            makers.put(node.getOutput(0), node);
            node.getInputList().forEach(tensor -> users.computeIfAbsent(tensor, name -> new ArrayList<>())
                    .add(node));
        }
    }

    static OnnxNetwork read(Path file) throws IOException {
        return new OnnxNetwork(ModelProto.parseFrom(Files.readAllBytes(file)).getGraph());
    }

    /** Each comes after those whose answers it takes. */
    List<NodeProto> nodes() {
        return graph.getNodeList();
    }

    String input() {
        return graph.getInput(0).getName();
    }

    /** Of the pictures that come in, in pixels. */
    int inputSize() {
        List<Dimension> sizes =
                graph.getInput(0).getType().getTensorType().getShape().getDimList();
        return Math.toIntExact(sizes.get(1).getDimValue());
    }

    List<String> outputs() {
        return graph.getOutputList().stream().map(output -> output.getName()).toList();
    }

    boolean isConstant(String tensor) {
        return constants.containsKey(tensor);
    }

    TensorProto constant(String tensor) {
        TensorProto constant = constants.get(tensor);
        if (constant == null) {
            throw new IllegalArgumentException(tensor + " is no constant");
        }
        return constant;
    }

    /** The operation that makes a tensor. */
    Optional<NodeProto> maker(String tensor) {
        return Optional.ofNullable(makers.get(tensor));
    }

    /** The operation that alone takes a tensor. */
    Optional<NodeProto> onlyUser(String tensor) {
        List<NodeProto> all = users.getOrDefault(tensor, List.of());
        return all.size() == 1 && !outputs().contains(tensor) ? Optional.of(all.get(0)) : Optional.empty();
    }

    int[] shape(String constant) {
        return constant(constant).getDimsList().stream()
                .mapToInt(Math::toIntExact)
                .toArray();
    }

    float[] floats(String constant) {
        ByteBuffer bytes = bytes(constant);
        float[] values = new float[bytes.remaining() / Float.BYTES];
        bytes.asFloatBuffer().get(values);
        return values;
    }

    /** Of 32 bits. */
    int[] integers(String constant) {
        ByteBuffer bytes = bytes(constant);
        int[] values = new int[bytes.remaining() / Integer.BYTES];
        bytes.asIntBuffer().get(values);
        return values;
    }

    /** Of 64 bits, which all fit into 32. */
    int[] counts(String constant) {
        ByteBuffer bytes = bytes(constant);
        int[] values = new int[bytes.remaining() / Long.BYTES];
        for (int i = 0; i < values.length; i++) {
            values[i] = Math.toIntExact(bytes.getLong());
        }
        return values;
    }

    byte[] octets(String constant) {
        return constant(constant).getRawData().toByteArray();
    }

    private ByteBuffer bytes(String constant) {
        return constant(constant).getRawData().asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
    }

    static AttributeProto attribute(NodeProto node, String name) {
        return node.getAttributeList().stream()
                .filter(attribute -> attribute.getName().equals(name))
                .findFirst()
                .orElse(AttributeProto.getDefaultInstance());
    }

    static int[] numbers(NodeProto node, String name) {
        return attribute(node, name).getIntsList().stream()
                .mapToInt(Math::toIntExact)
                .toArray();
    }
}
