// SPDX-License-Identifier: Apache-2.0
package dev.sortline.trainer.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import dev.sortline.classifier.model.Familiarity;
import dev.sortline.classifier.model.ModelPackage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/**
 * Takes what tells familiarity from the network in float32 over into that of eight bits, where it stays in float32: the network that was rounded
 * and judged before is not rounded anew. An earlier one is replaced.
 */
public final class FamiliarityGraft {
    private static final String WITHIN = Familiarity.OUTPUT + "/";

    private FamiliarityGraft() {}

    /** Whether a node of a network is there to tell familiarity. */
    static boolean isOf(NodeProto node) {
        return isOf(node.getName());
    }

    private static boolean isOf(String name) {
        return name.equals(Familiarity.OUTPUT) || name.startsWith(WITHIN);
    }

    /**
     * Writes {@code network-int8.onnx} of a package anew.
     *
     * @param folder with both networks, of which the one in float32 tells familiarity
     * @throws IOException if the disk fails
     */
    public static void write(Path folder) throws IOException {
        Path file = folder.resolve(ModelPackage.INT8_FILE);
        ModelProto finer = ModelProto.parseFrom(Files.readAllBytes(folder.resolve(ModelPackage.ONNX_FILE)));
        ModelProto rounded = ModelProto.parseFrom(Files.readAllBytes(file));
        OnnxExport.write(file, grafted(finer, rounded));
    }

    private static ModelProto grafted(ModelProto finer, ModelProto rounded) {
        GraphProto.Builder graph = without(rounded.getGraph());
        Set<String> there = new HashSet<>();
        graph.getNodeList().forEach(node -> there.addAll(node.getOutputList()));
        for (NodeProto node : finer.getGraph().getNodeList()) {
            if (isOf(node)) {
                NodeProto.Builder grafted = node.toBuilder().clearInput();
                for (String input : node.getInputList()) {
                    // What was rounded goes by another name from then on.
                    boolean same = isOf(input) || there.contains(input);
                    grafted.addInput(same ? input : QuantizedNetwork.rounded(input));
                }
                graph.addNode(grafted);
            }
        }
        finer.getGraph().getInitializerList().stream()
                .filter(constant -> isOf(constant.getName()))
                .forEach(graph::addInitializer);
        finer.getGraph().getOutputList().stream()
                .filter(output -> isOf(output.getName()))
                .forEach(graph::addOutput);
        return rounded.toBuilder().setGraph(graph).build();
    }

    private static GraphProto.Builder without(GraphProto graph) {
        GraphProto.Builder kept =
                graph.toBuilder().clearNode().clearInitializer().clearOutput();
        graph.getNodeList().stream().filter(node -> !isOf(node)).forEach(kept::addNode);
        graph.getInitializerList().stream()
                .filter(constant -> !isOf(constant.getName()))
                .forEach(kept::addInitializer);
        graph.getOutputList().stream().filter(output -> !isOf(output.getName())).forEach(kept::addOutput);
        return kept;
    }
}
