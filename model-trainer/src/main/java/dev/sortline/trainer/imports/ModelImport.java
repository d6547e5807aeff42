// SPDX-License-Identifier: Apache-2.0
package dev.sortline.trainer.imports;

import dev.sortline.classifier.model.ModelManifest;
import dev.sortline.classifier.model.ModelPackage;
import dev.sortline.classifier.model.ModelPackageException;
import dev.sortline.classifier.model.NetworkOutput;
import dev.sortline.classifier.tensorflow.SavedNetwork;
import dev.sortline.trainer.layers.ForeignNetworkException;
import dev.sortline.trainer.packages.NetworkFiles;
import dev.sortline.trainer.packages.PackageFolder;
import dev.sortline.trainer.progress.TrainingInputException;
import dev.sortline.trainer.writing.TemporaryFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Wraps a network that another tool wrote into a model package that a line runs as any other.
 *
 * <p><b>Network.</b> A SavedModel is taken as it is: its signature {@code serving_default} must have one input, float32
 * {@code [-1, size, size, 3]}, of which all but the channels may be open, and one output, float32 {@code [-1, labels]}, logits or
 * probabilities. Any other
 * file, {@code .keras} and {@code .h5} of Keras, {@code .onnx}, {@code .tflite}, is built anew, layer by layer, as such a SavedModel. The network is
 * run on a few made-up pictures to see how many scores it gives, which of the two they are, and that they do not depend on the batch.
 *
 * <p><b>Weights.</b> Variables become constants, which run faster; a network that does more with one than read it, or has 32 MiB of them or
 * more, keeps its variables and the speed that it had. A network that changes a variable while it answers is refused. Of the SavedModel's
 * folder, nothing else is taken: {@code assets/} and what else lies there serve other tools.
 *
 * <p><b>Labels.</b> A label a line in the order of the network's output, UTF-8. Blanks around labels and blank lines at the end are dropped.
 * If every line begins with its index counted from 0 and a blank, {@code 0 glass}, the indices are dropped too.
 *
 * <p><b>Confidence.</b> Nothing is calibrated: the temperature is 1.
 */
public final class ModelImport {
    private final ImportRequest request;

    private ModelImport(ImportRequest request) {
        this.request = request;
    }

    /**
     * Imports. The package appears whole or not at all, and answers as the original does.
     *
     * @throws TrainingInputException if the model, the labels or the place for the package cannot be used, or do not fit each other
     * @throws ModelPackageException if TensorFlow cannot load or run the network, its signature does not fit, or a line is no label
     * @throws IOException if the disk fails
     */
    public static ImportedModel run(ImportRequest request) throws IOException {
        return new ModelImport(request).run();
    }

    private ImportedModel run() throws IOException {
        PackageFolder place = new PackageFolder(request.out());
        Path model = request.model();
        if (!Files.exists(model)) {
            throw new TrainingInputException(
                    "no model at %s: give the folder of a SavedModel or the file of a network".formatted(model));
        }
        if (Files.isDirectory(model)) {
            requireSavedModel(model);
            return imported(place, model);
        }
        try {
            ModelFormat format = ModelFormat.of(model);
            try (TemporaryFolder folder = TemporaryFolder.create("sortline-import-")) {
                format.write(model, request.input(), folder.path());
                return ofThatName(place, folder.path());
            }
        } catch (ForeignNetworkException e) {
            throw new TrainingInputException(model + " " + e.getMessage(), e);
        }
    }

    /** Told of the file that it was made of, and not of the folder that nobody sees. */
    private ImportedModel ofThatName(PackageFolder place, Path made) throws IOException {
        try {
            return imported(place, made);
        } catch (ModelPackageException e) {
            String file = made.resolve(ModelPackage.SAVED_MODEL_FILE).toString();
            throw new ModelPackageException(
                    String.valueOf(e.getMessage()).replace(file, request.model().toString()), e);
        }
    }

    private ImportedModel imported(PackageFolder place, Path savedModel) throws IOException {
        List<String> labels = LabelFile.read(request.labels());
        int inputSize = request.input().size();
        TrialRun trial;
        String signature;
        try (SavedNetwork network = SavedNetwork.open(savedModel, inputSize)) {
            if (network.tellsFamiliarity()) {
                throw new TrainingInputException(
                        "%s comes of a Sortline model package and tells familiarity, too: take that package as it is"
                                .formatted(request.model()));
            }
            trial = TrialRun.of(network, inputSize, request.scaling());
            signature = network.signature();
        }
        if (trial.scores() != labels.size()) {
            throw new TrainingInputException(
                    "%s has %d labels, but the network in %s gives %d scores: write a line a score, in the order of its output"
                            .formatted(request.labels(), labels.size(), request.model(), trial.scores()));
        }
        NetworkOutput output = output(trial);
        place.write(folder -> {
            boolean constant = NetworkFiles.write(savedModel, folder);
            Files.writeString(folder.resolve(ModelPackage.LABELS_FILE), String.join("\n", labels) + "\n");
            ModelManifest manifest = new ModelManifest(
                    request.name(),
                    request.version(),
                    inputSize,
                    request.scaling(),
                    output,
                    1,
                    ModelPackage.digestOf(folder));
            Files.writeString(folder.resolve(ModelPackage.MANIFEST_FILE), manifest.toJson());
            Files.writeString(
                    folder.resolve(ModelPackage.CARD_FILE),
                    ImportCard.of(request, manifest, labels, signature, constant));
            try (SavedNetwork written = SavedNetwork.open(folder, inputSize)) {
                if (!trial.isAnsweredBy(written)) {
                    throw new IllegalStateException("the package answers otherwise than " + request.model());
                }
            }
        });
        return new ImportedModel(
                ModelPackage.load(request.out()), !Files.exists(request.out().resolve(NetworkFiles.VARIABLES)));
    }

    private void requireSavedModel(Path folder) {
        String export = "write one with Keras' model.export(\"folder\") and give that folder";
        if (Files.exists(folder.resolve(ModelPackage.MANIFEST_FILE))) {
            throw new TrainingInputException(
                    "%s is a Sortline model package already: use it as it is".formatted(folder));
        }
        if (!Files.exists(folder.resolve(ModelPackage.SAVED_MODEL_FILE))) {
            throw new TrainingInputException("%s has no %s, so it is no SavedModel: %s"
                    .formatted(folder, ModelPackage.SAVED_MODEL_FILE, export));
        }
        if (!request.input().mean().isEmpty()) {
            throw new TrainingInputException(
                    "--mean and --std cannot be put into a SavedModel (%s): export it with a layer that does it, as Normalization"
                            .formatted(folder));
        }
    }

    private NetworkOutput output(TrialRun trial) {
        Optional<NetworkOutput> found = trial.output();
        if (found.isEmpty() && !request.output().equals(Optional.of(NetworkOutput.LOGITS))) {
            throw new TrainingInputException(
                    "%s answers within 0..1, but with rows that do not sum to 1, as sigmoids do: end the network in a softmax, or give --output logits if they are logits"
                            .formatted(request.model()));
        }
        NetworkOutput output = found.orElse(NetworkOutput.LOGITS);
        if (request.output().isPresent() && request.output().get() != output) {
            throw new TrainingInputException("%s answers with %s, not with %s: leave --output away to have it found out"
                    .formatted(request.model(), output, request.output().get()));
        }
        return output;
    }
}
