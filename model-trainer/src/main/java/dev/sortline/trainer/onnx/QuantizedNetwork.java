// SPDX-License-Identifier: Apache-2.0
package dev.sortline.trainer.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * A network of {@link OnnxExport} in int8: weights of eight bits with a scale a channel, activations of eight bits with a scale a tensor,
 * biases of 32 bits, each between the operators QuantizeLinear and DequantizeLinear of ONNX, from which engines make products of integers.
 *
 * <p>A rectifier goes into the rounding after it, which cuts off at the same values.
 */
final class QuantizedNetwork {
    private static final float LEAST_SCALE = 1e-8f;
    /** Half of what 32 bits hold: the rest is for what rounding takes, and for the products. */
    private static final float MOST_BIAS_STEPS = 1 << 30;

    private final ProductGraph float32;
    private final Map<String, ActivationStatistics> statistics;
    private final GraphProto.Builder graph;
    /** What stands for a tensor of the float32 network where it has been rounded. */
    private final Map<String, String> rounded = new LinkedHashMap<>();

    private QuantizedNetwork(ProductGraph float32, Map<String, ActivationStatistics> statistics) {
        this.float32 = float32;
        this.statistics = statistics;
        this.graph = float32.model().getGraph().toBuilder().clearNode().clearInitializer();
    }

    /**
     * Makes the network of eight bits.
     *
     * @param statistics of all tensors that {@link ProductGraph#activations} names
     */
    static ModelProto of(ProductGraph float32, Map<String, ActivationStatistics> statistics) {
        return new QuantizedNetwork(float32, statistics).made();
    }

    private ModelProto made() {
        Set<String> gone = new HashSet<>();
        Set<String> kept = new LinkedHashSet<>();
        for (NodeProto node : float32.model().getGraph().getNodeList()) {
            if (float32.isRounded(node)) {
                NodeProto rectified = float32.rectified(node);
                gone.add(rectified.getName());
                add(node, rectified.getOutput(0));
            } else if (!gone.contains(node.getName())) {
                node.getInputList().stream().filter(float32::isConstant).forEach(kept::add);
                NodeProto.Builder same = node.toBuilder().clearInput();
                node.getInputList().forEach(input -> same.addInput(rounded.getOrDefault(input, input)));
                graph.addNode(same);
            }
        }
        kept.forEach(name -> graph.addInitializer(float32.constant(name)));
        return float32.model().toBuilder().setGraph(graph).build();
    }

    /** Adds a sum or a product whose inputs are rounded, and rounds what comes of it, which gets a name. */
    private void add(NodeProto node, String output) {
        NodeProto.Builder exact = node.toBuilder().clearInput().clearOutput();
        for (String input : node.getInputList()) {
            if (!float32.isConstant(input)) {
                exact.addInput(rounded.computeIfAbsent(input, name -> round(name, name)));
            }
        }
        if (ProductGraph.isProduct(node)) {
            TensorProto weights = float32.constant(node.getInput(1));
            RoundedWeights steps =
                    RoundedWeights.of(weights, ProductGraph.outputAxis(node), leastScales(node, weights));
            exact.addInput(addWeights(weights, steps, ProductGraph.outputAxis(node)));
            if (node.getInputCount() > 2) {
                exact.addInput(addBias(node, weights, steps));
            }
        }
        graph.addNode(exact.addOutput(output + "/exact"));
        rounded.put(output, round(output + "/exact", output));
    }

    /** Adds the steps of a tensor, and gives what comes out of them. */
    private String round(String from, String name) {
        ActivationRange range = of(name).range();
        constant(name + "/scale", range.scale());
        constant(name + "/zero", DataType.UINT8, new byte[] {(byte) range.zero()});
        node("QuantizeLinear", name + "/steps", List.of(from, name + "/scale", name + "/zero"), 0);
        return node("DequantizeLinear", rounded(name), List.of(name + "/steps", name + "/scale", name + "/zero"), 0);
    }

    /** What stands for a tensor that was rounded. */
    static String rounded(String name) {
        return name + "/rounded";
    }

    private ActivationStatistics of(String tensor) {
        return Objects.requireNonNull(statistics.get(tensor), tensor);
    }

    private String addWeights(TensorProto weights, RoundedWeights steps, int axis) {
        String name = weights.getName();
        List<Long> shape = weights.getDimsList();
        constant(name + "/steps", DataType.INT8, steps.steps(), shape.toArray(Long[]::new));
        constant(name + "/scale", steps.scales());
        constant(name + "/zero", DataType.INT8, new byte[steps.scales().length], (long) steps.scales().length);
        return node(
                "DequantizeLinear", name + "/rounded", List.of(name + "/steps", name + "/scale", name + "/zero"), axis);
    }

    /** Where all weights of an output are 0 or nearly, its bias must still fit into 32 bits of its steps. */
    private float[] leastScales(NodeProto product, TensorProto weights) {
        float[] least = new float[Math.toIntExact(weights.getDims(ProductGraph.outputAxis(product)))];
        Arrays.fill(least, LEAST_SCALE);
        if (product.getInputCount() > 2) {
            float[] bias = RoundedWeights.floats(float32.constant(product.getInput(2)));
            float step = of(product.getInput(0)).range().scale();
            for (int i = 0; i < least.length; i++) {
                least[i] = Math.max(least[i], Math.abs(bias[i]) / step / MOST_BIAS_STEPS);
            }
        }
        return least;
    }

    /** Adds a bias in the steps of the products, with what the weights' rounding takes from them. */
    private String addBias(NodeProto node, TensorProto weights, RoundedWeights rounding) {
        TensorProto bias = float32.constant(node.getInput(2));
        float[] values = RoundedWeights.floats(bias);
        ActivationStatistics inputs = of(node.getInput(0));
        float[] lost = rounding.lost(weights, ProductGraph.outputAxis(node), inputs);
        float step = inputs.range().scale();
        float[] steps = new float[values.length];
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < values.length; i++) {
            steps[i] = step * rounding.scales()[i];
            bytes.putInt(Math.round((values[i] + lost[i]) / steps[i]));
        }
        String name = bias.getName();
        constant(name + "/steps", DataType.INT32, bytes.array(), (long) values.length);
        constant(name + "/scale", steps);
        return node("DequantizeLinear", name + "/rounded", List.of(name + "/steps", name + "/scale"), 0);
    }

    private String node(String operator, String name, List<String> inputs, int axis) {
        graph.addNode(NodeProto.newBuilder()
                .setOpType(operator)
                .setName(name)
                .addAllInput(inputs)
                .addOutput(name)
                .addAttribute(OnnxGraph.number("axis", axis)));
        return name;
    }

    /** One number a channel. */
    private void constant(String name, float[] values) {
        graph.addInitializer(OnnxGraph.floatTensor(name, values, values.length));
    }

    /** One number for all. */
    private void constant(String name, float value) {
        graph.addInitializer(OnnxGraph.floatTensor(name, new float[] {value}));
    }

    private void constant(String name, DataType type, byte[] values, Long... shape) {
        graph.addInitializer(TensorProto.newBuilder()
                .setName(name)
                .setDataType(type.getNumber())
                .addAllDims(List.of(shape))
                .setRawData(ByteString.copyFrom(values)));
    }
}
