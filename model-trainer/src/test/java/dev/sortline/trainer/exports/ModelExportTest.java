// SPDX-License-Identifier: Apache-2.0
package dev.sortline.trainer.exports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.sortline.classifier.engine.LoadedNetwork;
import dev.sortline.classifier.engine.MissingEngineException;
import dev.sortline.classifier.model.PixelScaling;
import dev.sortline.classifier.onnx.OnnxEngine;
import dev.sortline.classifier.tensorflow.SavedNetwork;
import dev.sortline.classifier.tflite.TfliteEngine;
import dev.sortline.trainer.imports.ForeignModel;
import dev.sortline.trainer.imports.ImportRequest;
import dev.sortline.trainer.imports.KerasModel;
import dev.sortline.trainer.imports.KerasModel.Style;
import dev.sortline.trainer.imports.ModelImport;
import dev.sortline.trainer.layers.PictureInput;
import dev.sortline.trainer.progress.TrainingInputException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ModelExportTest {
    @TempDir
    private Path folder;

    private Path model;
    private Path out;

    @BeforeEach
    void choosePlaces() throws IOException {
        model = folder.resolve("model");
        out = Files.createDirectory(folder.resolve("given")).resolve("network");
    }

    static Stream<Arguments> originalsInEachForm() {
        return Stream.of(
                        "plain.keras",
                        "branches.keras",
                        "mobilenet-v2.keras",
                        "frozen-mobilenet-v2.h5",
                        "branches.onnx",
                        "mobilenet-v2.onnx",
                        "branches.tflite",
                        "mobilenet-v3-large-float16.tflite")
                .flatMap(name ->
                        Stream.of(ExportFormat.ONNX, ExportFormat.TFLITE).map(format -> Arguments.of(name, format)));
    }

    @ParameterizedTest
    @MethodSource("originalsInEachForm")
    void answersAsTheOriginalOfAnImportDoes(String name, ExportFormat format) throws Exception {
        // Given
        ForeignModel original = ForeignModel.named(name);
        importFrom(original);

        // When
        ModelExport.run(model, format, out);

        // Then
        try (var network = open(format, original.input().size())) {
            assertAnswers(network, original);
        }
    }

    @Test
    void savedModelAnswersAsThePackageDoesAndBringsItsLabels() throws Exception {
        // Given
        ForeignModel original = ForeignModel.named("plain.keras");
        importFrom(original);

        // When
        ModelExport.run(model, ExportFormat.SAVED_MODEL, out);

        // Then
        assertThat(names(out)).containsExactly("labels.txt", "saved_model.pb");
        try (var network = SavedNetwork.open(out, original.input().size())) {
            assertAnswers(network, original);
        }
    }

    @ParameterizedTest
    @CsvSource({"TFLITE", "ONNX"})
    void givesTheWeightsAsTheyWereTrainedHoweverThePackageKeepsThem(ExportFormat format) throws Exception {
        // Given
        Path shipped = Path.of("..", "models", "waste-mobilenet-v2");
        int size = 224;
        FloatBuffer grey = ByteBuffer.allocateDirect(3 * size * size * Float.BYTES)
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();

        // When
        ModelExport.run(shipped, format, out);

        // Then
        try (var network = open(format, size);
                var trained = SavedNetwork.open(shipped, size)) {
            assertThat(network.tellsFamiliarity()).isTrue();
            assertThat(network.scores(List.of(grey))[0])
                    .containsExactly(trained.scores(List.of(grey))[0], within(1e-3f));
        }
    }

    @Test
    void saysWhatCannotBeWrittenAsOnnxAndLeavesNothing() throws IOException {
        // Given
        Path savedModel =
                new KerasModel(32, 2, PixelScaling.NONE, false, Style.KERAS_3).writeTo(folder.resolve("exported"));
        Path labels = Files.writeString(folder.resolve("labels.txt"), "glass\npaper\n");
        ModelImport.run(new ImportRequest(
                savedModel, labels, PictureInput.of(32), PixelScaling.NONE, model, "model", "1.0.0", Optional.empty()));

        // Then
        assertThatThrownBy(() -> ModelExport.run(model, ExportFormat.ONNX, out))
                .isInstanceOf(TrainingInputException.class)
                .hasMessageContaining("cannot be written as ONNX, for its network has an operation")
                .hasMessageEndingWith(": export it as a SavedModel");
        assertThat(out.getParent()).isEmptyDirectory();
    }

    @ParameterizedTest
    @CsvSource({"SAVED_MODEL", "TFLITE", "ONNX"})
    void writesOverNothing(ExportFormat format) throws IOException {
        // Given
        Path shipped = Path.of("..", "models", "waste-mobilenet-v2");
        Files.writeString(out, "mine");

        // Then
        assertThatThrownBy(() -> ModelExport.run(shipped, format, out))
                .isInstanceOf(TrainingInputException.class)
                .hasMessage(out + " is there already: choose another place");
        assertThat(out).hasContent("mine");
    }

    private LoadedNetwork open(ExportFormat format, int size) throws MissingEngineException {
        return format == ExportFormat.ONNX ? OnnxEngine.open(out, size, 1) : TfliteEngine.open(out, size, 1);
    }

    private void importFrom(ForeignModel original) throws IOException {
        ModelImport.run(new ImportRequest(
                original.unpackedTo(folder),
                original.labelsIn(folder),
                original.input(),
                original.scaling(),
                model,
                "model",
                "1.0.0",
                Optional.empty()));
    }

    private static void assertAnswers(LoadedNetwork network, ForeignModel original) {
        float[] all = original.pictures();
        int each = all.length / original.answers().size();
        for (int i = 0; i < original.answers().size(); i++) {
            FloatBuffer picture = ByteBuffer.allocateDirect(each * Float.BYTES)
                    .order(ByteOrder.nativeOrder())
                    .asFloatBuffer()
                    .put(all, i * each, each)
                    .flip();
            assertThat(network.scores(List.of(picture))[0])
                    .containsExactly(original.answers().get(i), within(1e-4f));
        }
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> children = Files.list(folder)) {
            return children.map(child -> child.getFileName().toString())
                    .sorted()
                    .toList();
        }
    }
}
