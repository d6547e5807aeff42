// SPDX-License-Identifier: Apache-2.0
package dev.sortline.adjustment;

import dev.sortline.classifier.ImageClassifier;
import dev.sortline.classifier.model.ModelManifest;
import dev.sortline.classifier.model.ModelPackage;
import dev.sortline.classifier.model.ModelPackageException;
import dev.sortline.trainer.learning.Validation;
import dev.sortline.trainer.network.FrozenModel;
import dev.sortline.trainer.onnx.HalfWeights;
import dev.sortline.trainer.onnx.OnnxExport;
import dev.sortline.trainer.progress.ProgressListener;
import dev.sortline.trainer.progress.TrainingInputException;
import dev.sortline.trainer.tflite.writing.TfliteExport;
import dev.sortline.trainer.writing.TemporaryFolder;
import dev.sortline.trainer.writing.WholeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Holds labels of a package back: asks the model about strange pictures, finds what is to be taken from the logits of these labels, takes it from
 * the classifier's bias, and fits the temperature anew, one for all pictures. What runs the package does not change and takes no longer.
 *
 * <p>The network in eight bits is taken away, for it is of the old one; a signature that the package had does not fit any more.
 */
public final class Adjustment {
    private final ModelPackage model;
    private final AdjustmentRequest request;
    private final ProgressListener progress;

    private Adjustment(AdjustmentRequest request, ProgressListener progress) {
        this.model = ModelPackage.load(request.model());
        this.request = request;
        this.progress = progress;
    }

    /**
     * Measures, and writes the package anew.
     *
     * @throws TrainingInputException if a folder of pictures or a label cannot be used, or the package was not trained here
     * @throws ModelPackageException if the package cannot be used
     * @throws IOException if the disk fails
     */
    public static AdjustedModel run(AdjustmentRequest request, ProgressListener progress) throws IOException {
        return new Adjustment(request, progress).run();
    }

    private AdjustedModel run() throws IOException {
        Set<Integer> heldBack = heldBack();
        Answers shifted;
        Answers known;
        try (ImageClassifier classifier = ImageClassifier.open(model)) {
            shifted = Answers.ask(classifier, request.shifted(), progress);
            known = Answers.ask(classifier, request.validation(), progress);
        }
        double bias = LabelBias.fit(shifted.logits(), shifted.truths(), heldBack);
        Validation shiftedAfter = validated(shifted.heldBack(heldBack, bias));
        Validation knownAfter = validated(known.heldBack(heldBack, bias));
        write(heldBack, bias, knownAfter.temperature());
        AdjustedModel adjusted = new AdjustedModel(
                ModelPackage.load(model.folder()),
                request.labels(),
                bias,
                new AdjustedModel.Figures(
                        request.shifted(),
                        shiftedAfter.pictures(),
                        validated(shifted).accuracy(),
                        shiftedAfter.accuracy()),
                new AdjustedModel.Figures(
                        request.validation(),
                        knownAfter.pictures(),
                        validated(known).accuracy(),
                        knownAfter.accuracy()));
        HeldBackSection.put(adjusted);
        return adjusted;
    }

    private static Validation validated(Answers answers) {
        return Validation.of(answers.logits(), answers.truths());
    }

    private Set<Integer> heldBack() {
        Set<Integer> places = new TreeSet<>();
        for (String label : request.labels()) {
            int place = model.labels().indexOf(label);
            if (place < 0) {
                throw new TrainingInputException(
                        "%s is no label of %s: it knows %s".formatted(label, model.folder(), model.labels()));
            }
            places.add(place);
        }
        if (places.size() == model.labels().size()) {
            throw new TrainingInputException(
                    "all labels held back alike change nothing: name some of %s".formatted(model.labels()));
        }
        return places;
    }

    /** The manifest comes last: until then the package does not fit it, and nobody takes it up. */
    private void write(Set<Integer> heldBack, double bias, double temperature) throws IOException {
        ModelManifest old = model.manifest();
        try (TemporaryFolder folder = TemporaryFolder.create("sortline-adjust-")) {
            Path trial = folder.path();
            Files.copy(model.folder().resolve(ModelPackage.LABELS_FILE), trial.resolve(ModelPackage.LABELS_FILE));
            FrozenModel.copyWithBias(model.folder(), trial, values -> {
                heldBack.forEach(label -> values[label] -= (float) bias);
            });
            Optional<String> unknown = OnnxExport.write(trial, old.inputSize());
            if (unknown.isPresent()) {
                throw new IllegalStateException("a network of our own " + unknown.get());
            }
            if (model.file(ModelPackage.TFLITE_FILE).isPresent()) {
                Files.createFile(trial.resolve(ModelPackage.TFLITE_FILE));
                TfliteExport.renew(trial);
            }
            HalfWeights.pack(trial.resolve(ModelPackage.ONNX_FILE));
            ModelManifest manifest = new ModelManifest(
                    old.name(),
                    old.version(),
                    old.inputSize(),
                    old.scaling(),
                    old.output(),
                    temperature,
                    null,
                    old.familiarityQuantiles(),
                    ModelPackage.digestOf(trial));
            Files.deleteIfExists(model.folder().resolve(ModelPackage.INT8_FILE));
            Files.deleteIfExists(model.folder().resolve(ModelPackage.TFLITE_INT8_FILE));
            for (String file :
                    List.of(ModelPackage.SAVED_MODEL_FILE, ModelPackage.ONNX_FILE, ModelPackage.TFLITE_FILE)) {
                if (Files.exists(trial.resolve(file))) {
                    WholeFile.write(model.folder().resolve(file), out -> Files.copy(trial.resolve(file), out));
                }
            }
            WholeFile.write(model.folder().resolve(ModelPackage.MANIFEST_FILE), manifest.toJson());
        }
    }
}
