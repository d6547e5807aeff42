// SPDX-License-Identifier: Apache-2.0
package dev.sortline.trainer.onnx;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A float32 network of {@link OnnxExport}, as one who rounds it looks at it: products and sums are computed in integers, but for the last
 * products, which may be kept finer; what tells familiarity, and all between them, stays in float32.
 */
final class ProductGraph {
    private static final Set<String> PRODUCTS = Set.of("Conv", "Gemm");
    private static final Set<String> RECTIFIERS = Set.of("Clip", "Relu");

    private final ModelProto model;
    private final Map<String, TensorProto> constants = new HashMap<>();
    private final Map<String, List<NodeProto>> users = new HashMap<>();
    private final Set<String> finer = new HashSet<>();

    /** @param finer how many of the last products stay in float32, at least 1: the last gives the scores, and takes next to no time */
    ProductGraph(ModelProto model, int finer) {
        this.model = model;
        for (TensorProto constant : model.getGraph().getInitializerList()) {
            constants.put(constant.getName(), constant);
        }
        List<String> products = new ArrayList<>();
        for (NodeProto node : model.getGraph().getNodeList()) {
            node.getInputList().forEach(tensor -> users.computeIfAbsent(tensor, name -> new ArrayList<>())
                    .add(node));
            if (isProduct(node) && !FamiliarityGraft.isOf(node)) {
                products.add(node.getName());
            }
        }
        this.finer.addAll(products.subList(Math.max(0, products.size() - finer), products.size()));
    }

    ModelProto model() {
        return model;
    }

    static boolean isProduct(NodeProto node) {
        return PRODUCTS.contains(node.getOpType());
    }

    /** The axis of a product's weights along which its outputs stand. */
    static int outputAxis(NodeProto product) {
        return product.getOpType().equals("Gemm") ? 1 : 0;
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

    /** Whether a node is computed in integers. */
    boolean isRounded(NodeProto node) {
        if (FamiliarityGraft.isOf(node)) {
            return false;
        }
        return isProduct(node)
                ? !finer.contains(node.getName())
                : node.getOpType().equals("Add") && node.getInputList().stream().noneMatch(this::isConstant);
    }

    /** The rectifier that alone uses a node's output, or the node. */
    NodeProto rectified(NodeProto node) {
        List<NodeProto> using = users.getOrDefault(node.getOutput(0), List.of());
        return using.size() == 1 && RECTIFIERS.contains(using.get(0).getOpType()) ? using.get(0) : node;
    }

    /** The tensors that are rounded, in the order of the network. */
    Set<String> activations() {
        Set<String> names = new LinkedHashSet<>();
        for (NodeProto node : model.getGraph().getNodeList()) {
            if (isRounded(node)) {
                node.getInputList().stream().filter(input -> !isConstant(input)).forEach(names::add);
                names.add(rectified(node).getOutput(0));
            }
        }
        return names;
    }

    /** The same network with the {@link #activations} for outputs. */
    ModelProto showingActivations() {
        ModelProto.Builder shown = model.toBuilder();
        ValueInfoProto.Builder any = model.getGraph().getOutput(0).toBuilder();
        any.getTypeBuilder().getTensorTypeBuilder().clearShape();
        shown.getGraphBuilder().clearOutput();
        activations().forEach(tensor -> shown.getGraphBuilder().addOutput(any.setName(tensor)));
        return shown.build();
    }
}
