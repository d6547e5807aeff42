// SPDX-License-Identifier: Apache-2.0
package dev.sortline.familiarity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.sortline.adjustment.Adjustment;
import dev.sortline.adjustment.AdjustmentRequest;
import dev.sortline.classifier.Classification;
import dev.sortline.classifier.ImageClassifier;
import dev.sortline.classifier.engine.Engine;
import dev.sortline.classifier.engine.Precision;
import dev.sortline.classifier.image.DecodedImage;
import dev.sortline.classifier.image.ImageBounds;
import dev.sortline.classifier.image.UnreadableImageException;
import dev.sortline.classifier.model.ModelPackage;
import dev.sortline.classifier.network.InferenceSettings;
import dev.sortline.quantization.ColourNetwork;
import dev.sortline.quantization.Quantization;
import dev.sortline.quantization.QuantizationRequest;
import dev.sortline.trainer.progress.ProgressListener;
import dev.sortline.trainer.progress.TrainingInputException;
import java.awt.Color;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FamiliarizationTest {
    private Path model;
    private Path data;
    private Path unknown;
    private Path validation;

    @BeforeEach
    void writePictures(@TempDir Path folder) throws IOException {
        model = new ColourNetwork(1, 0).writePackage(folder.resolve("model"));
        data = ColourNetwork.writePictures(folder.resolve("data"), 20, 100);
        validation = ColourNetwork.writePictures(folder.resolve("validation"), 10, 200);
        unknown = folder.resolve("unknown");
        ColourNetwork.writePictures(unknown.resolve("yellow"), new Color(200, 200, 60), 10, 300);
        ColourNetwork.writePictures(unknown.resolve("red"), new Color(200, 60, 60), 10, 400);
    }

    @ParameterizedTest
    @CsvSource({"TENSORFLOW, FLOAT32", "ONNX_RUNTIME, FLOAT32", "ONNX_RUNTIME, INT8", "TENSORFLOW_LITE, INT8"})
    void everyEngineTellsKnownThingsFromOthers(Engine engine, Precision precision) throws Exception {
        // Given
        quantize();

        // When
        familiarize(List.of());

        // Then
        assertThat(familiarities(engine, precision, validation.resolve("green")))
                .anyMatch(known -> known > 0.3);
        assertThat(familiarities(engine, precision, unknown.resolve("yellow"))).allMatch(strange -> strange == 0);
    }

    @Test
    void learnsWhatIsUnknownFromPicturesOfIt() throws Exception {
        // When
        FamiliarModel made = familiarize(List.of(unknown));

        // Then: what is called red is known
        assertThat(made.unknown()).isEqualTo(Map.of("yellow", 10));
        assertThat(made.known()).isEqualTo(60);
        assertThat(familiarities(Engine.TENSORFLOW, Precision.FLOAT32, unknown.resolve("yellow")))
                .allMatch(strange -> strange == 0);
    }

    @Test
    void leavesAnswersAsTheyWere() throws Exception {
        // Given
        Path picture = validation.resolve("blue/0.png");
        Classification before = seen(Engine.TENSORFLOW, Precision.FLOAT32, picture);

        // When
        familiarize(List.of(unknown));

        // Then
        assertThat(seen(Engine.TENSORFLOW, Precision.FLOAT32, picture).byLabel())
                .isEqualTo(before.byLabel());
    }

    @Test
    void quantizingKeepsWhatTellsFamiliarityInFloat32() throws Exception {
        // Given
        familiarize(List.of());
        double before = familiarities(Engine.TENSORFLOW, Precision.FLOAT32, validation.resolve("red"))
                .get(0);

        // When
        quantize();

        // Then
        assertThat(familiarities(Engine.ONNX_RUNTIME, Precision.FLOAT32, validation.resolve("red"))
                        .get(0))
                .isCloseTo(before, within(0.05));
        assertThat(familiarities(Engine.ONNX_RUNTIME, Precision.INT8, validation.resolve("red"))
                        .get(0))
                .isCloseTo(before, within(0.05));
        assertThat(familiarities(Engine.TENSORFLOW_LITE, Precision.INT8, validation.resolve("red"))
                        .get(0))
                .isCloseTo(before, within(0.05));
    }

    @Test
    void holdingLabelsBackKeepsWhatTellsFamiliarity() throws Exception {
        // Given
        familiarize(List.of());
        List<Double> before = familiarities(Engine.TENSORFLOW, Precision.FLOAT32, validation.resolve("red"));

        // When
        var unused = Adjustment.run(
                new AdjustmentRequest(model, List.of("green"), validation, validation), ProgressListener.SILENT);

        // Then
        assertThat(familiarities(Engine.TENSORFLOW, Precision.FLOAT32, validation.resolve("red")))
                .isEqualTo(before);
    }

    @Test
    void anotherTimeTakesThePlaceOfTheFirst() throws Exception {
        // Given
        quantize();
        familiarize(List.of(unknown));
        byte[] network = Files.readAllBytes(model.resolve(ModelPackage.SAVED_MODEL_FILE));
        byte[] rounded = Files.readAllBytes(model.resolve(ModelPackage.INT8_FILE));

        // When
        familiarize(List.of(unknown));

        // Then
        assertThat(model.resolve(ModelPackage.SAVED_MODEL_FILE)).hasBinaryContent(network);
        assertThat(model.resolve(ModelPackage.INT8_FILE)).hasBinaryContent(rounded);
        assertThat(model.resolve(ModelPackage.CARD_FILE)).content().containsOnlyOnce("## Unknown things");
    }

    @Test
    void namesAKnownFolderThatIsNoLabel() throws IOException {
        // Given
        Files.move(data.resolve("red"), data.resolve("pink"));

        // Then
        assertThatThrownBy(() -> familiarize(List.of()))
                .isInstanceOf(TrainingInputException.class)
                .hasMessageContaining("has a folder pink, which is no label of colours 1.0.0");
    }

    @Test
    void knowsWhatTheModelLearnedFromElsewhere() throws Exception {
        // Given: a folder of another origin, of which red alone was learned from
        var request = new FamiliarityRequest(
                model, List.of(data), Optional.of(unknown), List.of("red"), List.of(), validation);

        // When
        FamiliarModel made = Familiarization.run(request, ProgressListener.SILENT);

        // Then
        assertThat(made.known()).isEqualTo(70);
        assertThat(model.resolve(ModelPackage.CARD_FILE))
                .content()
                .contains("--further " + unknown + " --further-labels red");
    }

    @Test
    void refusesFurtherLabelsThatAreNotThere() {
        // Given
        var request = new FamiliarityRequest(
                model, List.of(data), Optional.of(unknown), List.of("mauve"), List.of(), validation);

        // Then
        assertThatThrownBy(() -> Familiarization.run(request, ProgressListener.SILENT))
                .isInstanceOf(TrainingInputException.class)
                .hasMessage("%s has no folder mauve to take pictures from: it has [red, yellow]".formatted(unknown));
    }

    @Test
    void saysWhenNothingOfTheUnknownIsUnknown() {
        // Then
        assertThatThrownBy(() -> familiarize(List.of(data)))
                .isInstanceOf(TrainingInputException.class)
                .hasMessageEndingWith("are labels of colours 1.0.0: none of it is unknown");
    }

    private FamiliarModel familiarize(List<Path> others) throws IOException {
        return Familiarization.run(
                new FamiliarityRequest(model, List.of(data), others, validation), ProgressListener.SILENT);
    }

    private void quantize() throws IOException {
        var unused =
                Quantization.run(new QuantizationRequest(model, List.of(data), validation), ProgressListener.SILENT);
    }

    private List<Double> familiarities(Engine engine, Precision precision, Path folder) throws Exception {
        List<Double> all = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            all.add(seen(engine, precision, folder.resolve(i + ".png")).familiarity());
        }
        return all;
    }

    private Classification seen(Engine engine, Precision precision, Path picture)
            throws IOException, UnreadableImageException {
        var settings = new InferenceSettings(engine, precision, 1, 1, 1);
        try (ImageClassifier classifier =
                        ImageClassifier.open(ModelPackage.load(model), ImageBounds.DEFAULT, settings);
                DecodedImage image = classifier.decode(Files.readAllBytes(picture))) {
            return classifier.classify(image);
        }
    }
}
