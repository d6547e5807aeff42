// SPDX-License-Identifier: Apache-2.0
package dev.sortline.models;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PackageFilesTest {
    @TempDir
    private Path folder;

    @BeforeEach
    void start() throws IOException {
        ToyPackage.write(folder, "1", "glass");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "model.json",
                "labels.txt",
                "saved_model.pb",
                "variables/variables.index",
                "assets/vocabulary.txt",
                "check/1.jpg",
                "check.json",
                "saved_model.cpb"
            })
    void digestCoversWhatDecides(String file) throws IOException {
        // Given
        String before = PackageFiles.digestOf(folder);

        // When
        change(file);

        // Then
        assertThat(PackageFiles.digestOf(folder)).isNotEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"MODEL_CARD.md", "evaluations/test.json", "signature"})
    void digestLeavesOutWhatIsForPeople(String file) throws IOException {
        // Given
        String before = PackageFiles.digestOf(folder);

        // When
        change(file);

        // Then
        assertThat(PackageFiles.digestOf(folder)).isEqualTo(before);
    }

    @Test
    void signatureIsSeenToChange() throws IOException {
        // Given
        String before = PackageFiles.seen(folder);

        // When
        change("signature");

        // Then
        assertThat(PackageFiles.seen(folder)).isNotEqualTo(before);
    }

    private void change(String name) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "changed");
    }
}
