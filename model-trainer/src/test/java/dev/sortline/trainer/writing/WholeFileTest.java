// SPDX-License-Identifier: Apache-2.0
package dev.sortline.trainer.writing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WholeFileTest {
    @TempDir
    private Path folder;

    @Test
    void takesThePlaceOfWhatWasThere() throws IOException {
        // Given
        Path file = Files.writeString(folder.resolve("evaluation.json"), "old");

        // When
        WholeFile.write(file, "new: 99 %, größer");

        // Then
        assertThat(file).content().isEqualTo("new: 99 %, größer");
        assertThat(folder).isDirectoryContaining(one -> one.equals(file));
    }

    @Test
    void leavesTheFileAsItWasWhereWritingFails() throws IOException {
        // Given
        Path file = Files.writeString(folder.resolve("evaluation.json"), "old");

        // When
        var attempt = assertThatThrownBy(() -> WholeFile.write(file, out -> {
            out.write('n');
            throw new IOException("disk full");
        }));

        // Then
        attempt.hasMessage("disk full");
        assertThat(file).content().isEqualTo("old");
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactly(file);
        }
    }
}
