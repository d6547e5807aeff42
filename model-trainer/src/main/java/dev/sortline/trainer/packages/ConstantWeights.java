// SPDX-License-Identifier: Apache-2.0
package dev.sortline.trainer.packages;

import com.google.protobuf.UnsafeByteOperations;
import dev.sortline.trainer.progress.TrainingInputException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.tensorflow.Graph;
import org.tensorflow.Operation;
import org.tensorflow.RawTensor;
import org.tensorflow.Result;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.FunctionDef;
import org.tensorflow.proto.FunctionDefLibrary;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.OpDef;
import org.tensorflow.proto.TensorProto;
import org.tensorflow.proto.TensorShapeProto;

/**
 * The part of a graph that leads from one tensor to another, its variables turned into constants, so that TensorFlow can fold and
 * pre-pack them.
 *
 * <p>Keras keeps a network in functions that are handed the variables and read them inside. The functions stay as they are: each is handed
 * the constants instead, and where it read a variable it passes the constant on. TensorFlow inlines the rest when it loads the graph.
 */
final class ConstantWeights {
    /** Of a value of the types that can be taken over. */
    private static final Map<DataType, Long> BYTES = Map.of(
            DataType.DT_FLOAT,
            4L,
            DataType.DT_HALF,
            2L,
            DataType.DT_BFLOAT16,
            2L,
            DataType.DT_INT32,
            4L,
            DataType.DT_INT64,
            8L);

    private static final String VARIABLE = "VarHandleOp";
    private static final Set<String> STATE =
            Set.of(VARIABLE, "Variable", "VariableV2", "HashTable", "HashTableV2", "MutableHashTableV2");
    private static final Set<String> CALLS = Set.of("PartitionedCall", "StatefulPartitionedCall");

    private final Map<String, NodeDef> nodes = new HashMap<>();
    private final Map<String, FunctionDef> functions = new HashMap<>();
    private final Map<String, FunctionDef> needed = new LinkedHashMap<>();

    private ConstantWeights(GraphDef graph) {
        graph.getNodeList().forEach(node -> nodes.put(node.getName(), node));
        graph.getLibrary()
                .getFunctionList()
                .forEach(function -> functions.put(function.getSignature().getName(), function));
    }

    /**
     * Gives the part of a loaded graph between two tensors, such as {@code StatefulPartitionedCall:0}.
     *
     * @return empty where the weights must stay variables, because the network does more with one than read it or has too many
     * @throws TrainingInputException if the network changes a variable, so that an answer would depend on those before it
     */
    static Optional<GraphDef> of(SavedModelBundle bundle, String input, String output) {
        GraphDef graph = bundle.metaGraphDef().getGraphDef();
        try {
            return Optional.of(new ConstantWeights(graph)
                    .part(bundle, input, output)
                    .setVersions(graph.getVersions())
                    .build());
        } catch (NotConstant e) {
            return Optional.empty();
        }
    }

    private GraphDef.Builder part(SavedModelBundle bundle, String input, String output) throws NotConstant {
        Set<String> part = leadingTo(input, output);
        Map<String, DataType> variables = variables(part);
        GraphDef.Builder graph = GraphDef.newBuilder();
        for (String name : part) {
            if (!variables.containsKey(name)) {
                graph.addNode(rewritten(nodeOf(name), variables));
            }
        }
        requireFew(variables);
        graph.addAllNode(constants(bundle, variables));
        return graph.setLibrary(FunctionDefLibrary.newBuilder().addAllFunction(needed.values()));
    }

    private Map<String, DataType> variables(Set<String> part) throws NotConstant {
        Map<String, DataType> variables = new TreeMap<>();
        for (String name : part) {
            NodeDef node = nodeOf(name);
            if (node.getOp().equals(VARIABLE)) {
                variables.put(name, node.getAttrOrThrow("dtype").getType());
            }
        }
        return variables;
    }

    private void requireFew(Map<String, DataType> variables) throws NotConstant {
        long bytes = 0;
        for (Map.Entry<String, DataType> variable : variables.entrySet()) {
            long size = BYTES.getOrDefault(variable.getValue(), NetworkFiles.MOST_CONSTANT_BYTES);
            for (TensorShapeProto.Dim dimension :
                    nodeOf(variable.getKey()).getAttrOrThrow("shape").getShape().getDimList()) {
                size *= dimension.getSize();
            }
            bytes += size;
        }
        if (bytes >= NetworkFiles.MOST_CONSTANT_BYTES) {
            throw new NotConstant();
        }
    }

    private Set<String> leadingTo(String... tensors) throws NotConstant {
        Set<String> found = new TreeSet<>();
        Deque<String> open = new ArrayDeque<>(List.of(tensors));
        while (!open.isEmpty()) {
            String name = node(open.pop());
            if (found.add(name)) {
                open.addAll(nodeOf(name).getInputList());
            }
        }
        return found;
    }

    private NodeDef nodeOf(String name) throws NotConstant {
        NodeDef node = nodes.get(name);
        if (node == null) {
            throw new NotConstant();
        }
        return node;
    }

    /** A node as it must be where some names stand for constants that stood for variables. */
    private NodeDef rewritten(NodeDef node, Map<String, DataType> variables) throws NotConstant {
        Map<Integer, DataType> inputs = new HashMap<>();
        for (int i = 0; i < node.getInputCount(); i++) {
            DataType type = variables.get(node.getInput(i));
            if (type != null) {
                inputs.put(i, type);
            }
        }
        if (STATE.contains(node.getOp())) {
            throw new NotConstant();
        }
        if (inputs.isEmpty()) {
            need(node.getOp(), Map.of());
            for (AttrValue attribute : node.getAttrMap().values()) {
                if (attribute.hasFunc()) {
                    need(attribute.getFunc().getName(), Map.of());
                }
                for (var function : attribute.getList().getFuncList()) {
                    need(function.getName(), Map.of());
                }
            }
            return node;
        }
        if (isRead(node)) {
            return node.toBuilder()
                    .setOp("Identity")
                    .clearAttr()
                    .putAttr("T", type(node.getAttrOrThrow("dtype").getType()))
                    .build();
        }
        if (node.getOp().startsWith("Assign")) {
            throw new TrainingInputException(
                    "the network changes a variable while it answers (%s), as Keras' augmentation layers do in an export: export it without them"
                            .formatted(node.getName()));
        }
        if (!CALLS.contains(node.getOp())) {
            throw new NotConstant();
        }
        need(node.getAttrOrThrow("f").getFunc().getName(), inputs);
        AttrValue.Builder types = node.getAttrOrThrow("Tin").toBuilder();
        inputs.forEach((i, type) -> types.getListBuilder().setType(i, type));
        return node.toBuilder()
                .putAttr("Tin", types.build())
                .removeAttr("_read_only_resource_inputs")
                .build();
    }

    /** Takes a function, and those that it calls, into the part. */
    private void need(String name, Map<Integer, DataType> variables) throws NotConstant {
        FunctionDef function = functions.get(name);
        if (function == null || needed.containsKey(name)) {
            return;
        }
        FunctionDef.Builder changed =
                function.toBuilder().clearNodeDef().clearResourceArgUniqueId().removeAttr("_input_shapes");
        Map<String, DataType> names = new HashMap<>();
        variables.forEach((i, type) -> {
            OpDef.ArgDef.Builder argument = changed.getSignatureBuilder().getInputArgBuilder(i);
            names.put(argument.setType(type).clearHandleData().getName(), type);
            changed.removeArgAttr(i);
        });
        Map<String, String> moved = new HashMap<>();
        for (NodeDef node : function.getNodeDefList()) {
            if (isRead(node)) {
                moved.put(node.getName() + ":value:0", node.getName() + ":output:0");
            }
        }
        for (NodeDef node : function.getNodeDefList()) {
            NodeDef.Builder rewritten = rewritten(node, names).toBuilder();
            List<String> inputs = new ArrayList<>();
            for (String input : rewritten.getInputList()) {
                inputs.add(moved.getOrDefault(input, input));
            }
            changed.addNodeDef(rewritten.clearInput().addAllInput(inputs));
        }
        function.getRetMap().forEach((result, from) -> changed.putRet(result, moved.getOrDefault(from, from)));
        needed.put(name, changed.build());
    }

    private static boolean isRead(NodeDef node) {
        return node.getOp().equals("ReadVariableOp");
    }

    /** {@code ^name} for a dependency, {@code name:1} for an output that is not the first. */
    private static String node(String reference) {
        int from = reference.startsWith("^") ? 1 : 0;
        int to = reference.indexOf(':');
        return reference.substring(from, to < 0 ? reference.length() : to);
    }

    private static AttrValue type(DataType type) {
        return AttrValue.newBuilder().setType(type).build();
    }

    /** The values of variables, read in one run: each run of another part of the graph would prepare all of it again. */
    private static List<NodeDef> constants(SavedModelBundle bundle, Map<String, DataType> variables) {
        List<NodeDef> constants = new ArrayList<>();
        if (variables.isEmpty()) {
            return constants;
        }
        List<String> names = List.copyOf(variables.keySet());
        Graph graph = bundle.graph();
        Session.Runner runner = bundle.session().runner();
        variables.forEach((name, type) -> {
            Operation read = graph.opBuilder("ReadVariableOp", "sortline_read/" + name, graph.baseScope())
                    .addInput(graph.operationOrThrow(name).output(0))
                    .setAttr("dtype", type)
                    .build();
            runner.fetch(read.output(0));
        });
        try (Result values = runner.run()) {
            for (int i = 0; i < names.size(); i++) {
                constants.add(constant(names.get(i), values.get(i).asRawTensor()));
            }
        }
        return constants;
    }

    private static NodeDef constant(String name, RawTensor value) {
        byte[] content = new byte[Math.toIntExact(value.numBytes())];
        value.data().read(content);
        TensorProto tensor = TensorProto.newBuilder()
                .setDtype(value.dataType())
                .setTensorShape(shape(value.shape()))
                .setTensorContent(UnsafeByteOperations.unsafeWrap(content))
                .build();
        return NodeDef.newBuilder()
                .setName(name)
                .setOp("Const")
                .putAttr("dtype", type(value.dataType()))
                .putAttr("value", AttrValue.newBuilder().setTensor(tensor).build())
                .build();
    }

    private static TensorShapeProto shape(Shape shape) {
        TensorShapeProto.Builder sizes = TensorShapeProto.newBuilder();
        for (long size : shape.asArray()) {
            sizes.addDim(TensorShapeProto.Dim.newBuilder().setSize(size));
        }
        return sizes.build();
    }

    /** The weights cannot become constants. */
    private static final class NotConstant extends Exception {}
}
