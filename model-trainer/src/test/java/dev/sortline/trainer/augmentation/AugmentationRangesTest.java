// SPDX-License-Identifier: Apache-2.0
package dev.sortline.trainer.augmentation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AugmentationRangesTest {

    @Test
    void halfTheStrengthStraysHalfAsFar() {
        // Given
        AugmentationRanges full = new AugmentationRanges(0.5, 1.5, 0.5, 1, 0.25, 0.125, 0.5, 0.25);

        // When
        AugmentationRanges half = full.times(0.5);

        // Then
        assertThat(half).isEqualTo(new AugmentationRanges(0.75, 1.25, 0.25, 0.5, 0.125, 0.0625, 0.25, 0.125));
    }
}
