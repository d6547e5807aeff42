// SPDX-License-Identifier: Apache-2.0
package dev.sortline.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class MedianOfTurnsTest {

    @Test
    void medianIsTheMiddleOfAnOddNumber() {
        // Given
        List<Double> figures = List.of(9.0, 1.0, 4.0);

        // When
        MedianOfTurns turns = MedianOfTurns.of(figures);

        // Then
        assertThat(turns).isEqualTo(new MedianOfTurns(4.0, figures));
    }

    @Test
    void medianIsTheMeanOfTheTwoInTheMiddleOfAnEvenNumber() {
        // Given
        List<Double> figures = List.of(9.0, 1.0, 4.0, 5.0);

        // When
        MedianOfTurns turns = MedianOfTurns.of(figures);

        // Then
        assertThat(turns.median()).isEqualTo(4.5);
    }

    @Test
    void ratioIsTakenTurnByTurn() {
        // Given: the second turn was slow for both
        MedianOfTurns one = MedianOfTurns.of(List.of(90.0, 8.0, 100.0));
        MedianOfTurns other = MedianOfTurns.of(List.of(100.0, 10.0, 100.0));

        // When
        double ratio = one.ratioTo(other);

        // Then
        assertThat(ratio).isEqualTo(0.9);
    }

    @Test
    void nothingHasNoMedian() {
        // Given
        List<Double> nothing = List.of();

        // When
        var attempt = assertThatThrownBy(() -> MedianOfTurns.of(nothing));

        // Then
        attempt.isInstanceOf(IllegalArgumentException.class).hasMessageContaining("turns is empty");
    }
}
