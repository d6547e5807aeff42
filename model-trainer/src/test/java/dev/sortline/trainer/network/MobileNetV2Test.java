// SPDX-License-Identifier: Apache-2.0
package dev.sortline.trainer.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class MobileNetV2Test {

    @Test
    void isAsWideAsTheMultiplierSays() {
        // When
        Map<String, NpyArray> full = MobileNetV2.ofWidth(1, 7, 1).initialWeights();
        Map<String, NpyArray> narrow = MobileNetV2.ofWidth(0.35, 7, 1).initialWeights();

        // Then: the shapes of the authors' own checkpoints
        assertThat(full.get("b16_project_kernel").shape()).containsExactly(1, 1, 960, 320);
        assertThat(narrow.get("stem_kernel").shape()).containsExactly(3, 3, 3, 16);
        assertThat(narrow.get("b16_project_kernel").shape()).containsExactly(1, 1, 336, 112);
        assertThat(narrow.get("head_kernel").shape()).containsExactly(1, 1, 112, 1280);
        assertThat(narrow.get("classifier_kernel").shape()).containsExactly(1280, 7);
    }

    @Test
    void hasTheParametersOfThePublishedNetwork() {
        // When
        long parameters = MobileNetV2.ofWidth(1, 1000, 1).initialWeights().values().stream()
                .mapToLong(array -> array.values().length)
                .sum();

        // Then: 3.5 million in the paper; with batch normalisation folded 3,487,816
        assertThat(parameters).isEqualTo(3_487_816);
    }

    @Test
    void layersGoFromTheStemToTheClassifier() {
        // Given
        Network network = MobileNetV2.ofWidth(0.35, 2, 1);

        // When
        int[] layers = network.initialWeights().keySet().stream()
                .mapToInt(network::layer)
                .toArray();

        // Then
        assertThat(layers).isSorted().startsWith(0).endsWith(network.lastLayer());
    }
}
