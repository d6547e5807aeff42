// SPDX-License-Identifier: Apache-2.0
package dev.sortline.evaluation.figures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class CalibrationTest {

    @Test
    void weighsTheGapOfEachBinByItsPictures() {
        // Given
        List<Prediction> predictions = new Predictions()
                .add(6, "glass", "glass", 0.9)
                .add(2, "glass", "metal", 0.9)
                .add(1, "glass", "glass", 0.5)
                .add(1, "glass", "metal", 0.5)
                .list();

        // When
        Calibration calibration = Calibration.of(predictions);

        // Then
        assertThat(calibration.ece()).isCloseTo(0.8 * (0.9 - 0.75), within(1e-12));
        assertThat(calibration.bins()).extracting(Calibration.Bin::images).containsExactly(2, 8);
        assertThat(calibration.bins().get(1).accuracy()).isEqualTo(0.75);
        assertThat(calibration.bins().get(1).confidence()).isCloseTo(0.9, within(1e-12));
    }

    @Test
    void isZeroWhereConfidencesAreTrue() {
        // Given
        List<Prediction> predictions = new Predictions()
                .add(3, "glass", "glass", 0.75)
                .add(1, "glass", "metal", 0.75)
                .list();

        // When
        Calibration calibration = Calibration.of(predictions);

        // Then
        assertThat(calibration.ece()).isCloseTo(0, within(1e-12));
    }

    @Test
    void takesConfidencesAtBothEnds() {
        // Given
        List<Prediction> predictions = new Predictions()
                .add(1, "glass", "glass", 1)
                .add(1, "glass", "metal", 0)
                .list();

        // When
        Calibration calibration = Calibration.of(predictions);

        // Then
        assertThat(calibration.bins()).extracting(Calibration.Bin::from).containsExactly(0.0, 14 / 15.0);
    }

    /**
     * The example in the documentation of TorchMetrics 1.x for {@code BinaryCalibrationError(norm='l1')}: 0.2900, of two bins and of any
     * larger number.
     */
    @Test
    void isWhatTorchMetricsComputes() {
        // Given
        List<Prediction> predictions = new Predictions()
                .add(2, "glass", "metal", 0.25)
                .add(1, "glass", "glass", 0.55)
                .add(2, "glass", "glass", 0.75)
                .list();

        // When
        Calibration calibration = Calibration.of(predictions);

        // Then
        assertThat(calibration.ece()).isCloseTo(0.29, within(1e-12));
    }
}
