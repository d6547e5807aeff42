// SPDX-License-Identifier: Apache-2.0
package dev.sortline.stream.shadow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sortline.contract.Frame;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class WaitingFramesTest {
    private final WaitingFrames waiting = new WaitingFrames();

    @Test
    void newestFrameOfALineWins() throws Exception {
        // Given
        var older = frame("line-1", 1);
        var newer = frame("line-1", 2);
        waiting.add(older, false);

        // When
        var gone = waiting.add(newer, false);

        // Then
        assertThat(gone).isSameAs(older);
        assertThat(waiting.take()).isSameAs(newer);
    }

    @Test
    void linesHaveTheirTurnWhateverTheirRates() throws Exception {
        // Given
        waiting.add(frame("line-1", 1), false);
        waiting.add(frame("line-2", 1), false);
        waiting.add(frame("line-1", 2), false);
        var first = waiting.take();
        waiting.add(frame("line-1", 3), false);

        // When
        var second = waiting.take();

        // Then
        assertThat(first.lineId()).isEqualTo("line-1");
        assertThat(second.lineId()).isEqualTo("line-2");
    }

    @Test
    void trialsComeFirstInTheirOrder() throws Exception {
        // Given
        waiting.add(frame("line-1", 1), false);
        waiting.add(frame("try", 1), true);
        waiting.add(frame("try", 2), true);

        // When
        var first = waiting.take();

        // Then
        assertThat(first.id()).isEqualTo("try/camera-1/1");
        assertThat(waiting.take().id()).isEqualTo("try/camera-1/2");
        assertThat(waiting.take().id()).isEqualTo("line-1/camera-1/1");
    }

    @Test
    void oldestTrialGoesWhenTheyAreTooMany() throws Exception {
        // Given
        for (int i = 0; i < WaitingFrames.MOST_TRIALS; i++) {
            assertThat(waiting.add(frame("try", i), true)).isNull();
        }

        // When
        var gone = waiting.add(frame("try", 99), true);

        // Then
        assertThat(gone).isNotNull();
        assertThat(gone.id()).isEqualTo("try/camera-1/0");
        assertThat(waiting.take().id()).isEqualTo("try/camera-1/1");
    }

    private static Frame frame(String line, long sequence) {
        return new Frame(line, "camera-1", sequence, null, Instant.EPOCH, null, "image/jpeg", null, new byte[] {1});
    }
}
