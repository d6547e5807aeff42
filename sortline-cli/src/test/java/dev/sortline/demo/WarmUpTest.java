// SPDX-License-Identifier: Apache-2.0
package dev.sortline.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sortline.gateway.rules.EventFate;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WarmUpTest {
    private final WarmUp warmUp = new WarmUp();

    @Test
    void isOverOnceShotsHaveLeftInTimeForTwoSeconds() {
        // Given
        warmUp.isOver(Duration.ofSeconds(1), 0, firings(0, 0, 0));
        warmUp.isOver(Duration.ofSeconds(2), 0, firings(3, 0, 0));
        boolean early = warmUp.isOver(Duration.ofSeconds(3), 0, firings(9, 0, 0));

        // When
        boolean over = warmUp.isOver(Duration.ofSeconds(4), 0, firings(15, 0, 0));

        // Then
        assertThat(early).isFalse();
        assertThat(over).isTrue();
    }

    @Test
    void goesOnWhileNoShotLeaves() {
        // Given
        warmUp.isOver(Duration.ofSeconds(2), 0, firings(0, 0, 0));

        // When
        boolean over = warmUp.isOver(Duration.ofSeconds(10), 0, firings(0, 0, 0));

        // Then
        assertThat(over).isFalse();
    }

    @Test
    void beginsAgainWithEachShotThatComesTooLate() {
        // Given
        warmUp.isOver(Duration.ofSeconds(2), 0, firings(3, 1, 0));
        warmUp.isOver(Duration.ofSeconds(3), 0, firings(5, 1, 0));

        // When
        boolean over = warmUp.isOver(Duration.ofSeconds(5), 0, firings(9, 2, 0));

        // Then
        assertThat(over).isFalse();
        assertThat(warmUp.isOver(Duration.ofSeconds(6), 0, firings(12, 2, 0))).isFalse();
        assertThat(warmUp.isOver(Duration.ofSeconds(8), 0, firings(20, 2, 0))).isTrue();
    }

    @Test
    void beginsAgainWithEachShotThatStaysOut() {
        // Given
        warmUp.isOver(Duration.ofSeconds(2), 0, firings(3, 0, 0));

        // When
        boolean over = warmUp.isOver(Duration.ofSeconds(4), 0, firings(9, 0, 1));

        // Then
        assertThat(over).isFalse();
    }

    @Test
    void beginsAgainWithEachFrameThatIsDecidedTooLate() {
        // Given
        warmUp.isOver(Duration.ofSeconds(2), 0, firings(3, 0, 0));

        // When
        boolean over = warmUp.isOver(Duration.ofSeconds(4), 1, firings(9, 0, 0));

        // Then
        assertThat(over).isFalse();
    }

    private static Map<EventFate, Long> firings(long fired, long late, long undelivered) {
        return Map.of(EventFate.FIRED, fired, EventFate.LATE, late, EventFate.UNDELIVERED, undelivered);
    }
}
