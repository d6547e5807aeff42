// SPDX-License-Identifier: Apache-2.0
package dev.sortline.trainer.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.sortline.classifier.model.PixelScaling;
import dev.sortline.classifier.tensorflow.SavedNetwork;
import dev.sortline.trainer.layers.PictureInput;
import dev.sortline.trainer.progress.TrainingInputException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Enumeration;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Files as Keras, PyTorch and TensorFlow Lite write them, and their own answers. */
class ForeignModelTest {
    @TempDir
    private Path folder;

    private Path out;

    @BeforeEach
    void choosePlace() throws IOException {
        out = Files.createDirectory(folder.resolve("models")).resolve("imported");
    }

    static List<ForeignModel> models() throws IOException {
        return ForeignModel.all();
    }

    @ParameterizedTest
    @MethodSource("models")
    void packageAnswersAsTheOriginalDoes(ForeignModel model) throws IOException {
        // Given
        Path file = model.unpackedTo(folder);

        // When
        run(file, model.labelsIn(folder), model.input(), model.scaling());

        // Then
        try (var network = SavedNetwork.open(out, model.input().size())) {
            float[][] answers = network.scores(model.pictures());
            for (int i = 0; i < answers.length; i++) {
                if (model.isRounded()) {
                    assertThat(largest(answers[i]))
                            .isEqualTo(largest(model.answers().get(i)));
                } else {
                    assertThat(answers[i]).containsExactly(model.answers().get(i), within(1e-4f));
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "plain.keras, is cut off or damaged",
        "branches.h5, is cut off or damaged",
        "branches.tflite, is cut off or damaged",
        "mobilenet-v2.onnx, 'is no ONNX, or is cut off or damaged'",
    })
    void refusesAFileThatIsCutOff(String name, String complaint) throws IOException {
        // Given
        ForeignModel model = ForeignModel.named(name);
        Path file = model.unpackedTo(folder);
        byte[] bytes = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(bytes, bytes.length / 2));

        // Then
        assertRefused(model, file, name + " " + complaint);
    }

    @ParameterizedTest
    @CsvSource({"plain.keras", "branches.h5", "branches.tflite", "mobilenet-v2.onnx"})
    void namesBothNumbersWhenLabelsDoNotFit(String name) throws IOException {
        // Given
        ForeignModel model = ForeignModel.named(name);
        Path file = model.unpackedTo(folder);
        Path labels = Files.writeString(folder.resolve("two.txt"), "glass\npaper\n");

        // Then
        assertThatThrownBy(() -> run(file, labels, model.input(), model.scaling()))
                .isInstanceOf(TrainingInputException.class)
                .hasMessageContaining("two.txt has 2 labels, but the network in %s gives".formatted(file));
        assertNothingIsLeft();
    }

    @ParameterizedTest
    @CsvSource({"plain.keras, 32", "branches.h5, 48", "branches.tflite, 48", "mobilenet-v2.onnx, 96"})
    void namesBothSizesWhenTheyDiffer(String name, int size) throws IOException {
        // Given
        ForeignModel model = ForeignModel.named(name);
        Path file = model.unpackedTo(folder);
        PictureInput other = PictureInput.of(64);

        // Then
        assertThatThrownBy(() -> run(file, model.labelsIn(folder), other, model.scaling()))
                .isInstanceOf(TrainingInputException.class)
                .hasMessageEndingWith("the network's input size is %d, but 64 was given".formatted(size));
        assertNothingIsLeft();
    }

    @Test
    void refusesADetector() throws IOException {
        // Given
        ForeignModel model = ForeignModel.named("branches.tflite");
        var detector = new ForeignModel(
                model.folder(), "detector.tflite", PictureInput.of(32), PixelScaling.NONE, model.answers());
        Path file = detector.unpackedTo(folder);

        // Then
        assertRefused(
                detector,
                file,
                "detector.tflite must have one output, but has 2: ",
                "a network that finds where things are cannot be used");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    "class_name": "LeakyReLU"     | "class_name": "Resizing"       | has a layer that is not known here: Resizing (leaky_re_lu
                    "class_name": "Sequential"    | "class_name": "Classifier"     | is a model of its own class, Classifier, whose layers only its code knows
                    "activation": "relu"          | "activation": "squareplus"     | has an activation that is not known here: squareplus (
                    "channels_last"               | "channels_first"               | that has its channels first, which is not known here
                    "padding": "valid"            | "padding": "causal"            | that has the padding causal, which is not known here
                    "groups": 1                   | "groups": 4                    | that has groups, which is not known here
                    "axis": -1                    | "axis": 1                      | that normalises another axis than the last, which is not known here
                    "use_bias": false             | "use_bias": true               | has no weights bias of the layer conv2d
                    [null, 32, 32, 3]             | [null, 32, 32, 1]              | must have an input of [-1, 32, 32, 3], but has [-1, 32, 32, 1]: it must take RGB pictures
                    """)
    void namesTheLayerThatIsNotKnown(String was, String is, String complaint) throws IOException {
        // Given
        ForeignModel model = ForeignModel.named("plain.keras");
        Path file = withConfig(model.unpackedTo(folder), config -> config.replace(was, is));

        // Then
        assertRefused(model, file, complaint);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    "output_layers": [   | "output_layers": [["conv2d", 0, 0], ["dense", 0, 0]], "were": [ | must have one output, but functional
                    "input_layers": [    | "input_layers": [["a", 0, 0], ["b", 0, 0]], "were": [           | must have one input, but functional
                    "config": {          | "config": [                                                      | is cut off or damaged
                    """)
    void saysWhatIsWrongWithAFunctionalModel(String was, String is, String complaint) throws IOException {
        // Given
        ForeignModel model = ForeignModel.named("branches.keras");
        Path file = withConfig(model.unpackedTo(folder), config -> config.replace(was, is));

        // Then
        assertRefused(model, file, complaint);
    }

    @Test
    void refusesLayersThatLearnWhileTheyAnswer() throws IOException {
        // Given
        ForeignModel model = ForeignModel.named("branches.keras");
        Path file = withConfig(
                model.unpackedTo(folder), config -> config.replace("\"training\": false", "\"training\": true"));

        // Then
        assertRefused(model, file, "calls a layer as in training (dropout");
    }

    @Test
    void refusesAZipOfAnotherKind() throws IOException {
        // Given
        ForeignModel model = ForeignModel.named("plain.keras");
        Path file = folder.resolve("other.zip");
        try (var zip = new ZipOutputStream(Files.newOutputStream(file))) {
            zip.putNextEntry(new ZipEntry("picture.png"));
        }

        // Then
        assertRefused(model, file, "other.zip has no config.json: it is no model that Keras saved with model.save");
    }

    @Test
    void refusesWeightsThatAreNoHdf5() throws IOException {
        // Given
        ForeignModel model = ForeignModel.named("plain.keras");
        Path file = changed(model.unpackedTo(folder), "model.weights.h5", weights -> "weights");

        // Then
        assertRefused(model, file, "is cut off or damaged");
    }

    @ParameterizedTest
    @CsvSource({"model.txt, glass", "model.keras, ''"})
    void refusesAFileOfNoKnownKind(String name, String content) throws IOException {
        // Given
        ForeignModel model = ForeignModel.named("plain.keras");
        Path file = Files.writeString(folder.resolve(name), content);

        // Then
        assertRefused(model, file, name + " is none of what can be imported");
    }

    private void assertRefused(ForeignModel model, Path file, String... complaints) throws IOException {
        Path labels = model.labelsIn(folder);
        assertThatThrownBy(() -> run(file, labels, model.input(), model.scaling()))
                .isInstanceOf(TrainingInputException.class)
                .message()
                .contains(complaints)
                .doesNotContain("\n");
        assertNothingIsLeft();
    }

    private void assertNothingIsLeft() {
        assertThat(out.getParent()).isEmptyDirectory();
    }

    private void run(Path file, Path labels, PictureInput input, PixelScaling scaling) throws IOException {
        ModelImport.run(new ImportRequest(file, labels, input, scaling, out, "imported", "1.0.0", Optional.empty()));
    }

    private static int largest(float[] row) {
        int largest = 0;
        for (int i = 1; i < row.length; i++) {
            largest = row[i] > row[largest] ? i : largest;
        }
        return largest;
    }

    /** Changes what a {@code .keras} file says of its layers. */
    private static Path withConfig(Path file, UnaryOperator<String> change) throws IOException {
        return changed(file, "config.json", change);
    }

    private static Path changed(Path file, String entry, UnaryOperator<String> change) throws IOException {
        Path changed = file.resolveSibling("changed-" + file.getFileName());
        try (ZipFile from = new ZipFile(file.toFile());
                ZipOutputStream to = new ZipOutputStream(Files.newOutputStream(changed))) {
            for (Enumeration<? extends ZipEntry> all = from.entries(); all.hasMoreElements(); ) {
                String name = all.nextElement().getName();
                to.putNextEntry(new ZipEntry(name));
                try (InputStream in = from.getInputStream(from.getEntry(name))) {
                    byte[] bytes = in.readAllBytes();
                    to.write(
                            name.equals(entry)
                                    ? change.apply(new String(bytes, StandardCharsets.UTF_8))
                                            .getBytes(StandardCharsets.UTF_8)
                                    : bytes);
                }
            }
        }
        return changed;
    }
}
