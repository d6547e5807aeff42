// SPDX-License-Identifier: Apache-2.0
package dev.sortline.trainer.exports;

import dev.sortline.classifier.model.ModelPackage;
import dev.sortline.classifier.model.ModelPackageException;
import dev.sortline.trainer.onnx.OnnxExport;
import dev.sortline.trainer.onnx.UnknownOperationException;
import dev.sortline.trainer.packages.NetworkFiles;
import dev.sortline.trainer.packages.PackageFolder;
import dev.sortline.trainer.progress.TrainingInputException;
import dev.sortline.trainer.tflite.writing.TfliteExport;
import dev.sortline.trainer.writing.TemporaryFolder;
import dev.sortline.trainer.writing.WholeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Writes the network of a package for other tools: float32 pictures {@code [batch, size, size, 3]} in, scaled as the package says, float32
 * {@code [batch, labels]} out, in the order of its labels. What the package adds, scaling, temperature and softmax, they have to add, too.
 */
public final class ModelExport {
    private ModelExport() {}

    /**
     * Exports. What is written appears whole or not at all, and nothing that is there is written over.
     *
     * @param folder the package
     * @param out where the folder of a SavedModel or the file goes
     * @return the package
     * @throws TrainingInputException if something is at {@code out} already, or the network cannot be written in this format
     * @throws ModelPackageException if the package cannot be used
     * @throws IOException if the disk fails
     */
    public static ModelPackage run(Path folder, ExportFormat format, Path out) throws IOException {
        ModelPackage model = ModelPackage.load(folder);
        if (Files.exists(out)) {
            throw new TrainingInputException("%s is there already: choose another place".formatted(out));
        }
        switch (format) {
            case SAVED_MODEL ->
                new PackageFolder(out).write(target -> {
                    NetworkFiles.copy(folder, target);
                    Files.copy(folder.resolve(ModelPackage.LABELS_FILE), target.resolve(ModelPackage.LABELS_FILE));
                });
            case TFLITE -> write(model, ModelPackage.TFLITE_FILE, out);
            case ONNX -> write(model, ModelPackage.ONNX_FILE, out);
        }
        return model;
    }

    /** Written anew of the SavedModel: the package keeps weights in fewer bits than it was trained in. */
    private static void write(ModelPackage model, String form, Path out) throws IOException {
        try (TemporaryFolder made = TemporaryFolder.create("sortline-export-")) {
            NetworkFiles.copy(model.folder(), made.path());
            Optional<String> unknown = written(made.path(), model.manifest().inputSize(), form);
            if (unknown.isPresent()) {
                throw new TrainingInputException(
                        "%s cannot be written %s, for its network %s: export it as a SavedModel"
                                .formatted(
                                        model.folder(),
                                        form.equals(ModelPackage.ONNX_FILE) ? "as ONNX" : "for TensorFlow Lite",
                                        unknown.get()));
            }
            WholeFile.write(out, stream -> Files.copy(made.path().resolve(form), stream));
        }
    }

    /** Why a form cannot be written, or nothing. */
    private static Optional<String> written(Path folder, int inputSize, String form) throws IOException {
        Optional<String> unknown = OnnxExport.write(folder, inputSize);
        if (unknown.isPresent() || form.equals(ModelPackage.ONNX_FILE)) {
            return unknown;
        }
        try {
            TfliteExport.write(folder.resolve(ModelPackage.ONNX_FILE), folder.resolve(form));
            return Optional.empty();
        } catch (UnknownOperationException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }
}
