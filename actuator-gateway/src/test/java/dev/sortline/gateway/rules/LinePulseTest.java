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

class LinePulseTest {
    private static final Duration WATCHDOG = Duration.ofSeconds(2);

    private final HandClock clock = new HandClock();
    private final LinePulse pulse = new LinePulse(WATCHDOG, clock.get(), new ClockTrust());

    @ParameterizedTest
    @CsvSource({"0, true", "1999, true", "2000, false"})
    void firstHeartbeatIsWaitedForNoLongerThanForAnyOther(long millisAfterTakeover, boolean waitedFor) {
        // Given
        clock.advanceMillis(millisAfterTakeover);

        // When
        boolean mayBeAlive = pulse.mayBeAlive(clock.get().nanos());

        // Then
        assertThat(mayBeAlive).isEqualTo(waitedFor);
        assertThat(pulse.alive(clock.get().nanos())).isFalse();
    }

    @ParameterizedTest
    @ValueSource(longs = {-500, 0, 500})
    void heartbeatCountsAsLongAsItsClockAgrees(long ageMillis) {
        // When
        boolean counts = pulse.beat(clock.wall().minusMillis(ageMillis), clock.get());

        // Then
        assertThat(counts).isTrue();
        assertThat(pulse.alive(clock.get().nanos())).isTrue();
    }

    @ParameterizedTest
    @ValueSource(longs = {-501, 501})
    void heartbeatByAnotherClockCountsForNothing(long ageMillis) {
        // When
        boolean counts = pulse.beat(clock.wall().minusMillis(ageMillis), clock.get());

        // Then
        assertThat(counts).isFalse();
        assertThat(pulse.alive(clock.get().nanos())).isFalse();
    }

    @Test
    void heartbeatThatWasHeldUpCountsFromWhenItWasSent() {
        // Given
        clock.advanceMillis(1_000);
        Instant sentAt = clock.wall().minusMillis(400);

        // When
        pulse.beat(sentAt, clock.get());

        // Then
        clock.advanceMillis(1_599);
        assertThat(pulse.alive(clock.get().nanos())).isTrue();
        clock.advanceMillis(1);
        assertThat(pulse.alive(clock.get().nanos())).isFalse();
    }

    @Test
    void heartbeatThatIsAheadCountsFromWhenItCame() {
        // When
        pulse.beat(clock.wall().plusMillis(400), clock.get());

        // Then
        assertThat(pulse.aliveUntilNanos() - clock.get().nanos()).isEqualTo(WATCHDOG.toNanos());
    }

    @Test
    void firstHeartbeatCountsEvenWhereWaitingForItWouldLastLonger() {
        // Given
        Instant sentAt = clock.wall().minusMillis(400);

        // When
        pulse.beat(sentAt, clock.get());

        // Then
        assertThat(pulse.aliveUntilNanos() - clock.get().nanos())
                .isEqualTo(WATCHDOG.minusMillis(400).toNanos());
    }

    @Test
    void heartbeatThatWasOvertakenTakesNothingFromTheLaterOne() {
        // Given
        pulse.beat(clock.wall(), clock.get());

        // When
        pulse.beat(clock.wall().minusMillis(400), clock.get());

        // Then
        assertThat(pulse.aliveUntilNanos() - clock.get().nanos()).isEqualTo(WATCHDOG.toNanos());
    }
}
