// SPDX-License-Identifier: Apache-2.0
package dev.sortline.classifier.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.sortline.classifier.model.NetworkOutput;
import org.junit.jupiter.api.Test;

class TemperedSoftmaxTest {
    private static final float[] LOGITS = {1f, 3f, 2f};

    @Test
    void isThePlainSoftmaxAtTemperatureOne() {
        // When
        float[] probabilities = new TemperedSoftmax(NetworkOutput.LOGITS, 1).probabilities(LOGITS);

        // Then: e^1, e^3, e^2 over their sum
        assertThat(probabilities).containsExactly(new float[] {0.0900306f, 0.6652410f, 0.2447285f}, within(1e-6f));
    }

    @Test
    void evensOutAsTheTemperatureRises() {
        // When
        float[] probabilities = new TemperedSoftmax(NetworkOutput.LOGITS, 2).probabilities(LOGITS);

        // Then: e^0.5, e^1.5, e^1 over their sum
        assertThat(probabilities).containsExactly(new float[] {0.1863237f, 0.5064804f, 0.3071959f}, within(1e-6f));
    }

    @Test
    void temperatureWorksOnProbabilitiesAsOnTheLogitsBehindThem() {
        // Given
        float[] probabilities = new TemperedSoftmax(NetworkOutput.LOGITS, 1).probabilities(LOGITS);

        // When
        float[] tempered = new TemperedSoftmax(NetworkOutput.PROBABILITIES, 2).probabilities(probabilities);

        // Then
        assertThat(tempered)
                .containsExactly(new TemperedSoftmax(NetworkOutput.LOGITS, 2).probabilities(LOGITS), within(1e-6f));
    }

    @Test
    void staysFiniteForTheLargestScoresAndForCertainty() {
        // When
        float[] ofLogits = new TemperedSoftmax(NetworkOutput.LOGITS, 0.05).probabilities(new float[] {1e30f, -1e30f});
        float[] ofCertainty = new TemperedSoftmax(NetworkOutput.PROBABILITIES, 1).probabilities(new float[] {1, 0});

        // Then
        assertThat(ofLogits).containsExactly(1, 0);
        assertThat(ofCertainty).containsExactly(new float[] {1, 0}, within(1e-6f));
    }

    @Test
    void refusesScoresThatOnlyABrokenNetworkGives() {
        // Then
        assertThatThrownBy(() -> new TemperedSoftmax(NetworkOutput.LOGITS, 1).probabilities(new float[] {1, Float.NaN}))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("NaN");
    }
}
