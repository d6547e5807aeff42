// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PaceTest {
    private static final long START = -123;

    @Test
    void intervalThatIsNoWholeNumberDoesNotDrift() {
        // Given
        var pace = new Pace(3, START);
        long now = START;

        // When
        for (int frame = 0; frame <= 30_000; frame++) {
            now += pace.untilNext(now);
        }

        // Then
        assertThat(now - START).isEqualTo(Duration.ofSeconds(10_000).toNanos());
    }

    @Test
    void shortDelayIsCaughtUp() {
        // Given
        var pace = new Pace(10, START);
        pace.untilNext(START);

        // When
        long late = pace.untilNext(START + millis(130));
        long next = pace.untilNext(START + millis(130));

        // Then
        assertThat(late).isZero();
        assertThat(next).isEqualTo(millis(70));
    }

    @Test
    void longDelayMovesWhatFollowsInsteadOfMakingABurst() {
        // Given
        var pace = new Pace(10, START);
        pace.untilNext(START);

        // When
        long late = pace.untilNext(START + millis(5000));
        long next = pace.untilNext(START + millis(5000));

        // Then
        assertThat(late).isZero();
        assertThat(next).isEqualTo(millis(100));
    }

    private static long millis(int millis) {
        return Duration.ofMillis(millis).toNanos();
    }
}
