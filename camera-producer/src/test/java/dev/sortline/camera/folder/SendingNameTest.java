// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera.folder;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SendingNameTest {
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00.123Z");

    @ParameterizedTest
    @ValueSource(strings = {"a.jpg", "no ending", "with-dash-1-2.jpg", "Käfer 🪲.png"})
    void nameReadsBack(String name) {
        // Given
        var sending = new SendingName(1_767_268_800_123L, NOON, name);

        // When
        var read = SendingName.of(Path.of("folder", sending.fileName()));

        // Then
        assertThat(read).contains(sending);
    }

    @Test
    void longNameIsCutSoThatTheFileSystemTakesIt() {
        // Given
        var sending = new SendingName(Long.MAX_VALUE / 10, NOON, "ä".repeat(120) + ".jpg");

        // When
        String name = sending.fileName();

        // Then
        assertThat(name.getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(256);
        assertThat(name).endsWith("ä.jpg");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.jpg", ".sending-a.jpg", ".sending-1-a.jpg", ".sending-1-1-"})
    void otherNamesAreNotOurs(String name) {
        // When
        var read = SendingName.of(Path.of(name));

        // Then
        assertThat(read).isEmpty();
    }
}
