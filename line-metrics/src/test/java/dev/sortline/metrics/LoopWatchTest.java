// SPDX-License-Identifier: Apache-2.0
package dev.sortline.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LoopWatchTest {
    private final AtomicLong now = new AtomicLong(5);
    private final LoopWatch watch = new LoopWatch(now::get);

    @Test
    void theLongestTimeBetweenTwoTurnsIsTold() {
        // When
        turnAfter(20);
        turnAfter(700);
        turnAfter(30);

        // Then
        assertThat(watch.worstSeconds()).isEqualTo(0.7);
    }

    @Test
    void aLoopThatStandsIsSeenWhileItStands() {
        // Given
        turnAfter(20);

        // When
        pass(Duration.ofSeconds(3));

        // Then
        assertThat(watch.worstSeconds()).isEqualTo(3);
    }

    @Test
    void whatIsMoreThanAMinuteAgoIsForgotten() {
        // Given
        turnAfter(900);

        // When
        for (int i = 0; i < 6_100; i++) {
            turnAfter(10);
        }

        // Then
        assertThat(watch.worstSeconds()).isEqualTo(0.01);
    }

    @Test
    void aStallIsStillToldHalfAMinuteLater() {
        // Given
        turnAfter(900);

        // When
        for (int i = 0; i < 3_000; i++) {
            turnAfter(10);
        }

        // Then
        assertThat(watch.worstSeconds()).isEqualTo(0.9);
    }

    @Test
    void aLoopThatStoodForHoursIsToldOfOnce() {
        // Given
        pass(Duration.ofHours(5));
        watch.turn();

        // When
        for (int i = 0; i < 61; i++) {
            turnAfter(1_000);
        }

        // Then
        assertThat(watch.worstSeconds()).isEqualTo(1);
    }

    private void turnAfter(long millis) {
        pass(Duration.ofMillis(millis));
        watch.turn();
    }

    private void pass(Duration time) {
        now.addAndGet(time.toNanos());
    }
}
