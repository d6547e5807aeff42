// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PasswordFileTest {
    @TempDir
    private Path folder;

    @Test
    void firstLineIsThePassword() throws Exception {
        // Given
        Path file = Files.writeString(folder.resolve("password"), "geheim \r\nnote\n");

        // When
        String password = PasswordFile.read(file);

        // Then
        assertThat(password).isEqualTo("geheim ");
    }

    @Test
    void fileThatIsNotThereIsNamed() {
        // Given
        Path file = folder.resolve("password");

        // When
        var fault = catchThrowableOfType(CameraFault.class, () -> PasswordFile.read(file));

        // Then
        assertThat(fault.kind()).isEqualTo(CameraFault.Kind.REFUSED);
        assertThat(fault).hasMessageContaining(file.toString());
    }

    @Test
    void emptyFileIsNoPassword() throws IOException {
        // Given
        Path file = Files.writeString(folder.resolve("password"), "\n");

        // When
        var fault = catchThrowableOfType(CameraFault.class, () -> PasswordFile.read(file));

        // Then
        assertThat(fault.kind()).isEqualTo(CameraFault.Kind.REFUSED);
        assertThat(fault).hasMessageContaining("is empty");
    }
}
