// SPDX-License-Identifier: Apache-2.0
package dev.sortline.trainer.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TemperatureScalingTest {
    @Test
    void makesConfidenceEqualToHowOftenTheNetworkIsRight() {
        // Given: logits 4 and 0, that is sure to 98 %, but right three times in four only
        List<double[]> logits = new ArrayList<>();
        List<Integer> truths = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            logits.add(new double[] {4, 0});
            truths.add(i % 4 == 0 ? 1 : 0);
        }

        // When
        double temperature = TemperatureScaling.fit(logits, truths);

        // Then: 1 / (1 + exp(-4 / t)) = 3 / 4
        assertThat(temperature).isCloseTo(4 / Math.log(3), within(1e-3));
    }

    @Test
    void lossIsTheMeanNegativeLogarithmOfTheTruthsProbability() {
        // When
        double loss = TemperatureScaling.meanLoss(
                List.of(new double[] {0, 0}, new double[] {Math.log(3), 0}), List.of(0, 0), 1);

        // Then: probabilities 1/2 and 3/4
        assertThat(loss).isCloseTo(-(Math.log(0.5) + Math.log(0.75)) / 2, within(1e-12));
    }

    @Test
    void staysWithinItsRangeWhereNothingIsEverWrong() {
        // When
        double temperature = TemperatureScaling.fit(List.of(new double[] {1, 0}), List.of(0));

        // Then
        assertThat(temperature).isCloseTo(0.1, within(1e-3));
    }

    /** The minimum that SciPy 1.17.1 finds: {@code scipy.optimize.minimize_scalar(loss, bounds=(0.1, 10), method='bounded')}. */
    @Test
    void findsTheMinimumThatSciPyFinds() {
        // Given
        List<double[]> logits = List.of(
                new double[] {2, 1, -1},
                new double[] {0.5, 2.5, 0},
                new double[] {3, -2, 1},
                new double[] {1, 1.5, 0.2},
                new double[] {-1, 0.3, 2.2},
                new double[] {0.4, 0.1, 1.9},
                new double[] {2.2, 2, 0.1},
                new double[] {1.1, -0.7, 0.6});
        List<Integer> truths = List.of(0, 1, 0, 0, 2, 1, 1, 0);

        // When
        double temperature = TemperatureScaling.fit(logits, truths);

        // Then
        assertThat(temperature).isCloseTo(0.93754975, within(1e-5));
        assertThat(TemperatureScaling.meanLoss(logits, truths, temperature)).isCloseTo(0.6924360224, within(1e-9));
    }
}
