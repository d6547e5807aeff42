// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera.folder;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sortline.camera.time.CaptureTime.Basis;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class FileCaptureTest {
    private static final Instant SEEN = Instant.parse("2026-01-01T12:00:00Z");
    private static final Instant LOOKED_BEFORE = SEEN.minusMillis(500);

    @Test
    void pictureWasTakenWhenItsFileWasWritten() {
        // When
        var captured = FileCapture.of(SEEN.minusMillis(300), LOOKED_BEFORE, SEEN);

        // Then
        assertThat(captured.at()).isEqualTo(SEEN.minusMillis(300));
        assertThat(captured.basis()).isEqualTo(Basis.SENDER);
    }

    @Test
    void fileThatWaitedWhileNobodyLookedIsAsOldAsItIs() {
        // When
        var captured = FileCapture.of(SEEN.minusSeconds(3_600), null, SEEN);

        // Then
        assertThat(captured.at()).isEqualTo(SEEN.minusSeconds(3_600));
    }

    @Test
    void newFileWithAnOldTimeArrivedAfterTheLastLook() {
        // When
        var captured = FileCapture.of(SEEN.minusSeconds(3_600), LOOKED_BEFORE, SEEN);

        // Then
        assertThat(captured.at()).isEqualTo(LOOKED_BEFORE);
        assertThat(captured.basis()).isEqualTo(Basis.ARRIVAL);
        assertThat(captured.uncertainty()).isGreaterThanOrEqualTo(java.time.Duration.ofMillis(500));
    }

    @Test
    void fileFromTheFutureArrivedAfterTheLastLook() {
        // When
        var captured = FileCapture.of(SEEN.plusSeconds(3_600), LOOKED_BEFORE, SEEN);

        // Then
        assertThat(captured.at()).isEqualTo(LOOKED_BEFORE);
        assertThat(captured.basis()).isEqualTo(Basis.ARRIVAL);
    }

    @Test
    void timeIsNeverAfterTheFileWasSeen() {
        // When
        var captured = FileCapture.of(SEEN.plusSeconds(3), LOOKED_BEFORE, SEEN);

        // Then
        assertThat(captured.at()).isEqualTo(SEEN);
    }
}
