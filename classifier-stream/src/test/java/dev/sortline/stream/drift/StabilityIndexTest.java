// SPDX-License-Identifier: Apache-2.0
package dev.sortline.stream.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StabilityIndexTest {
    private static final List<String> LABELS = List.of("glass", "metal");

    @Test
    void sharesAsTheyWereHaveAnIndexOfZero() {
        // When
        double index = StabilityIndex.of(
                LABELS, Map.of("glass", 0.25, "metal", 0.75)::get, Map.of("glass", 0.25, "metal", 0.75));

        // Then
        assertThat(index).isZero();
    }

    /** (0.5 - 0.25) ln(0.5 / 0.25) + (0.5 - 0.75) ln(0.5 / 0.75). */
    @Test
    void sharesThatMovedHaveTheIndexOfTheDefinition() {
        // When
        double index = StabilityIndex.of(
                LABELS, Map.of("glass", 0.5, "metal", 0.5)::get, Map.of("glass", 0.25, "metal", 0.75));

        // Then
        assertThat(index).isEqualTo(0.274653, within(1e-6));
    }

    @Test
    void aLabelThatWasNeverSeenIsFarButNotInfinitelyFar() {
        // When
        double index = StabilityIndex.of(LABELS, Map.of("glass", 0.5, "metal", 0.5)::get, Map.of("metal", 1.0));

        // Then
        assertThat(index).isBetween(3.0, 4.0);
    }

    @Test
    void sharesThatAreNotKnownHaveNoIndex() {
        // When
        double index = StabilityIndex.of(LABELS, label -> Double.NaN, Map.of("glass", 0.5, "metal", 0.5));

        // Then
        assertThat(index).isNaN();
    }
}
