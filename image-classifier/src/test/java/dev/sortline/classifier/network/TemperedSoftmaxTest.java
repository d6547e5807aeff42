// SPDX-License-Identifier: Apache-2.0
package dev.sortline.classifier.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.sortline.classifier.model.NetworkOutput;
import dev.sortline.classifier.model.Temperature;
import org.junit.jupiter.api.Test;

class TemperedSoftmaxTest {
    private static final float[] LOGITS = {1f, 3f, 2f};

    @Test
    void isThePlainSoftmaxAtTemperatureOne() {
        // When
        float[] probabilities = probabilities(NetworkOutput.LOGITS, 1, LOGITS);

        // Then: e^1, e^3, e^2 over their sum
        assertThat(probabilities).containsExactly(new float[] {0.0900306f, 0.6652410f, 0.2447285f}, within(1e-6f));
    }

    @Test
    void evensOutAsTheTemperatureRises() {
        // When
        float[] probabilities = probabilities(NetworkOutput.LOGITS, 2, LOGITS);

        // Then: e^0.5, e^1.5, e^1 over their sum
        assertThat(probabilities).containsExactly(new float[] {0.1863237f, 0.5064804f, 0.3071959f}, within(1e-6f));
    }

    @Test
    void temperatureWorksOnProbabilitiesAsOnTheLogitsBehindThem() {
        // Given
        float[] probabilities = probabilities(NetworkOutput.LOGITS, 1, LOGITS);

        // When
        float[] tempered = probabilities(NetworkOutput.PROBABILITIES, 2, probabilities);

        // Then
        assertThat(tempered).containsExactly(probabilities(NetworkOutput.LOGITS, 2, LOGITS), within(1e-6f));
    }

    @Test
    void staysFiniteForTheLargestScoresAndForCertainty() {
        // When
        float[] ofLogits = probabilities(NetworkOutput.LOGITS, 0.05, new float[] {1e30f, -1e30f});
        float[] ofCertainty = probabilities(NetworkOutput.PROBABILITIES, 1, new float[] {1, 0});

        // Then
        assertThat(ofLogits).containsExactly(1, 0);
        assertThat(ofCertainty).containsExactly(new float[] {1, 0}, within(1e-6f));
    }

    @Test
    void refusesScoresThatOnlyABrokenNetworkGives() {
        // Then
        assertThatThrownBy(() -> probabilities(NetworkOutput.LOGITS, 1, new float[] {1, Float.NaN}))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("NaN");
    }

    @Test
    void evensOutAsAPictureBecomesLessFamiliar() {
        // Given
        var softmax = new TemperedSoftmax(NetworkOutput.LOGITS, new Temperature(1, 2));

        // Then: halfway in the inverse of the temperature, at 4/3
        assertThat(softmax.probabilities(LOGITS, 1.0)).containsExactly(probabilities(NetworkOutput.LOGITS, 1, LOGITS));
        assertThat(softmax.probabilities(LOGITS, 0.0)).containsExactly(probabilities(NetworkOutput.LOGITS, 2, LOGITS));
        assertThat(softmax.probabilities(LOGITS, 0.5))
                .containsExactly(probabilities(NetworkOutput.LOGITS, 4.0 / 3, LOGITS), within(1e-6f));
        assertThat(softmax.probabilities(LOGITS, null)).containsExactly(probabilities(NetworkOutput.LOGITS, 1, LOGITS));
    }

    private static float[] probabilities(NetworkOutput output, double temperature, float[] scores) {
        return new TemperedSoftmax(output, new Temperature(temperature)).probabilities(scores, null);
    }
}
