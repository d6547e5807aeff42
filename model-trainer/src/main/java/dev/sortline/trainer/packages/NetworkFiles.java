// SPDX-License-Identifier: Apache-2.0
package dev.sortline.trainer.packages;

import com.google.protobuf.CodedOutputStream;
import dev.sortline.classifier.model.ModelPackage;
import dev.sortline.trainer.progress.TrainingInputException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.SavedModel;
import org.tensorflow.proto.SignatureDef;

/** Takes the network of a foreign SavedModel, whose signature fits, into a package's folder. */
public final class NetworkFiles {
    public static final String VARIABLES = "variables";

    private static final String SERVING_TAG = "serve";
    private static final String SIGNATURE = "serving_default";

    private NetworkFiles() {}

    /**
     * Writes {@code saved_model.pb} with the weights as constants where that can be done, and copies it and {@code variables/} where not.
     *
     * @return whether the weights are constants now
     * @throws TrainingInputException if the network must be copied and needs more than those
     */
    public static boolean write(Path savedModel, Path folder) throws IOException {
        try (SavedModelBundle bundle = SavedModelBundle.load(savedModel.toString(), SERVING_TAG)) {
            MetaGraphDef original = bundle.metaGraphDef();
            SignatureDef signature = original.getSignatureDefOrThrow(SIGNATURE);
            Optional<GraphDef> constant = ConstantWeights.of(
                    bundle,
                    signature.getInputsMap().values().iterator().next().getName(),
                    signature.getOutputsMap().values().iterator().next().getName());
            if (constant.isPresent()) {
                write(folder.resolve(ModelPackage.SAVED_MODEL_FILE), constant.get(), signature);
                return true;
            }
            if (original.getAssetFileDefCount() > 0) {
                throw new TrainingInputException(
                        "the network in %s reads %s, which a model package has no place for: export it without lookup tables"
                                .formatted(
                                        savedModel, original.getAssetFileDef(0).getFilename()));
            }
        }
        copy(savedModel, folder);
        return false;
    }

    private static void write(Path file, GraphDef graph, SignatureDef signature) throws IOException {
        SavedModel network = SavedModel.newBuilder()
                .setSavedModelSchemaVersion(1)
                .addMetaGraphs(MetaGraphDef.newBuilder()
                        .setMetaInfoDef(MetaGraphDef.MetaInfoDef.newBuilder().addTags(SERVING_TAG))
                        .setGraphDef(graph)
                        .putSignatureDef(SIGNATURE, signature))
                .build();
        try (OutputStream out = Files.newOutputStream(file)) {
            CodedOutputStream coded = CodedOutputStream.newInstance(out);
            coded.useDeterministicSerialization();
            network.writeTo(coded);
            coded.flush();
        }
    }

    private static void copy(Path savedModel, Path folder) throws IOException {
        Files.copy(savedModel.resolve(ModelPackage.SAVED_MODEL_FILE), folder.resolve(ModelPackage.SAVED_MODEL_FILE));
        Path variables = Files.createDirectory(folder.resolve(VARIABLES));
        List<Path> files;
        try (Stream<Path> inside = Files.list(savedModel.resolve(VARIABLES))) {
            files = inside.filter(Files::isRegularFile).toList();
        }
        for (Path file : files) {
            Files.copy(file, variables.resolve(file.getFileName()));
        }
    }
}
