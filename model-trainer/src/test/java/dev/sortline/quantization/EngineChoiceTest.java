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
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** By which engine a package with files for several is run. */
class EngineChoiceTest {
    @TempDir
    private Path folder;

    private final ColourNetwork network = new ColourNetwork(1, 0);
    private Path model;

    @BeforeEach
    void writePackage() throws IOException {
        model = network.writePackage(folder.resolve("model"));
    }

    @ParameterizedTest
    @EnumSource(names = {"ONNX_RUNTIME", "TENSORFLOW_LITE"})
    void takesAnyThatAnswersAlike(Engine other) throws IOException {
        // Given
        network.writeForm(other, model, folder.resolve("scratch"));
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

    @ParameterizedTest
    @EnumSource(names = {"ONNX_RUNTIME", "TENSORFLOW_LITE"})
    void neverTakesOneThatAnswersOtherwise(Engine other) throws IOException {
        // Given
        new ColourNetwork(1, 1).writeForm(other, model, folder.resolve("scratch"));

        // When
        Engine engine;
        try (ImageClassifier classifier = open(InferenceSettings.MEASURED)) {
            engine = classifier.tuning().engine();
        }

        // Then
        assertThat(engine).isEqualTo(Engine.TENSORFLOW);
    }

    @ParameterizedTest
    @EnumSource(names = {"ONNX_RUNTIME", "TENSORFLOW_LITE"})
    void takesTheOneThatIsPinned(Engine other) throws IOException {
        // Given
        network.writeForm(other, model, folder.resolve("scratch"));
        var settings = new InferenceSettings(other, Precision.FLOAT32, 3, 2, 1);

        // When
        InferenceTuning tuning;
        try (ImageClassifier classifier = open(settings)) {
            tuning = classifier.tuning();
        }

        // Then
        assertThat(tuning).isEqualTo(new InferenceTuning(other, Precision.FLOAT32, 3, 2, 1, 0));
    }

    @ParameterizedTest
    @EnumSource(names = {"ONNX_RUNTIME", "TENSORFLOW_LITE"})
    void runsAnotherModelByTheSameEngine(Engine other) throws IOException {
        // Given
        network.writeForm(other, model, folder.resolve("scratch"));

        // When
        InferenceTuning tuning = tuningLike(other);

        // Then
        assertThat(tuning).isEqualTo(new InferenceTuning(other, Precision.FLOAT32, 4, 1, 1, 0));
    }

    @ParameterizedTest
    @EnumSource(names = {"ONNX_RUNTIME", "TENSORFLOW_LITE"})
    void runsAnotherModelByTensorFlowWhereThatEngineAnswersOtherwise(Engine other) throws IOException {
        // Given
        new ColourNetwork(1, 1).writeForm(other, model, folder.resolve("scratch"));

        // When
        InferenceTuning tuning = tuningLike(other);

        // Then
        assertThat(tuning).isEqualTo(new InferenceTuning(Engine.TENSORFLOW, Precision.FLOAT32, 4, 1, 1, 0));
    }

    @Test
    void staysWithTensorFlowWhereAnotherEnginesFileIsDamaged() throws IOException {
        // Given
        network.writeForm(Engine.TENSORFLOW_LITE, model, folder.resolve("scratch"));
        Path file = model.resolve(ModelPackage.TFLITE_FILE);
        Files.write(file, Arrays.copyOf(Files.readAllBytes(file), 1000));
        ColourNetwork.writeManifest(model);

        // When
        Engine engine;
        try (ImageClassifier classifier = open(InferenceSettings.MEASURED)) {
            engine = classifier.tuning().engine();
        }

        // Then
        assertThat(engine).isEqualTo(Engine.TENSORFLOW);
    }

    private InferenceTuning tuningLike(Engine other) {
        var inUse = new InferenceTuning(other, Precision.FLOAT32, 4, 1, 1, 300);
        try (ImageClassifier classifier = ImageClassifier.openLike(
                inUse, ModelPackage.load(model), ImageBounds.DEFAULT, InferenceSettings.MEASURED)) {
            return classifier.tuning();
        }
    }

    private ImageClassifier open(InferenceSettings settings) {
        return ImageClassifier.open(ModelPackage.load(model), ImageBounds.DEFAULT, settings);
    }
}
