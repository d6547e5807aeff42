// SPDX-License-Identifier: Apache-2.0
package dev.sortline.gateway.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sortline.gateway.firing.HandClock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClockTrustTest {
    private final HandClock clock = new HandClock();
    private final ClockTrust trust = new ClockTrust();

    @ParameterizedTest
    @CsvSource({"-1, false", "0, false", "1, true"})
    void clockThatWasSetIsTrustedAfterAHeartbeatThatWasSentSince(long millisSince, boolean trusted) {
        // Given
        trust.clockStepped(clock.get());
        Instant sentAt = clock.wall().plusMillis(millisSince);
        clock.advanceMillis(100);

        // When
        trust.beat(sentAt, clock.get());

        // Then
        assertThat(trust.holds()).isEqualTo(trusted);
    }

    @ParameterizedTest
    @CsvSource({
        "5, 75, false",
        "5, -75, false",
        "5, 26, false",
        "5, 10, true",
        "5, -15, true",
        // It had been wrong, and is set right.
        "80, -75, true",
        "-70, 75, true"
    })
    void clockThatWasSetIsTrustedWhereHeartbeatsSeemToTravelNoLongerThanBefore(
            long ageBefore, long stepMillis, boolean trusted) {
        // Given
        trust.beat(clock.wall().minusMillis(ageBefore), clock.get());
        clock.set(Duration.ofMillis(stepMillis));
        trust.clockStepped(clock.get());
        clock.advanceMillis(1_000);

        // When
        trust.beat(clock.wall().minusMillis(ageBefore + stepMillis), clock.get());

        // Then
        assertThat(trust.holds()).isEqualTo(trusted);
    }

    @Test
    void wayThatBecomesLongerIsLearned() {
        // Given
        trust.beat(clock.wall().minusMillis(5), clock.get());
        for (int second = 0; second < 60; second++) {
            clock.advanceMillis(1_000);
            trust.beat(clock.wall().minusMillis(60), clock.get());
        }
        clock.set(Duration.ofMillis(11));
        trust.clockStepped(clock.get());
        clock.advanceMillis(1_000);

        // When
        trust.beat(clock.wall().minusMillis(71), clock.get());

        // Then
        assertThat(trust.holds()).isTrue();
    }

    @Test
    void heartbeatThatIsHeldUpOnceTakesNothingFromWhatIsUsual() {
        // Given
        trust.beat(clock.wall().minusMillis(5), clock.get());
        clock.advanceMillis(1_000);
        trust.beat(clock.wall().minusMillis(300), clock.get());
        clock.set(Duration.ofMillis(75));
        trust.clockStepped(clock.get());
        clock.advanceMillis(1_000);

        // When
        trust.beat(clock.wall().minusMillis(80), clock.get());

        // Then
        assertThat(trust.holds()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(longs = {-501, 501})
    void heartbeatByAnotherClockTeachesNothing(long ageMillis) {
        // Given
        trust.clockStepped(clock.get());
        clock.advanceMillis(1_000);

        // When
        trust.beat(clock.wall().minusMillis(ageMillis), clock.get());

        // Then
        assertThat(trust.holds()).isFalse();
    }
}
