// SPDX-License-Identifier: Apache-2.0
package dev.sortline.gateway.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sortline.gateway.firing.HandClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StepDetectorTest {
    private final HandClock clock = new HandClock();
    private final StepDetector detector = new StepDetector(clock.get());

    @ParameterizedTest
    @CsvSource({
        "3600000000000, true",
        "10000001, true",
        "10000000, false",
        "0, false",
        "-10000000, false",
        "-10000001, true",
        "-3600000000000, true"
    })
    void clockIsSetWhenItMovesByMoreThanTenMillisecondsOfItself(long nanos, boolean step) {
        // Given
        clock.advanceMillis(1_000);
        clock.set(Duration.ofNanos(nanos));

        // When
        boolean noticed = detector.isStep(clock.get());

        // Then
        assertThat(noticed).isEqualTo(step);
    }

    @Test
    void clockThatWasSetIsNoticedOnce() {
        // Given
        clock.set(Duration.ofSeconds(1));
        detector.isStep(clock.get());
        clock.advanceMillis(100);

        // When
        boolean again = detector.isStep(clock.get());

        // Then
        assertThat(again).isFalse();
    }

    @Test
    void slewingDoesNotAddUpToAStep() {
        // Given
        for (int reading = 0; reading < 100; reading++) {
            clock.advanceMillis(100);
            clock.set(Duration.ofMillis(1));
            detector.isStep(clock.get());
        }
        clock.set(Duration.ofMillis(1));

        // When
        boolean noticed = detector.isStep(clock.get());

        // Then
        assertThat(noticed).isFalse();
    }
}
