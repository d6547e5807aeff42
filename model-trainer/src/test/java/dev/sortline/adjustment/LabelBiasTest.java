// SPDX-License-Identifier: Apache-2.0
package dev.sortline.adjustment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LabelBiasTest {

    @Test
    void isTheLeastByWhichMostAreRight() {
        // Given: the last label is wrong by 0.6, 1.1 and 5, and right by 2
        List<double[]> logits = List.of(
                new double[] {1, 0, 1.6}, new double[] {0, 1, 2.1}, new double[] {0, 0, 5}, new double[] {0, 0, 2});
        List<Integer> truths = List.of(0, 1, 0, 2);

        // Then
        assertThat(LabelBias.fit(logits, truths, Set.of(2))).isEqualTo(1.25);
    }

    @Test
    void isNothingWhereNothingIsToBeGained() {
        // Given
        List<double[]> logits = List.of(new double[] {1, 0}, new double[] {0, 1});

        // Then
        assertThat(LabelBias.fit(logits, List.of(0, 1), Set.of(1))).isZero();
    }

    @Test
    void isTakenFromTheseLabelsAlone() {
        // Then
        assertThat(LabelBias.taken(new double[] {1, 2, 3}, Set.of(0, 2), 0.5)).containsExactly(0.5, 2, 2.5);
    }
}
