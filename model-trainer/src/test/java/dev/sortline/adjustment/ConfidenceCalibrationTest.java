// SPDX-License-Identifier: Apache-2.0
package dev.sortline.adjustment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.sortline.classifier.ImageClassifier;
import dev.sortline.classifier.model.ModelPackage;
import dev.sortline.classifier.model.Temperature;
import dev.sortline.evaluation.Evaluation;
import dev.sortline.familiarity.FamiliarityRequest;
import dev.sortline.familiarity.Familiarization;
import dev.sortline.quantization.ColourNetwork;
import dev.sortline.trainer.progress.ProgressListener;
import dev.sortline.trainer.progress.TrainingInputException;
import java.awt.Color;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A network that is right about plain colours, and as sure of what it has never seen. */
class ConfidenceCalibrationTest {
    private Path model;
    private Path data;
    private Path validation;
    private Path shifted;

    @BeforeEach
    void writePackageAndPictures(@TempDir Path folder) throws IOException {
        model = new ColourNetwork(1, 0).writePackage(folder.resolve("model"));
        data = ColourNetwork.writePictures(folder.resolve("data"), 20, 100);
        validation = ColourNetwork.writePictures(folder.resolve("validation"), 10, 200);
        shifted = folder.resolve("shifted");
        ColourNetwork.writePictures(shifted.resolve("red"), new Color(200, 200, 60), 10, 300);
        ColourNetwork.writePictures(shifted.resolve("blue"), new Color(200, 200, 60), 10, 400);
    }

    @Test
    void isLessSureOfWhatIsStrange() throws IOException {
        // Given
        familiarize();

        // When
        CalibratedModel calibrated = calibrate();

        // Then
        Temperature temperature = calibrated.model().manifest().calibration();
        assertThat(temperature.strange()).isGreaterThan(temperature.familiar());
        assertThat(calibrated.shifted().after())
                .isLessThan(calibrated.shifted().before())
                .isLessThan(calibrated.shifted().single());
        assertThat(calibrated.validation().accuracy()).isEqualTo(1);
        assertThat(model.resolve(ModelPackage.CARD_FILE))
                .content()
                .contains("## Calibration", "| `" + shifted + "` | 20 |");
    }

    @Test
    void tellsTheConfidencesThatTheLineWillHave() throws IOException {
        // Given
        familiarize();

        // When
        CalibratedModel calibrated = calibrate();

        // Then
        try (ImageClassifier classifier = ImageClassifier.open(ModelPackage.load(model))) {
            assertThat(Evaluation.run(classifier, List.of(shifted), ProgressListener.SILENT)
                            .calibration()
                            .ece())
                    .isCloseTo(calibrated.shifted().after(), within(1e-4));
        }
    }

    @Test
    void changesNothingWhenItIsDoneAgain() throws IOException {
        // Given
        familiarize();
        Temperature first = calibrate().model().manifest().calibration();

        // When
        Temperature second = calibrate().model().manifest().calibration();

        // Then
        assertThat(second.familiar()).isCloseTo(first.familiar(), within(0.01));
        assertThat(second.strange()).isCloseTo(first.strange(), within(0.01));
    }

    @Test
    void refusesAModelThatDoesNotTellFamiliarity() {
        // Then
        assertThatThrownBy(this::calibrate)
                .isInstanceOf(TrainingInputException.class)
                .hasMessageEndingWith("does not tell how familiar a picture is: run sortline model familiarize first");
    }

    private void familiarize() throws IOException {
        var unused = Familiarization.run(
                new FamiliarityRequest(model, List.of(data), List.of(), validation), ProgressListener.SILENT);
    }

    private CalibratedModel calibrate() throws IOException {
        return ConfidenceCalibration.run(new CalibrationRequest(model, validation, shifted), ProgressListener.SILENT);
    }
}
