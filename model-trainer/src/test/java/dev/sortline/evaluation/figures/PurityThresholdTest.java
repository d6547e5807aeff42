// SPDX-License-Identifier: Apache-2.0
package dev.sortline.evaluation.figures;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PurityThresholdTest {

    @Test
    void isTheLeastConfidenceThatIsPureEnoughAndSaysWhatItRestsOn() {
        // Given
        List<Prediction> predictions = new Predictions()
                .add(50, "glass", "glass", 0.95)
                .add(1, "metal", "glass", 0.9)
                .add(49, "glass", "glass", 0.8)
                .add(1, "metal", "glass", 0.7)
                .list();

        // When
        PurityThreshold least = PurityThreshold.of(predictions, 110).orElseThrow();

        // Then
        assertThat(least).isEqualTo(new PurityThreshold(0.8, 100, 0.99, Interval.wilson(99, 100), 0.9));
    }

    @Test
    void isAbsentWhereNoConfidenceIsPureEnough() {
        // Given
        List<Prediction> predictions = new Predictions()
                .add(1, "metal", "glass", 0.9)
                .add(50, "glass", "glass", 0.8)
                .list();

        // When
        Optional<PurityThreshold> least = PurityThreshold.of(predictions, 50);

        // Then
        assertThat(least).isEmpty();
    }

    @Test
    void doesNotPartAnswersOfTheSameConfidence() {
        // Given
        List<Prediction> predictions = new Predictions()
                .add(5, "glass", "glass", 0.9)
                .add(1, "metal", "glass", 0.9)
                .list();

        // When
        Optional<PurityThreshold> least = PurityThreshold.of(predictions, 5);

        // Then
        assertThat(least).isEmpty();
    }
}
