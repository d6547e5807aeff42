// SPDX-License-Identifier: Apache-2.0
package dev.sortline.quantization;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sortline.classifier.ImageClassifier;
import dev.sortline.classifier.engine.Engine;
import dev.sortline.classifier.engine.Precision;
import dev.sortline.classifier.image.ImageBounds;
import dev.sortline.classifier.model.ModelPackage;
import dev.sortline.classifier.network.InferenceSettings;
import dev.sortline.classifier.network.InferenceTuning;
import dev.sortline.evaluation.Evaluation;
import dev.sortline.trainer.progress.ProgressListener;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** By which engine a package with files for several is run. */
class EngineChoiceTest {
    private static final InferenceTuning BY_ONNX =
            new InferenceTuning(Engine.ONNX_RUNTIME, Precision.FLOAT32, 4, 1, 1, 300);

    @TempDir
    private Path folder;

    private final ColourNetwork network = new ColourNetwork(1, 0);
    private Path model;

    @BeforeEach
    void writePackage() throws IOException {
        model = network.writePackage(folder.resolve("model"));
    }

    @Test
    void takesAnyThatAnswersAlike() throws IOException {
        // Given
        network.writeOnnx(model, folder.resolve("scratch"));
        Path pictures = ColourNetwork.writePictures(folder.resolve("pictures"), 3, 7);

        // When
        double accuracy;
        InferenceTuning tuning;
        try (ImageClassifier classifier = open(InferenceSettings.MEASURED)) {
            tuning = classifier.tuning();
            accuracy = Evaluation.run(classifier, List.of(pictures), ProgressListener.SILENT)
                    .accuracy();
        }

        // Then
        assertThat(tuning.imagesPerSecond()).isPositive();
        assertThat(accuracy).isEqualTo(1);
    }

    @Test
    void neverTakesOneThatAnswersOtherwise() throws IOException {
        // Given
        new ColourNetwork(1, 1).writeOnnx(model, folder.resolve("scratch"));

        // When
        Engine engine;
        try (ImageClassifier classifier = open(InferenceSettings.MEASURED)) {
            engine = classifier.tuning().engine();
        }

        // Then
        assertThat(engine).isEqualTo(Engine.TENSORFLOW);
    }

    @Test
    void takesTheOneThatIsPinned() throws IOException {
        // Given
        network.writeOnnx(model, folder.resolve("scratch"));
        var settings = new InferenceSettings(Engine.ONNX_RUNTIME, Precision.FLOAT32, 3, 2, 1);

        // When
        InferenceTuning tuning;
        try (ImageClassifier classifier = open(settings)) {
            tuning = classifier.tuning();
        }

        // Then
        assertThat(tuning).isEqualTo(new InferenceTuning(Engine.ONNX_RUNTIME, Precision.FLOAT32, 3, 2, 1, 0));
    }

    @Test
    void runsAnotherModelByTheSameEngine() throws IOException {
        // Given
        network.writeOnnx(model, folder.resolve("scratch"));

        // When
        InferenceTuning tuning = tuningLike(BY_ONNX);

        // Then
        assertThat(tuning).isEqualTo(new InferenceTuning(Engine.ONNX_RUNTIME, Precision.FLOAT32, 4, 1, 1, 0));
    }

    @Test
    void runsAnotherModelByTensorFlowWhereThatEngineAnswersOtherwise() throws IOException {
        // Given
        new ColourNetwork(1, 1).writeOnnx(model, folder.resolve("scratch"));

        // When
        InferenceTuning tuning = tuningLike(BY_ONNX);

        // Then
        assertThat(tuning).isEqualTo(new InferenceTuning(Engine.TENSORFLOW, Precision.FLOAT32, 4, 1, 1, 0));
    }

    private InferenceTuning tuningLike(InferenceTuning other) {
        try (ImageClassifier classifier = ImageClassifier.openLike(
                other, ModelPackage.load(model), ImageBounds.DEFAULT, InferenceSettings.MEASURED)) {
            return classifier.tuning();
        }
    }

    private ImageClassifier open(InferenceSettings settings) {
        return ImageClassifier.open(ModelPackage.load(model), ImageBounds.DEFAULT, settings);
    }
}
