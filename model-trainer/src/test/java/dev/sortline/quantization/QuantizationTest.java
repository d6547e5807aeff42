// SPDX-License-Identifier: Apache-2.0
package dev.sortline.quantization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sortline.classifier.ImageClassifier;
import dev.sortline.classifier.engine.Engine;
import dev.sortline.classifier.engine.Precision;
import dev.sortline.classifier.image.ImageBounds;
import dev.sortline.classifier.model.ModelPackage;
import dev.sortline.classifier.network.InferenceSettings;
import dev.sortline.evaluation.Evaluation;
import dev.sortline.trainer.progress.ProgressListener;
import dev.sortline.trainer.progress.TrainingInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class QuantizationTest {
    private Path model;
    private Path data;
    private Path validation;

    @BeforeEach
    void writePictures(@TempDir Path folder) throws IOException {
        model = folder.resolve("model");
        data = ColourNetwork.writePictures(folder.resolve("data"), 6, 100);
        validation = ColourNetwork.writePictures(folder.resolve("validation"), 4, 200);
    }

    @ParameterizedTest
    @EnumSource(names = {"ONNX_RUNTIME", "TENSORFLOW_LITE"})
    void addsANetworkOfEightBitsThatAnswersAsFloat32Does(Engine engine) throws IOException {
        // Given
        new ColourNetwork(1, 0).writePackage(model);

        // When
        QuantizedModel made = quantized();

        // Then
        assertThat(made.goodEnough()).isTrue();
        assertThat(made.forms()).extracting(QuantizedModel.Form::agreement).containsExactly(1.0, 1.0);
        assertThat(made.leftOut()).isEmpty();
        assertThat(made.pictures()).isEqualTo(12);
        var int8 = new InferenceSettings(engine, Precision.INT8, 2, 1, 1);
        try (ImageClassifier classifier = ImageClassifier.open(ModelPackage.load(model), ImageBounds.DEFAULT, int8)) {
            assertThat(classifier.tuning().precision()).isEqualTo(Precision.INT8);
            assertThat(Evaluation.run(classifier, List.of(validation), ProgressListener.SILENT)
                            .accuracy())
                    .isEqualTo(1);
        }
    }

    @Test
    void tellsInTheCardWhatItCost() throws IOException {
        // Given
        new ColourNetwork(1, 0).writePackage(model);
        Path card = model.resolve(ModelPackage.CARD_FILE);
        Files.writeString(card, "# colours\n\n<!-- notes -->\n\nBy a person.\n");
        quantized();

        // When
        quantized();

        // Then
        assertThat(card)
                .content()
                .containsOnlyOnce("## Eight bits")
                .contains("Of the 12 pictures of `" + validation + "`:")
                .contains("| float32 | 100.0 % |")
                .containsPattern("\\| int8 by onnxruntime \\| 100\\.0 % \\| 0\\.\\d{3} \\| 100\\.0 % \\|")
                .containsPattern("\\| int8 by tflite \\| 100\\.0 % \\| 0\\.\\d{3} \\| 100\\.0 % \\|")
                .endsWith("<!-- notes -->\n\nBy a person.\n");
    }

    @Test
    void writesTheSameBytesForTheSamePictures() throws IOException {
        // Given
        new ColourNetwork(1, 0).writePackage(model);
        quantized();
        byte[] first = Files.readAllBytes(model.resolve(ModelPackage.INT8_FILE));
        byte[] second = Files.readAllBytes(model.resolve(ModelPackage.TFLITE_INT8_FILE));

        // When
        quantized();

        // Then
        assertThat(model.resolve(ModelPackage.INT8_FILE)).hasBinaryContent(first);
        assertThat(model.resolve(ModelPackage.TFLITE_INT8_FILE)).hasBinaryContent(second);
    }

    @Test
    void leavesThePackageAsItWasWhereEightBitsAreTooFew() throws IOException {
        // Given
        new ColourNetwork(0.001f, 0).writePackage(model);
        byte[] manifest = Files.readAllBytes(model.resolve(ModelPackage.MANIFEST_FILE));

        // When
        QuantizedModel made = quantized();

        // Then
        assertThat(made.goodEnough()).isFalse();
        assertThat(made.before().accuracy()).isEqualTo(1);
        assertThat(model.resolve(ModelPackage.MANIFEST_FILE)).hasBinaryContent(manifest);
        assertThat(model)
                .isDirectoryNotContaining("glob:**.onnx")
                .isDirectoryNotContaining("glob:**.tflite")
                .isDirectoryNotContaining("glob:**" + ModelPackage.CARD_FILE);
    }

    @Test
    void namesAFolderThatIsNoLabel() throws IOException {
        // Given
        new ColourNetwork(1, 0).writePackage(model);
        Files.move(validation.resolve("red"), validation.resolve("pink"));

        // Then
        assertThatThrownBy(this::quantized)
                .isInstanceOf(TrainingInputException.class)
                .hasMessageContaining("has a folder pink, which is no label of colours 1.0.0");
    }

    private QuantizedModel quantized() throws IOException {
        return Quantization.run(new QuantizationRequest(model, List.of(data), validation), ProgressListener.SILENT);
    }
}
