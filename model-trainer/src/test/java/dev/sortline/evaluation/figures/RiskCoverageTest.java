// SPDX-License-Identifier: Apache-2.0
package dev.sortline.evaluation.figures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sortline.evaluation.figures.RiskCoverage.Point;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

class RiskCoverageTest {

    @Test
    void answersTheSurestFirst() {
        // Given
        List<Prediction> predictions = new Predictions()
                .add(1, "glass", "metal", 0.5)
                .add(1, "glass", "glass", 0.9)
                .add(1, "metal", "metal", 0.7)
                .add(1, "metal", "glass", 0.8)
                .list();

        // When
        RiskCoverage curve = RiskCoverage.of(predictions);

        // Then
        assertThat(curve.points())
                .containsExactly(
                        new Point(0.25, 1, 0.9),
                        new Point(0.5, 0.5, 0.8),
                        new Point(0.75, 2 / 3.0, 0.7),
                        new Point(1, 0.5, 0.5));
        assertThat(curve.aurc()).isCloseTo((0 + 1 / 2.0 + 1 / 3.0 + 1 / 2.0) / 4, within(1e-12));
    }

    @Test
    void takesAnswersOfTheSameConfidenceTogether() {
        // Given
        List<Prediction> predictions = new Predictions()
                .add(2, "glass", "glass", 0.9)
                .add(2, "glass", "metal", 0.9)
                .list();

        // When
        RiskCoverage curve = RiskCoverage.of(predictions);

        // Then
        assertThat(curve.points()).containsExactly(new Point(1, 0.5, 0.9));
    }

    @Test
    void thinsALongCurveButKeepsItsEndsAndEachHundredth() {
        // Given
        Predictions predictions = new Predictions();
        for (int i = 1; i <= 2000; i++) {
            predictions.add(1, "glass", i % 10 == 0 ? "metal" : "glass", i / 2000.0);
        }

        // When
        RiskCoverage curve = RiskCoverage.of(predictions.list());

        // Then
        assertThat(curve.points()).hasSize(101).isSortedAccordingTo(Comparator.comparingDouble(Point::coverage));
        assertThat(curve.points().get(0)).isEqualTo(new Point(1 / 2000.0, 0, 1));
        assertThat(curve.points().get(100)).isEqualTo(new Point(1, 0.9, 1 / 2000.0));
        assertThat(curve.at(0.9)).isEqualTo(new Point(0.9, 0.9, 201 / 2000.0));
    }
}
