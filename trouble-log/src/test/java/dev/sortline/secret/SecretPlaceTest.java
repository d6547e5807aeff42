// SPDX-License-Identifier: Apache-2.0
package dev.sortline.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretPlaceTest {
    @TempDir
    private Path folder;

    @Test
    void firstLineOfAFileIsThePassword() throws IOException {
        // Given
        Path file = Files.writeString(folder.resolve("password"), "geheim \r\nnote\n");

        // When
        String password = SecretPlace.read(file);

        // Then
        assertThat(password).isEqualTo("geheim ");
    }

    @Test
    void environmentVariableIsThePasswordWhateverTheFolder() throws IOException {
        // Given
        Path place = folder.resolve("env:CAMERA_PASSWORD");

        // When
        String password = SecretPlace.read(place, Map.of("CAMERA_PASSWORD", "geheim\n"));

        // Then
        assertThat(password).isEqualTo("geheim");
    }

    @Test
    void variableThatIsNotSetIsNamed() {
        // Given
        Path place = Path.of("env:CAMERA_PASSWORD");

        // When
        var reading = assertThatThrownBy(() -> SecretPlace.read(place, Map.of("OTHER", "geheim")));

        // Then
        reading.isInstanceOf(IOException.class).hasMessage("there is no environment variable CAMERA_PASSWORD");
    }

    @Test
    void fileThatIsNotThereIsNamed() {
        // Given
        Path file = folder.resolve("password");

        // When
        var reading = assertThatThrownBy(() -> SecretPlace.read(file));

        // Then
        reading.isInstanceOf(NoSuchFileException.class).hasMessage(file.toString());
    }

    @Test
    void emptyVariableIsAnEmptyPassword() throws IOException {
        // When
        String password = SecretPlace.read(Path.of("env:CAMERA_PASSWORD"), Map.of("CAMERA_PASSWORD", ""));

        // Then
        assertThat(password).isEmpty();
    }
}
