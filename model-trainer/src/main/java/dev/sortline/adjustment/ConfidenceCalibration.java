// SPDX-License-Identifier: Apache-2.0
package dev.sortline.adjustment;

import dev.sortline.classifier.ImageClassifier;
import dev.sortline.classifier.model.ModelPackage;
import dev.sortline.classifier.model.ModelPackageException;
import dev.sortline.classifier.model.Temperature;
import dev.sortline.evaluation.figures.Calibration;
import dev.sortline.evaluation.figures.Prediction;
import dev.sortline.trainer.progress.ProgressListener;
import dev.sortline.trainer.progress.TrainingInputException;
import dev.sortline.trainer.writing.WholeFile;
import java.io.IOException;
import java.util.List;

/**
 * Makes a package's confidences true at home and in strange places: asks the model about pictures of both, and fits a temperature for what is
 * familiar and one for what is not. Only {@code model.json} and the card change; which label is named does not.
 */
public final class ConfidenceCalibration {
    private ConfidenceCalibration() {}

    /**
     * Measures, and writes the manifest anew.
     *
     * @throws TrainingInputException if a folder of pictures cannot be used, or the package does not tell familiarity
     * @throws ModelPackageException if the package cannot be used
     * @throws IOException if the disk fails
     */
    public static CalibratedModel run(CalibrationRequest request, ProgressListener progress) throws IOException {
        ModelPackage model = ModelPackage.load(request.model());
        if (model.manifest().familiarity().isEmpty()) {
            throw new TrainingInputException(
                    "%s does not tell how familiar a picture is: run sortline model familiarize first"
                            .formatted(model));
        }
        Answers known;
        Answers shifted;
        try (ImageClassifier classifier = ImageClassifier.open(model)) {
            known = Answers.ask(classifier, request.validation(), progress);
            shifted = Answers.ask(classifier, request.shifted(), progress);
        }
        Temperature before = model.manifest().calibration();
        Temperature single = TemperatureFit.fitSingle(known, shifted);
        Temperature after = TemperatureFit.fit(known, shifted);
        WholeFile.write(
                model.folder().resolve(ModelPackage.MANIFEST_FILE),
                model.manifest().withCalibration(after).toJson());
        CalibratedModel calibrated = new CalibratedModel(
                ModelPackage.load(model.folder()),
                figures(known, before, single, after),
                figures(shifted, before, single, after));
        CalibrationSection.put(calibrated);
        return calibrated;
    }

    private static CalibratedModel.Figures figures(
            Answers answers, Temperature before, Temperature single, Temperature after) {
        List<Prediction> predictions = answers.predictions(after);
        return new CalibratedModel.Figures(
                answers.folder(),
                predictions.size(),
                (double) predictions.stream().filter(Prediction::right).count() / predictions.size(),
                Calibration.of(answers.predictions(before)).ece(),
                Calibration.of(answers.predictions(single)).ece(),
                Calibration.of(predictions).ece());
    }
}
