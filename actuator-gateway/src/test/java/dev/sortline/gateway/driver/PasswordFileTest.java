// SPDX-License-Identifier: Apache-2.0
package dev.sortline.gateway.driver;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PasswordFileTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({"'geheim\n', geheim", "'größer \r\nsecond line', 'größer '", "'', ''", "'\nsecond line', ''"})
    void firstLineIsThePassword(String text, String password) throws IOException {
        // Given
        Path file = Files.writeString(folder.resolve("password"), text);

        // When
        String read = PasswordFile.read(file);

        // Then
        assertThat(read).isEqualTo(password);
    }
}
