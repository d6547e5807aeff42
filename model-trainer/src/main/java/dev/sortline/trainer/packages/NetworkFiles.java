// SPDX-License-Identifier: Apache-2.0
package dev.sortline.trainer.packages;

import dev.sortline.classifier.model.ModelPackage;
import dev.sortline.trainer.progress.TrainingInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.SignatureDef;

/** Takes the network of a foreign SavedModel, whose signature fits, into a package's folder. */
public final class NetworkFiles {
    /** The folder of a SavedModel's variables. */
    public static final String VARIABLES = "variables";

    /** From here on weights stay variables: a process takes some twelve times their size where they are constants. */
    public static final long MOST_CONSTANT_BYTES = 32L << 20;

    private NetworkFiles() {}

    /**
     * Writes {@code saved_model.pb} with the weights as constants where that can be done, and copies it and {@code variables/} where not.
     *
     * @return whether the weights are constants now
     * @throws TrainingInputException if the network must be copied and needs more than those
     */
    public static boolean write(Path savedModel, Path folder) throws IOException {
        try (SavedModelBundle bundle = SavedModelBundle.load(savedModel.toString(), SavedModelFile.SERVING_TAG)) {
            MetaGraphDef original = bundle.metaGraphDef();
            SignatureDef signature = original.getSignatureDefOrThrow(SavedModelFile.SIGNATURE);
            Optional<GraphDef> constant = ConstantWeights.of(
                    bundle,
                    signature.getInputsMap().values().iterator().next().getName(),
                    signature.getOutputsMap().values().iterator().next().getName());
            if (constant.isPresent()) {
                SavedModelFile.write(folder.resolve(ModelPackage.SAVED_MODEL_FILE), constant.get(), signature);
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

    /** Copies a package's network in TensorFlow and its labels: what other forms are made from, and a digest. */
    public static void copyWithLabels(Path modelPackage, Path folder) throws IOException {
        copy(modelPackage, folder);
        Files.copy(modelPackage.resolve(ModelPackage.LABELS_FILE), folder.resolve(ModelPackage.LABELS_FILE));
    }

    /** Copies {@code saved_model.pb}, and {@code variables/} where there are some. */
    public static void copy(Path savedModel, Path folder) throws IOException {
        Files.copy(savedModel.resolve(ModelPackage.SAVED_MODEL_FILE), folder.resolve(ModelPackage.SAVED_MODEL_FILE));
        if (!Files.isDirectory(savedModel.resolve(VARIABLES))) {
            return;
        }
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
