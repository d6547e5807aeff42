// SPDX-License-Identifier: Apache-2.0
package dev.sortline.stream.gate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LeastItemsTest {
    private final LeastItems items = new LeastItems(1);

    /** Poisson: of n items with one in 2000 to be taken, so few or fewer are taken with 5 %. */
    @ParameterizedTest
    @CsvSource({"5991, -Infinity", "5992, 1", "9487, 1", "9488, 2", "12591, 2", "12592, 3", "15507, 3", "15508, 4"})
    void moreItemsLetMoreOfThemBePassedOver(int count, double bound) {
        // When
        IntStream.rangeClosed(1, count).forEach(i -> items.add(i, true));

        // Then
        assertThat(items.bound()).isEqualTo(bound);
    }

    @Test
    void strictOneAsksForMoreItems() {
        // Given
        var strict = new LeastItems(2);

        // When
        IntStream.rangeClosed(1, 11_983).forEach(i -> strict.add(i, true));
        double early = strict.bound();
        strict.add(5, true);

        // Then
        assertThat(early).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(strict.bound()).isEqualTo(1);
    }

    @Test
    void itemSeenInSeveralFramesIsOneAndAsUnlikeAsInTheLeast() {
        // Given
        IntStream.rangeClosed(1, 9_487).forEach(i -> items.add(10, true));

        // When
        items.add(3, false);
        items.add(2, false);
        items.add(4, false);
        double bound = items.bound();
        items.add(20, true);

        // Then
        assertThat(bound).isEqualTo(2);
        assertThat(items.bound()).isEqualTo(10);
    }

    @Test
    void itemsOfLongAgoAreForgotten() {
        // Given
        items.add(-10, true);
        IntStream.range(1, LeastItems.GENERATION).forEach(i -> items.add(5, true));

        // When
        IntStream.range(0, LeastItems.GENERATION).forEach(i -> items.add(7, true));
        double remembered = items.bound();
        IntStream.range(0, LeastItems.GENERATION).forEach(i -> items.add(7, true));

        // Then
        assertThat(remembered).isEqualTo(5);
        assertThat(items.bound()).isEqualTo(7);
    }
}
