// SPDX-License-Identifier: Apache-2.0
package dev.sortline.console.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ControlLimitsTest {
    @Test
    void shareMayVaryByThreeStandardDeviationsOfItsSample() {
        // When
        var limits = ControlLimits.ofShare(0.2, 100);

        // Then: 3 √(0.2 · 0.8 / 100) = 3 · 0.04
        assertThat(limits.least()).isCloseTo(0.08, within(1e-12));
        assertThat(limits.most()).isCloseTo(0.32, within(1e-12));
    }

    /** Montgomery's cans of orange juice: 30 samples of 50, mean share 0.2313. */
    @Test
    void limitsAreThoseOfThePublishedExample() {
        // When
        var limits = ControlLimits.ofShare(0.2313, 50);

        // Then
        assertThat(limits.least()).isCloseTo(0.0524, within(1e-4));
        assertThat(limits.most()).isCloseTo(0.4102, within(1e-4));
    }

    @Test
    void firstItemOfAFractionThatNeverCameIsNoTrouble() {
        // When
        var limits = ControlLimits.ofShare(0, 100);

        // Then: as of 5 in 100, 0.05 + 3 √(0.05 · 0.95 / 100) = 0.1154
        assertThat(limits.least()).isZero();
        assertThat(limits.most()).isCloseTo(0.1154, within(1e-4));
        assertThat(limits.hold(0.01)).isTrue();
        assertThat(limits.hold(0.12)).isFalse();
    }

    @Test
    void fractionThatAlwaysCameMayBeMissedALittle() {
        // When
        var limits = ControlLimits.ofShare(1, 100);

        // Then
        assertThat(limits.least()).isCloseTo(0.8846, within(1e-4));
        assertThat(limits.most()).isEqualTo(1);
    }

    @Test
    void meanMayVaryByThreeStandardErrors() {
        // When
        var limits = ControlLimits.ofMean(0.8, 0.1, 64);

        // Then: 3 · 0.1 / 8
        assertThat(limits.least()).isCloseTo(0.7625, within(1e-12));
        assertThat(limits.most()).isCloseTo(0.8375, within(1e-12));
    }

    @Test
    void equalFiguresAreHeldInSpiteOfRounding() {
        // When
        var limits = ControlLimits.ofMean(0.1 + 0.2, 0, 50);

        // Then
        assertThat(limits.hold(0.3)).isTrue();
    }

    @Test
    void sampleTooSmallForAShareIsRefused() {
        // When, Then
        assertThatThrownBy(() -> ControlLimits.ofShare(0.5, 9)).hasMessageContaining("items is 9");
    }
}
