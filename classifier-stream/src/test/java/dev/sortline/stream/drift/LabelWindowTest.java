// SPDX-License-Identifier: Apache-2.0
package dev.sortline.stream.drift;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LabelWindowTest {
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-01-01T00:00:30Z"));
    private final LabelWindow window = new LabelWindow(List.of("glass", "metal"), now::get);

    @Test
    void sharesOfFewItemsAreNotTold() {
        // When
        add("glass", LabelWindow.FEWEST_ITEMS - 1);

        // Then
        assertThat(window.share("glass")).isNaN();
    }

    @Test
    void sharesAreOfTheItemsOfTheLastHour() {
        // Given
        add("glass", 500);
        pass(Duration.ofMinutes(60));

        // When
        add("metal", 75);
        add("glass", 25);

        // Then
        assertThat(window.share("metal")).isEqualTo(0.75);
        assertThat(window.share("glass")).isEqualTo(0.25);
    }

    @Test
    void whatIsLessThanAnHourAgoCounts() {
        // Given
        add("glass", 100);
        pass(Duration.ofMinutes(59));

        // When
        add("metal", 100);

        // Then
        assertThat(window.share("glass")).isEqualTo(0.5);
    }

    @Test
    void aClockThatIsSetBackDoesNotStopTheCount() {
        // Given
        add("glass", 100);
        pass(Duration.ofHours(-5));

        // When
        add("metal", 100);

        // Then
        assertThat(window.share("metal")).isPositive();
    }

    @Test
    void labelsThatTheModelHasNotAreNotCounted() {
        // Given
        add("glass", 100);

        // When
        add("gold", 100);

        // Then
        assertThat(window.share("glass")).isEqualTo(1);
        assertThat(window.share("gold")).isZero();
    }

    private void add(String label, int times) {
        IntStream.range(0, times).forEach(each -> window.add(label));
    }

    private void pass(Duration time) {
        now.updateAndGet(before -> before.plus(time));
    }
}
