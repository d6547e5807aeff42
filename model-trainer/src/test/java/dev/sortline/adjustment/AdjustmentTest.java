// SPDX-License-Identifier: Apache-2.0
package dev.sortline.adjustment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sortline.classifier.ImageClassifier;
import dev.sortline.classifier.model.ModelManifest;
import dev.sortline.classifier.model.ModelPackage;
import dev.sortline.classifier.model.NetworkOutput;
import dev.sortline.classifier.model.PixelScaling;
import dev.sortline.evaluation.Evaluation;
import dev.sortline.quantization.ColourNetwork;
import dev.sortline.trainer.network.FrozenModel;
import dev.sortline.trainer.progress.ProgressListener;
import dev.sortline.trainer.progress.TrainingInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A network that knows colours, but says green too often. */
class AdjustmentTest {
    @TempDir
    private Path folder;

    private Path model;
    private Path shifted;
    private Path validation;

    @BeforeEach
    void writePackageAndPictures() throws IOException {
        Path colours = new ColourNetwork(1, 0).writePackage(folder.resolve("colours"));
        model = Files.createDirectory(folder.resolve("model"));
        FrozenModel.copyWithBias(colours, model, bias -> bias[1] += 8);
        Files.copy(colours.resolve(ModelPackage.LABELS_FILE), model.resolve(ModelPackage.LABELS_FILE));
        Files.writeString(model.resolve(ModelPackage.INT8_FILE), "of the network as it is");
        ModelManifest manifest = new ModelManifest(
                "colours",
                "1.0.0",
                ColourNetwork.SIZE,
                PixelScaling.MINUS_ONE_TO_ONE,
                NetworkOutput.LOGITS,
                1,
                ModelPackage.digestOf(model));
        Files.writeString(model.resolve(ModelPackage.MANIFEST_FILE), manifest.toJson());
        shifted = ColourNetwork.writePictures(folder.resolve("shifted"), 4, 10);
        validation = ColourNetwork.writePictures(folder.resolve("validation"), 3, 50);
    }

    @Test
    void takesWhatIsNamedTooOftenFromTheClassifiersBias() throws IOException {
        // When
        AdjustedModel adjusted = adjust(List.of("green"));

        // Then
        assertThat(adjusted.bias()).isPositive();
        assertThat(adjusted.shifted().before()).isLessThan(0.5);
        assertThat(adjusted.shifted().after()).isEqualTo(1);
        try (ImageClassifier classifier = ImageClassifier.open(ModelPackage.load(model))) {
            assertThat(Evaluation.run(classifier, List.of(shifted), ProgressListener.SILENT)
                            .accuracy())
                    .isEqualTo(1);
        }
    }

    @Test
    void leavesAPackageWhoseFilesAreAllOfTheSameNetwork() throws IOException {
        // When
        adjust(List.of("green"));

        // Then
        assertThat(model.resolve(ModelPackage.INT8_FILE)).doesNotExist();
        assertThat(model.resolve(ModelPackage.TFLITE_INT8_FILE)).doesNotExist();
        assertThat(model.resolve(ModelPackage.ONNX_FILE)).exists();
        assertThat(model.resolve(ModelPackage.CARD_FILE))
                .content()
                .contains("## Labels held back", "was taken from the logits of green", "| `" + shifted + "` | 12 |");
    }

    @Test
    void holdsNothingBackWhereNothingIsGained() throws IOException {
        // When
        AdjustedModel adjusted = adjust(List.of("red"));

        // Then
        assertThat(adjusted.bias()).isZero();
    }

    @Test
    void refusesALabelThatTheModelDoesNotKnow() {
        // Then
        assertThatThrownBy(() -> adjust(List.of("mauve")))
                .isInstanceOf(TrainingInputException.class)
                .hasMessage("mauve is no label of %s: it knows [blue, green, red]".formatted(model));
    }

    @Test
    void refusesAllLabels() {
        // Then
        assertThatThrownBy(() -> adjust(List.of("red", "green", "blue")))
                .isInstanceOf(TrainingInputException.class)
                .hasMessageStartingWith("all labels held back alike change nothing");
    }

    private AdjustedModel adjust(List<String> labels) throws IOException {
        return Adjustment.run(new AdjustmentRequest(model, labels, shifted, validation), ProgressListener.SILENT);
    }
}
