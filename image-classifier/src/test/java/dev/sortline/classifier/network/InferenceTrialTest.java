// SPDX-License-Identifier: Apache-2.0
package dev.sortline.classifier.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sortline.classifier.ColourModel;
import dev.sortline.classifier.ImageClassifier;
import dev.sortline.classifier.engine.Engine;
import dev.sortline.classifier.engine.Precision;
import dev.sortline.classifier.image.DecodedImage;
import dev.sortline.classifier.image.ImageBounds;
import dev.sortline.classifier.image.Pictures;
import dev.sortline.classifier.model.ModelPackage;
import dev.sortline.classifier.model.ModelPackageException;
import java.awt.Color;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InferenceTrialTest {
    @TempDir
    private Path folder;

    @BeforeEach
    void writeModel() throws IOException {
        ColourModel.writeTo(folder);
    }

    @Test
    void measuresBatchAndRunsThatAreLeftOpen() {
        // When
        InferenceTuning tuning = tuning(InferenceSettings.MEASURED);

        // Then
        assertThat(tuning.imagesPerSecond()).isPositive();
        assertThat(tuning.batch()).isIn(1, 2, 4, 8);
        assertThat(tuning.runs()).isIn(1, Runtime.getRuntime().availableProcessors());
        assertThat(tuning.intraOpThreads()).isEqualTo(1);
    }

    @Test
    void staysWithFloat32WithoutCheckPictures() {
        // When
        InferenceTuning tuning = tuning(InferenceSettings.MEASURED);

        // Then
        assertThat(tuning.precision()).isEqualTo(Precision.FLOAT32);
    }

    @Test
    void answersAsBeforeWhateverItTakes() throws Exception {
        // Given
        Path check = Files.createDirectory(folder.resolve(ModelPackage.CHECK_FOLDER));
        Files.write(check.resolve("green.png"), Pictures.png(Pictures.plain(32, 32, Color.GREEN)));

        // When
        String label;
        try (ImageClassifier classifier = open(InferenceSettings.MEASURED);
                DecodedImage image = classifier.decode(Pictures.png(Pictures.plain(32, 32, Color.BLUE)))) {
            label = classifier.classify(image).label();
        }

        // Then
        assertThat(label).isEqualTo("blue");
    }

    @Test
    void takesWhatIsPinnedWithoutMeasuring() {
        // When
        InferenceTuning tuning = tuning(new InferenceSettings(null, Precision.BFLOAT16, 5, 3, 1));

        // Then
        assertThat(tuning).isEqualTo(new InferenceTuning(Engine.TENSORFLOW, Precision.BFLOAT16, 5, 3, 1, 0));
    }

    @Test
    void measuresWhatIsLeftWhenSomeIsPinned() {
        // When
        InferenceTuning tuning = tuning(new InferenceSettings(null, Precision.FLOAT32, 3, null, null));

        // Then
        assertThat(tuning.batch()).isEqualTo(3);
        assertThat(tuning.imagesPerSecond()).isPositive();
    }

    @Test
    void refusesAnEngineThatThePackageHasNoFileFor() {
        // Given
        var settings = new InferenceSettings(Engine.ONNX_RUNTIME, null, null, null, null);

        // Then
        assertThatThrownBy(() -> open(settings))
                .isInstanceOf(ModelPackageException.class)
                .hasMessage("inference: the package " + folder
                        + " has no file for onnxruntime float32: write it with sortline model quantize, or"
                        + " take another engine");
    }

    @Test
    void refusesNumbersThatAnEngineDoesNotHave() {
        // Given
        var settings = new InferenceSettings(Engine.TENSORFLOW, Precision.INT8, null, null, null);

        // Then
        assertThatThrownBy(() -> open(settings)).hasMessage("inference: tensorflow has no int8");
    }

    @Test
    void measuresNothingAtTheSecondStart() {
        // Given
        InferenceTuning first = trial(InferenceSettings.MEASURED);

        // When
        InferenceTuning second = trial(InferenceSettings.MEASURED);

        // Then
        assertThat(first.imagesPerSecond()).isPositive();
        assertThat(second).isEqualTo(first);
    }

    @Test
    void keepsNothingThatWasMeasuredBesideOtherWork() {
        // When
        InferenceTuning tuning = trial(InferenceSettings.MEASURED, new ShareOf(0.6));

        // Then
        assertThat(tuning.imagesPerSecond()).isPositive();
        assertThat(folder.resolve("choices")).doesNotExist();
    }

    @Test
    void measuresAnewWhenSettingsChange() {
        // Given
        trial(InferenceSettings.MEASURED);

        // When
        InferenceTuning other = trial(new InferenceSettings(null, null, 3, null, null));

        // Then
        assertThat(other.batch()).isEqualTo(3);
        assertThat(other.imagesPerSecond()).isPositive();
    }

    @Test
    void runsAnotherModelInTheSameWayWithoutMeasuring() {
        // Given
        var other = new InferenceTuning(Engine.ONNX_RUNTIME, Precision.INT8, 4, 2, 1, 300);

        // When
        InferenceTuning tuning;
        try (ImageClassifier classifier = ImageClassifier.openLike(
                other, ModelPackage.load(folder), ImageBounds.DEFAULT, InferenceSettings.MEASURED)) {
            tuning = classifier.tuning();
        }

        // Then
        assertThat(tuning).isEqualTo(new InferenceTuning(Engine.TENSORFLOW, Precision.FLOAT32, 4, 2, 1, 0));
    }

    @Test
    void namesACheckPictureThatCannotBeRead() throws IOException {
        // Given
        Path check = Files.createDirectory(folder.resolve(ModelPackage.CHECK_FOLDER));
        Files.writeString(check.resolve("broken.jpg"), "no picture");

        // Then
        assertThatThrownBy(() -> open(InferenceSettings.MEASURED))
                .isInstanceOf(ModelPackageException.class)
                .hasMessageContaining("check");
    }

    @Test
    void refusesNonsense() {
        // Then
        assertThatThrownBy(() -> new InferenceSettings(null, null, 0, null, null))
                .hasMessage("batch is 0: must be from 1 to 64");
        assertThatThrownBy(() -> new InferenceSettings(null, null, null, 65, null))
                .hasMessage("runs is 65: must be from 1 to 64");
        assertThatThrownBy(() -> new InferenceSettings(null, null, null, null, 0))
                .hasMessage("intraOpThreads is 0: must be at least 1");
    }

    private InferenceTuning trial(InferenceSettings settings) {
        return trial(settings, new ShareOf(1));
    }

    private InferenceTuning trial(InferenceSettings settings, ProcessorShare share) {
        var cache = new ChoiceCache(folder.resolve("choices"));
        var outcome = new InferenceTrial(ModelPackage.load(folder), settings, 1, List::of, cache, share).run();
        outcome.network().close();
        return outcome.tuning();
    }

    private InferenceTuning tuning(InferenceSettings settings) {
        try (ImageClassifier classifier = open(settings)) {
            return classifier.tuning();
        }
    }

    private ImageClassifier open(InferenceSettings settings) {
        return ImageClassifier.open(ModelPackage.load(folder), ImageBounds.DEFAULT, settings);
    }

    /** Of a machine that does as much other work as the test wants. */
    private static final class ShareOf extends ProcessorShare {
        private final double share;

        ShareOf(double share) {
            this.share = share;
        }

        @Override
        double ofLoops() {
            return share;
        }
    }
}
