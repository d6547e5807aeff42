// SPDX-License-Identifier: Apache-2.0
package dev.sortline.trainer.network;

import com.google.protobuf.ByteString;
import dev.sortline.classifier.model.ModelPackage;
import dev.sortline.trainer.packages.SavedModelFile;
import dev.sortline.trainer.progress.TrainingInputException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
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
import org.tensorflow.types.TFloat32;

/**
 * Writes a network as a SavedModel whose weights are constants, so that TensorFlow can fuse and pre-pack them.
 *
 * <p>Signature {@code serving_default}: {@code images}, float32 {@code [-1, size, size, 3]}, already scaled; {@code logits}, float32
 * {@code [-1, labels]}.
 */
public final class FrozenModel {
    private static final String BIAS = "classifier_bias";

    private FrozenModel() {}

    /** Writes the file; the same numbers give the same bytes. */
    public static void write(
            Path savedModelFile, Network network, Map<String, NpyArray> weights, int inputSize, int labels)
            throws IOException {
        try (Graph graph = new Graph()) {
            Ops tf = Ops.create(graph);
            Operand<TFloat32> images = tf.withName("images")
                    .placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, inputSize, inputSize, 3)));
            Operand<TFloat32> logits =
                    network.logits(tf, images, WeightSource.constants(weights), UnaryOperator.identity());
            tf.withName("logits").identity(logits);
            SignatureDef signature = SignatureDef.newBuilder()
                    .setMethodName("tensorflow/serving/predict")
                    .putInputs("images", tensor("images:0", -1, inputSize, inputSize, 3))
                    .putOutputs("logits", tensor("logits:0", -1, labels))
                    .build();
            SavedModelFile.write(savedModelFile, graph.toGraphDef(), signature);
        }
    }

    /**
     * The constants of a package that {@link #write} made, under their names.
     *
     * @throws TrainingInputException if its SavedModel cannot be read
     */
    public static Map<String, NpyArray> weights(Path folder) {
        Path file = folder.resolve(ModelPackage.SAVED_MODEL_FILE);
        Map<String, NpyArray> weights = new LinkedHashMap<>();
        try {
            SavedModel model = SavedModel.parseFrom(Files.readAllBytes(file));
            for (NodeDef node : model.getMetaGraphs(0).getGraphDef().getNodeList()) {
                TensorProto tensor = node.getAttrOrDefault("value", AttrValue.getDefaultInstance())
                        .getTensor();
                if (node.getOp().equals("Const") && tensor.getDtype() == DataType.DT_FLOAT) {
                    ByteBuffer bytes =
                            tensor.getTensorContent().asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
                    float[] values = new float[bytes.remaining() / Float.BYTES];
                    bytes.asFloatBuffer().get(values);
                    long[] shape = tensor.getTensorShape().getDimList().stream()
                            .mapToLong(TensorShapeProto.Dim::getSize)
                            .toArray();
                    if (LongStream.of(shape).reduce(1, (a, b) -> a * b) == values.length) {
                        weights.put(node.getName(), NpyArray.of(values, shape));
                    }
                }
            }
        } catch (IOException | IndexOutOfBoundsException e) {
            throw new TrainingInputException("cannot read weights from " + file + ": " + e.getMessage(), e);
        }
        return weights;
    }

    /**
     * Copies the SavedModel of a package that {@link #write} made, with another bias of the classifier.
     *
     * @param change is given the bias, a number a label, to change it in place
     * @throws TrainingInputException if the package has no such bias
     */
    public static void copyWithBias(Path folder, Path target, Consumer<float[]> change) throws IOException {
        SavedModel model = SavedModel.parseFrom(Files.readAllBytes(folder.resolve(ModelPackage.SAVED_MODEL_FILE)));
        MetaGraphDef graph = model.getMetaGraphs(0);
        GraphDef.Builder changed = graph.getGraphDef().toBuilder();
        NodeDef.Builder bias = changed.getNodeBuilderList().stream()
                .filter(node -> node.getName().equals(BIAS) && node.getOp().equals("Const"))
                .findFirst()
                .orElseThrow(() -> new TrainingInputException(
                        "%s has no weight %s: only packages that were trained here have one".formatted(folder, BIAS)));
        AttrValue.Builder value = bias.getAttrOrThrow("value").toBuilder();
        ByteBuffer bytes =
                value.getTensor().getTensorContent().asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
        float[] values = new float[bytes.remaining() / Float.BYTES];
        bytes.asFloatBuffer().get(values);
        change.accept(values);
        ByteBuffer written = ByteBuffer.allocate(bytes.remaining()).order(ByteOrder.LITTLE_ENDIAN);
        written.asFloatBuffer().put(values);
        value.getTensorBuilder().setTensorContent(ByteString.copyFrom(written));
        bias.putAttr("value", value.build());
        SavedModelFile.write(
                target.resolve(ModelPackage.SAVED_MODEL_FILE),
                changed.build(),
                graph.getSignatureDefOrThrow("serving_default"));
    }

    private static TensorInfo tensor(String name, long... sizes) {
        TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
        for (long size : sizes) {
            shape.addDim(TensorShapeProto.Dim.newBuilder().setSize(size));
        }
        return TensorInfo.newBuilder()
                .setName(name)
                .setDtype(DataType.DT_FLOAT)
                .setTensorShape(shape)
                .build();
    }
}
