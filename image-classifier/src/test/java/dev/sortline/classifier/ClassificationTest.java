// SPDX-License-Identifier: Apache-2.0
package dev.sortline.classifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class ClassificationTest {
    private static final List<String> LABELS = List.of("glass", "metal", "paper");

    @Test
    void knowsTheBestLabelItsConfidenceAndTheGapToTheNext() {
        // When
        Classification seen = new Classification(LABELS, new float[] {0.25f, 0.625f, 0.125f});

        // Then
        assertThat(seen.label()).isEqualTo("metal");
        assertThat(seen.confidence()).isEqualTo(0.625);
        assertThat(seen.gap()).isEqualTo(0.375);
    }

    @Test
    void givesProbabilitiesInTheOrderOfTheLabels() {
        // When
        Classification seen = new Classification(LABELS, new float[] {0.25f, 0.625f, 0.125f});

        // Then
        assertThat(seen.byLabel().keySet()).containsExactlyElementsOf(LABELS);
        assertThat(seen.byLabel().get("paper")).isCloseTo(0.125, within(1e-9));
    }

    @Test
    void cannotBeChangedThroughItsArrays() {
        // Given
        float[] given = {0.25f, 0.625f, 0.125f};
        Classification seen = new Classification(LABELS, given);

        // When
        given[0] = 1;
        seen.probabilities()[0] = 1;

        // Then
        assertThat(seen.probabilities()[0]).isEqualTo(0.25f);
    }

    @Test
    void refusesAFamiliarityThatIsNoShare() {
        // Then
        assertThatThrownBy(() -> new Classification(LABELS, new float[] {0.25f, 0.625f, 0.125f}, 1.1))
                .hasMessage("familiarity must be 0..1, but is 1.1");
    }

    @Test
    void refusesWhatIsNoDistribution() {
        // Then
        assertThatThrownBy(() -> new Classification(LABELS, new float[] {0.5f, 0.5f}))
                .hasMessageContaining("3 and 2");
        assertThatThrownBy(() -> new Classification(LABELS, new float[] {0.5f, 0.6f, 0.5f}))
                .hasMessageContaining("sum to 1");
        assertThatThrownBy(() -> new Classification(LABELS, new float[] {Float.NaN, 0.5f, 0.5f}))
                .hasMessageContaining("glass");
    }
}
