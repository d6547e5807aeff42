// SPDX-License-Identifier: Apache-2.0
package dev.sortline.stream.item;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ServiceTimeTest {
    private final ServiceTime serviceTime = new ServiceTime();

    @Test
    void expectsNothingBeforeTheFirstFrame() {
        // When
        Duration expected = serviceTime.expected();

        // Then
        assertThat(expected).isZero();
    }

    @Test
    void expectsWhatFramesTookWhenAllTookTheSame() {
        // When
        IntStream.range(0, 300).forEach(frame -> serviceTime.took(Duration.ofMillis(10)));

        // Then
        assertThat(serviceTime.expected()).isBetween(Duration.ofMillis(10), Duration.ofMillis(11));
    }

    @Test
    void leavesRoomWhereFramesTakeDifferently() {
        // When
        IntStream.range(0, 300).forEach(frame -> serviceTime.took(Duration.ofMillis(frame % 2 == 0 ? 5 : 15)));

        // Then
        assertThat(serviceTime.expected()).isGreaterThan(Duration.ofMillis(15));
    }

    @Test
    void takesUpAnEighthOfANewTimeAndAQuarterOfHowFarItIsOff() {
        // Given
        serviceTime.took(Duration.ofMillis(8));
        Duration afterTheFirst = serviceTime.expected();

        // When
        serviceTime.took(Duration.ofMillis(8));

        // Then
        assertThat(afterTheFirst).isEqualTo(Duration.ofMillis(1 + 4 * 2));
        assertThat(serviceTime.expected()).isEqualTo(Duration.ofNanos(1_875_000 + 4 * 3_250_000));
    }
}
