// SPDX-License-Identifier: Apache-2.0
package dev.sortline.stream.item;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sortline.sorting.Lines;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** On a belt whose nearest ejector's deadline is 465 ms after capture and whose furthest is 1965 ms after it. */
class AgeLimitTest {
    private static final Duration SERVICE = Duration.ofMillis(20);

    private final ServiceTime serviceTime = new ServiceTime();
    private final AgeLimit limit = new AgeLimit(Lines.BELT, serviceTime);
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    void takesAFrameWhoseAnswerReachesTheFurthestEjector() {
        // Given
        settle();

        // When
        boolean exceeded = refuses(Duration.ofMillis(1900));

        // Then
        assertThat(exceeded).isFalse();
    }

    @Test
    void refusesAFrameWhoseAnswerWouldComeTooLateForAnyEjector() {
        // Given
        settle();

        // When
        boolean exceeded = refuses(Duration.ofMillis(1950));

        // Then
        assertThat(exceeded).isTrue();
    }

    @Test
    void takesOnlyFreshFramesOnceADelayStays() {
        // Given
        settle();
        refuses(Duration.ofMillis(600));
        pass(AgeLimit.PASSING);

        // When
        boolean exceeded = refuses(Duration.ofMillis(600));

        // Then
        assertThat(exceeded).isTrue();
        assertThat(refuses(Duration.ofMillis(200))).isTrue();
        assertThat(refuses(Duration.ofMillis(90))).isFalse();
    }

    @Test
    void seesADelayThatStaysBeforeAnyAnswerIsTooLate() {
        // Given
        settle();
        refuses(Duration.ofMillis(400));
        pass(AgeLimit.PASSING);

        // When
        boolean exceeded = refuses(Duration.ofMillis(400));

        // Then
        assertThat(exceeded).isTrue();
    }

    @Test
    void worksOffADelayThatPasses() {
        // Given
        settle();
        refuses(Duration.ofMillis(1800));
        pass(AgeLimit.PASSING.minusMillis(100));
        refuses(Duration.ofMillis(300));
        pass(Duration.ofMillis(200));

        // When
        boolean exceeded = refuses(Duration.ofMillis(1800));

        // Then
        assertThat(exceeded).isFalse();
    }

    @Test
    void endsItsStrictnessWhenFramesComeFreshAgain() {
        // Given
        settle();
        refuses(Duration.ofMillis(600));
        pass(AgeLimit.PASSING);
        refuses(Duration.ofMillis(600));
        refuses(Duration.ofMillis(10));

        // When
        boolean exceeded = refuses(Duration.ofMillis(600));

        // Then
        assertThat(exceeded).isFalse();
    }

    @Test
    void takesFreshFramesAlsoAfterOneThatTookVeryLong() {
        // Given
        serviceTime.took(Duration.ofSeconds(30));

        // When
        boolean exceeded = refuses(Duration.ofMillis(200));

        // Then
        assertThat(exceeded).isFalse();
    }

    @Test
    void takesAFrameWhoseAnswerJustReachesTheFurthestEjector() {
        // Given
        var furthest = Duration.ofMillis(1965);

        // When
        boolean exceeded = refuses(furthest);

        // Then
        assertThat(exceeded).isFalse();
        assertThat(refuses(furthest.plusNanos(1))).isTrue();
    }

    @Test
    void takesNoDelayForOneThatLeavesAQuarterOfTheNearestEjectorsTime() {
        // Given
        var threeQuarters = Duration.ofNanos(348_750_000);
        refuses(threeQuarters);
        pass(AgeLimit.PASSING);

        // When
        boolean exceeded = refuses(threeQuarters);

        // Then
        assertThat(exceeded).isFalse();
    }

    @Test
    void takesADelayForOneThatStaysOnceItHasLastedLongEnough() {
        // Given
        var delay = Duration.ofNanos(348_750_001);
        refuses(delay);
        pass(AgeLimit.PASSING.minusNanos(1));

        // When
        boolean exceeded = refuses(delay);

        // Then
        assertThat(exceeded).isFalse();
        pass(Duration.ofNanos(1));
        assertThat(refuses(delay)).isTrue();
    }

    @Test
    void takesForFreshWhatIsNoOlderThanAQuarterOfTheNearestEjectorsTime() {
        // Given
        overload();
        var quarter = Duration.ofNanos(116_250_000);

        // When
        boolean exceeded = refuses(quarter);

        // Then
        assertThat(exceeded).isFalse();
        assertThat(refuses(quarter.plusNanos(1))).isTrue();
    }

    @Test
    void endsItsStrictnessOnlyWhenFramesAreTwiceAsFreshAsNeeded() {
        // Given
        overload();
        var eighth = Duration.ofNanos(58_125_000);
        refuses(eighth.plusNanos(1));
        boolean before = refuses(Duration.ofMillis(300));

        // When
        refuses(eighth);

        // Then
        assertThat(before).isTrue();
        assertThat(refuses(Duration.ofMillis(300))).isFalse();
    }

    @Test
    void givesSlowFramesTwiceTheirTime() {
        // Given
        for (int i = 0; i < 300; i++) {
            serviceTime.took(Duration.ofMillis(100));
        }
        overload();

        // When
        boolean exceeded = refuses(Duration.ofMillis(102));

        // Then
        assertThat(exceeded).isTrue();
        assertThat(refuses(Duration.ofMillis(98))).isFalse();
    }

    /** A delay that stays. */
    private void overload() {
        refuses(Duration.ofMillis(600));
        pass(AgeLimit.PASSING);
        refuses(Duration.ofMillis(600));
    }

    /** The service time after many frames that took the same. */
    private void settle() {
        for (int i = 0; i < 200; i++) {
            serviceTime.took(SERVICE);
        }
    }

    private boolean refuses(Duration age) {
        return limit.isExceededBy(age, now);
    }

    private void pass(Duration time) {
        now = now.plus(time);
    }
}
