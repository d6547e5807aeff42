// SPDX-License-Identifier: Apache-2.0
package dev.sortline.trainer.features;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.UnsafeByteOperations;
import dev.sortline.classifier.model.Familiarity;
import dev.sortline.classifier.model.ModelPackage;
import dev.sortline.trainer.packages.SavedModelFile;
import dev.sortline.trainer.progress.TrainingInputException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.SavedModel;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.proto.TensorInfo;
import org.tensorflow.proto.TensorProto;
import org.tensorflow.proto.TensorShapeProto;

/**
 * A SavedModel's output {@value Familiarity#OUTPUT}: how near a picture's features, which are what goes into the network's last dense layer,
 * lie to those of the things that it knows. All of it stands in the graph, so that every engine that takes the graph computes it.
 */
public final class FamiliarityOutput {
    private static final String WITHIN = Familiarity.OUTPUT + "/";
    /** What may stand between the last dense layer and the scores. */
    private static final Set<String> AFTER_THE_PRODUCT = Set.of("Identity", "BiasAdd", "Add", "AddV2", "Softmax");

    private final SavedModel.Builder model;
    private final MetaGraphDef.Builder meta;

    private FamiliarityOutput(Path folder) throws IOException {
        this.model =
                SavedModel.parseFrom(Files.readAllBytes(folder.resolve(ModelPackage.SAVED_MODEL_FILE))).toBuilder();
        this.meta = model.getMetaGraphsBuilder(0);
    }

    /**
     * The tensor of the features, such as {@code Mean:0}: a row a picture.
     *
     * @param folder of a package
     * @throws TrainingInputException if the network does not end in a dense layer that can be seen
     */
    static String features(Path folder) throws IOException {
        return new FamiliarityOutput(folder).features() + ":0";
    }

    /**
     * Writes {@code saved_model.pb} anew with the output, in the place of an earlier one; the same numbers give the same bytes.
     *
     * @param folder of a package
     * @throws TrainingInputException if the network does not end in a dense layer that can be seen
     */
    public static void write(Path folder, KnownFeatures known) throws IOException {
        FamiliarityOutput output = new FamiliarityOutput(folder);
        String features = output.features();
        output.remove();
        output.add(features, known);
        try (OutputStream out = Files.newOutputStream(folder.resolve(ModelPackage.SAVED_MODEL_FILE))) {
            CodedOutputStream coded = CodedOutputStream.newInstance(out);
            coded.useDeterministicSerialization();
            output.model.build().writeTo(coded);
            coded.flush();
        }
    }

    private String features() {
        Map<String, NodeDef> nodes = new HashMap<>();
        meta.getGraphDef().getNodeList().forEach(node -> nodes.put(node.getName(), node));
        SignatureDef signature = meta.getSignatureDefOrThrow(SavedModelFile.SIGNATURE);
        String scores = signature.getOutputsMap().entrySet().stream()
                .filter(output -> !output.getKey().equals(Familiarity.OUTPUT))
                .map(output -> output.getValue().getName())
                .findFirst()
                .orElseThrow();
        @Nullable NodeDef node = nodes.get(nodeName(scores));
        while (node != null && AFTER_THE_PRODUCT.contains(node.getOp())) {
            node = nodes.get(nodeName(node.getInput(0)));
        }
        if (node == null || !node.getOp().equals("MatMul")) {
            throw new TrainingInputException(
                    "the network does not end in a dense layer that can be seen in its graph: import it from a .keras, .h5, .onnx or .tflite file");
        }
        return nodeName(node.getInput(0));
    }

    /** What an earlier call added. */
    private void remove() {
        GraphDef.Builder graph = meta.getGraphDefBuilder();
        for (int i = graph.getNodeCount() - 1; i >= 0; i--) {
            String name = graph.getNode(i).getName();
            if (name.equals(Familiarity.OUTPUT) || name.startsWith(WITHIN)) {
                graph.removeNode(i);
            }
        }
    }

    /**
     * With features {@code z}, brought to length 1 and whitened, and centres {@code c}, near means the largest {@code 2 z·c - c·c}: what is
     * left of the negative squared distance without {@code z·z}. Familiarity is near the known, less {@value KnownFeatures#OTHERS_WEIGHT} of near the
     * others, less the rest of {@code z·z}. So with weight 1 it is the ratio of likelihoods of a linear discriminant analysis, and without others
     * the squared Mahalanobis distance, its sign turned (Lee et al., "A Simple Unified Framework for Detecting Out-of-Distribution Samples", 2018).
     */
    private void add(String features, KnownFeatures known) {
        int width = known.directions();
        boolean others = known.others().length > 0;
        integers("axis", 1);
        floats("projection", known.projection(), known.projection().length / width, width);
        String projected = node("MatMul", WITHIN + "projected", features, WITHIN + "projection");
        String squares = node("Mul", WITHIN + "feature-squares", features, features);
        // A picture without any feature is far from all.
        floats("least", new float[] {1e-12f}, 1);
        String squared =
                node("AddV2", WITHIN + "above-zero", reduced("Sum", "squared-length", squares), WITHIN + "least");
        String length = node("Sqrt", WITHIN + "length", squared);
        String unit = node("RealDiv", WITHIN + "unit", projected, length);
        floats("offsets", known.offsets(), width);
        String whitened = node("AddV2", WITHIN + "whitened", unit, WITHIN + "offsets");
        String near = nearest("known", whitened, known.centres(), width, 1);
        if (others) {
            String strange = nearest("other", whitened, known.others(), width, KnownFeatures.OTHERS_WEIGHT);
            near = node("Sub", WITHIN + "nearer", near, strange);
        }
        String away = reduced("Sum", "squared-distance", node("Mul", WITHIN + "squares", whitened, whitened));
        floats("rest", new float[] {others ? 1 - KnownFeatures.OTHERS_WEIGHT : 1}, 1);
        String rest = node("Mul", WITHIN + "away", away, WITHIN + "rest");
        node("Sub", Familiarity.OUTPUT, near, rest);
        SignatureDef signature = meta.getSignatureDefOrThrow(SavedModelFile.SIGNATURE).toBuilder()
                .putOutputs(
                        Familiarity.OUTPUT,
                        TensorInfo.newBuilder()
                                .setName(Familiarity.OUTPUT + ":0")
                                .setDtype(DataType.DT_FLOAT)
                                .setTensorShape(shape(-1, 1))
                                .build())
                .build();
        meta.putSignatureDef(SavedModelFile.SIGNATURE, signature);
    }

    /** How near the nearest of some centres is, times a weight. */
    private String nearest(String name, String whitened, float[] centres, int width, float weight) {
        int count = centres.length / width;
        float[] towards = new float[centres.length];
        float[] lengths = new float[count];
        for (int centre = 0; centre < count; centre++) {
            for (int i = 0; i < width; i++) {
                float at = centres[centre * width + i];
                towards[i * count + centre] = 2 * weight * at;
                lengths[centre] -= weight * at * at;
            }
        }
        return reduced("Max", name + "-nearest", dense(name, whitened, towards, lengths, count));
    }

    private String dense(String name, String input, float[] kernel, float[] bias, int outputs) {
        floats(name + "-kernel", kernel, kernel.length / outputs, outputs);
        floats(name + "-bias", bias, outputs);
        String product = node("MatMul", WITHIN + name + "-product", input, WITHIN + name + "-kernel");
        return node("BiasAdd", WITHIN + name, product, WITHIN + name + "-bias");
    }

    private String reduced(String operation, String name, String input) {
        NodeDef node = floating(operation, WITHIN + name, input, WITHIN + "axis")
                .putAttr("Tidx", type(DataType.DT_INT32))
                .putAttr("keep_dims", AttrValue.newBuilder().setB(true).build())
                .build();
        meta.getGraphDefBuilder().addNode(node);
        return node.getName();
    }

    private String node(String operation, String name, String... inputs) {
        meta.getGraphDefBuilder().addNode(floating(operation, name, inputs));
        return name;
    }

    private static NodeDef.Builder floating(String operation, String name, String... inputs) {
        return NodeDef.newBuilder()
                .setOp(operation)
                .setName(name)
                .addAllInput(List.of(inputs))
                .putAttr("T", type(DataType.DT_FLOAT));
    }

    private void floats(String name, float[] values, long... sizes) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        constant(name, DataType.DT_FLOAT, bytes, sizes);
    }

    private void integers(String name, int value) {
        ByteBuffer bytes = ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putInt(0, value);
        constant(name, DataType.DT_INT32, bytes, 1);
    }

    private void constant(String name, DataType type, ByteBuffer bytes, long... sizes) {
        TensorProto tensor = TensorProto.newBuilder()
                .setDtype(type)
                .setTensorShape(shape(sizes))
                .setTensorContent(UnsafeByteOperations.unsafeWrap(bytes))
                .build();
        meta.getGraphDefBuilder()
                .addNode(NodeDef.newBuilder()
                        .setOp("Const")
                        .setName(WITHIN + name)
                        .putAttr("dtype", type(type))
                        .putAttr(
                                "value",
                                AttrValue.newBuilder().setTensor(tensor).build()));
    }

    private static AttrValue type(DataType type) {
        return AttrValue.newBuilder().setType(type).build();
    }

    private static TensorShapeProto shape(long... sizes) {
        TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
        for (long size : sizes) {
            shape.addDim(TensorShapeProto.Dim.newBuilder().setSize(size));
        }
        return shape.build();
    }

    private static String nodeName(String reference) {
        int colon = reference.indexOf(':');
        return colon < 0 ? reference : reference.substring(0, colon);
    }
}
