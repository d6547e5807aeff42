// SPDX-License-Identifier: Apache-2.0
package dev.sortline.classifier;

import dev.sortline.classifier.model.Familiarity;
import dev.sortline.classifier.model.ModelManifest;
import dev.sortline.classifier.model.ModelPackage;
import dev.sortline.classifier.model.NetworkOutput;
import dev.sortline.classifier.model.PixelScaling;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.math.Mean;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.SavedModel;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.proto.TensorInfo;
import org.tensorflow.proto.TensorShapeProto;
import org.tensorflow.types.TFloat32;

/** A model for tests whose logits are four times the mean red, green and blue (-1..1) of a picture of 32x32. */
public final class ColourModel {
    public static final int SIZE = 32;
    static final List<String> LABELS = List.of("red", "green", "blue");
    static final String SIGNATURE = "serving_default";

    private ColourModel() {}

    /** Writes a whole, sound package. */
    public static Path writeTo(Path folder) throws IOException {
        writeSavedModel(folder, SIGNATURE, SIZE);
        Files.writeString(folder.resolve(ModelPackage.LABELS_FILE), String.join("\n", LABELS) + "\n");
        writeManifest(folder, 1);
        return folder;
    }

    /**
     * Makes a package tell how familiar a picture is: by its mean over all channels, -1..1, the brighter the more familiar.
     *
     * @param quantiles of known pictures
     */
    public static void tellFamiliarity(Path folder, Double... quantiles) throws IOException {
        writeSavedModel(folder, SIGNATURE, SIZE, true);
        writeManifest(folder, 1, List.of(quantiles));
    }

    static void writeManifest(Path folder, double temperature) throws IOException {
        writeManifest(folder, temperature, List.of());
    }

    private static void writeManifest(Path folder, double temperature, List<Double> quantiles) throws IOException {
        ModelManifest manifest = new ModelManifest(
                "colour",
                "1.0.0",
                SIZE,
                PixelScaling.MINUS_ONE_TO_ONE,
                NetworkOutput.LOGITS,
                temperature,
                null,
                quantiles,
                ModelPackage.digestOf(folder));
        Files.writeString(folder.resolve(ModelPackage.MANIFEST_FILE), manifest.toJson());
    }

    /** Writes the SavedModel alone, for pictures of a size. */
    static void writeSavedModel(Path folder, String signatureKey, int size) throws IOException {
        writeSavedModel(folder, signatureKey, size, false);
    }

    private static void writeSavedModel(Path folder, String signatureKey, int size, boolean familiarity)
            throws IOException {
        try (Graph graph = new Graph()) {
            Ops tf = Ops.create(graph);
            Operand<TFloat32> images =
                    tf.withName("images").placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, size, size, 3)));
            Operand<TFloat32> mean = tf.math.mean(images, tf.constant(new int[] {1, 2}));
            tf.withName("logits").math.mul(mean, tf.constant(4f));
            tf.withName("brightness").math.mean(mean, tf.constant(1), Mean.keepDims(true));
            SignatureDef.Builder signature = SignatureDef.newBuilder()
                    .putInputs("images", tensor("images:0", -1, size, size, 3))
                    .putOutputs("logits", tensor("logits:0", -1, LABELS.size()));
            if (familiarity) {
                signature.putOutputs(Familiarity.OUTPUT, tensor("brightness:0", -1, 1));
            }
            SavedModel model = SavedModel.newBuilder()
                    .setSavedModelSchemaVersion(1)
                    .addMetaGraphs(MetaGraphDef.newBuilder()
                            .setMetaInfoDef(
                                    MetaGraphDef.MetaInfoDef.newBuilder().addTags("serve"))
                            .setGraphDef(graph.toGraphDef())
                            .putSignatureDef(signatureKey, signature.build()))
                    .build();
            Files.write(folder.resolve(ModelPackage.SAVED_MODEL_FILE), model.toByteArray());
        }
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
