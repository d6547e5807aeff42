// SPDX-License-Identifier: Apache-2.0
package dev.sortline.classifier.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sortline.classifier.ColourModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelPackageTest {
    private Path folder;

    @BeforeEach
    void writeASoundPackage(@TempDir Path temporary) throws IOException {
        folder = ColourModel.writeTo(temporary);
    }

    @Test
    void loadsNameVersionAndLabels() {
        // When
        ModelPackage model = ModelPackage.load(folder);

        // Then
        assertThat(model).hasToString("colour 1.0.0");
        assertThat(model.labels()).containsExactly("red", "green", "blue");
        assertThat(model.manifest().inputSize()).isEqualTo(ColourModel.SIZE);
    }

    @Test
    void saysThatThereIsNoFolder() {
        // Then
        assertRefused(folder.resolve("nowhere"), "no model package at");
    }

    @ParameterizedTest
    @CsvSource({"model.json", "labels.txt", "saved_model.pb"})
    void namesTheFileThatIsMissing(String file) throws IOException {
        // Given
        Files.delete(folder.resolve(file));

        // Then
        assertRefused(folder, folder.resolve(file) + " is missing");
    }

    @ParameterizedTest(name = "{0} -> {1}: {2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "\"1.0.0\" | \"1.0.0\", \"vesion\" : 1 | unknown key 'vesion'",
                "\"name\" : \"colour\" | \"name\" : \"Colour!\" | name must match",
                "\"colour\" | null | name",
                "\"inputSize\" : 32 | \"inputSize\" : 8 | inputSize must be 16..1024, but is 8",
                "\"inputSize\" : 32 | \"inputSize\" : 31.5 | inputSize",
                "-1..1 | 0..2 | key 'scaling' cannot be '0..2' (line 5",
                "logits | scores | key 'output' cannot be 'scores'",
                "1.0, | 0, | temperature must be 0.05..20, but is 0.0",
                "sha256: | md5: | digest must match",
                "\"temperature\" : 1.0 | \"temperature\" : 1.0, \"familiarityQuantiles\" : [1.0] | familiarity must have at least 2 quantiles, but has 1",
                "\"temperature\" : 1.0 | \"temperature\" : 1.0, \"familiarityQuantiles\" : [1.0, 0.5] | familiarity must have rising, finite quantiles, but has 0.5 at place 2",
                "{ | { ] | no JSON",
                "\"logits\" | 'logits' | no JSON"
            })
    void saysWhatIsWrongWithTheManifest(String right, String wrong, String complaint) throws IOException {
        // Given
        Path manifest = folder.resolve(ModelPackage.MANIFEST_FILE);
        Files.writeString(manifest, Files.readString(manifest).replace(right, wrong));

        // Then
        assertRefused(folder, manifest + ": ", complaint);
    }

    @Test
    void readsBackTheQuantilesThatItWrote() throws IOException {
        // Given
        ColourModel.tellFamiliarity(folder, -1.5, 0.25, 3.0);

        // When
        ModelManifest manifest = ModelPackage.load(folder).manifest();

        // Then
        assertThat(manifest.familiarity()).contains(new Familiarity(List.of(-1.5, 0.25, 3.0)));
    }

    @Test
    void refusesAManifestThatLacksAKey() throws IOException {
        // Given
        Path manifest = folder.resolve(ModelPackage.MANIFEST_FILE);
        Files.writeString(manifest, Files.readString(manifest).replaceAll("  \"temperature.*\n", ""));

        // Then
        assertRefused(folder, manifest.toString(), "temperature");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "red, has 1 labels",
        "'red\n\nblue', line 2: '' is no label",
        "'red\nblue ', line 2: 'blue ' is no label",
        "'red\nblue\nred', line 3: 'red' is there twice"
    })
    void saysWhatIsWrongWithTheLabels(String labels, String complaint) throws IOException {
        // Given
        Files.writeString(folder.resolve(ModelPackage.LABELS_FILE), labels);

        // Then
        assertRefused(folder, "labels.txt", complaint);
    }

    @Test
    void refusesLabelsThatAreNoText() throws IOException {
        // Given
        Files.write(folder.resolve(ModelPackage.LABELS_FILE), new byte[] {(byte) 0xC3, 0x28});

        // Then
        assertRefused(folder, "labels.txt is not UTF-8 text");
    }

    @ParameterizedTest
    @CsvSource({"labels.txt", "saved_model.pb"})
    void noticesWhenAFileIsNotTheOneThatWasSealed(String file) throws IOException {
        // Given
        Path changed = folder.resolve(file);
        Files.writeString(changed, "yellow\n", StandardOpenOption.APPEND);

        // Then
        assertRefused(folder, "model.json does not belong to its files", "copy the whole package again");
    }

    @Test
    void digestsTheVariablesOfASavedModelToo() throws IOException {
        // Given
        String without = ModelPackage.digestOf(folder);
        Files.createDirectory(folder.resolve("variables"));
        Files.writeString(folder.resolve("variables/variables.index"), "x");

        // When
        String with = ModelPackage.digestOf(folder);

        // Then
        assertThat(with).isNotEqualTo(without);
    }

    private static void assertRefused(Path folder, String... complaints) {
        assertThatThrownBy(() -> ModelPackage.load(folder))
                .isInstanceOf(ModelPackageException.class)
                .message()
                .contains(complaints)
                .doesNotContain("\n");
    }
}
