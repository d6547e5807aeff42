// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sortline.camera.HandClock;
import dev.sortline.camera.source.CameraFault;
import dev.sortline.camera.source.CameraFault.Kind;
import dev.sortline.camera.source.StreamFormat;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CameraLogTest {
    private final HandClock clock = new HandClock();
    private final List<String> lines = new ArrayList<>();
    private final CameraLog log = new CameraLog("line-1/camera-1", lines::add, lines::add, clock::nanos);

    @Test
    void cameraThatStaysAwayIsToldOnceAndAgainAfterTenMinutes() {
        // Given
        lose(Kind.UNREACHABLE);

        // When
        for (int attempt = 0; attempt < 60; attempt++) {
            clock.advance(Duration.ofSeconds(10));
            lose(Kind.UNREACHABLE);
        }

        // Then
        assertThat(lines)
                .containsExactly(
                        "line-1/camera-1: UNREACHABLE",
                        "line-1/camera-1: UNREACHABLE (and 59 more like it in 10 minutes)");
    }

    @Test
    void otherTroubleIsToldAtOnce() {
        // Given
        lose(Kind.UNREACHABLE);

        // When
        lose(Kind.REFUSED);

        // Then
        assertThat(lines).containsExactly("line-1/camera-1: UNREACHABLE", "line-1/camera-1: REFUSED");
    }

    @Test
    void sameTroubleAfterAConnectionIsToldAtOnce() {
        // Given
        lose(Kind.ENDED);
        log.connected(StreamFormat.JPEGS);

        // When
        lose(Kind.ENDED);

        // Then
        assertThat(lines)
                .containsExactly(
                        "line-1/camera-1: ENDED", "line-1/camera-1 is connected: mjpeg", "line-1/camera-1: ENDED");
    }

    private void lose(Kind kind) {
        log.lost(new CameraFault(kind, kind.name()));
    }
}
