// SPDX-License-Identifier: Apache-2.0
package dev.sortline.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sortline.contract.Decision;
import dev.sortline.stream.SortingPlan.Rule;
import dev.sortline.stream.SortingPlan.Verdict;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SortingPlanTest {
    private final SortingPlan plan = Lines.PLAN;

    @Test
    void sureAnswerGoesToItsLane() {
        // Given
        double confidence = 0.9;

        // When
        var verdict = plan.judge("glass", confidence, 0.85, "residue");

        // Then
        assertThat(verdict).isEqualTo(new Verdict(Decision.SORT, "glass", null));
    }

    @Test
    void unsureAnswerRunsOn() {
        // Given
        double confidence = 0.59;

        // When
        var verdict = plan.judge("glass", confidence, 0.3, "residue");

        // Then
        assertThat(verdict)
                .isEqualTo(new Verdict(Decision.UNCERTAIN, "residue", "confidence 0.590 is below the plan's 0.600"));
    }

    @Test
    void answerThatIsTooCloseToTheSecondRunsOn() {
        // Given
        double gap = 0.19;

        // When
        var verdict = plan.judge("glass", 0.6, gap, "residue");

        // Then
        assertThat(verdict)
                .isEqualTo(new Verdict(
                        Decision.AMBIGUOUS, "residue", "gap to the second best label 0.190 is below the plan's 0.200"));
    }

    @Test
    void labelWithoutARuleIsSortedToTheResidualLane() {
        // Given
        String label = "trash";

        // When
        var verdict = plan.judge(label, 0.4, 0.01, "residue");

        // Then
        assertThat(verdict).isEqualTo(new Verdict(Decision.SORT, "residue", null));
    }

    @Test
    void laneThatTheBeltLacksIsRefused() {
        // Given
        var wrong = new SortingPlan(Map.of("glass", new Rule("glas", 0.5, 0)));

        // When
        var making = assertThatThrownBy(() -> new Line("line-1", Lines.BELT, "typo", wrong));

        // Then
        making.hasMessage(
                "plan 'typo' sends 'glass' to lane 'glas', which the belt lacks: it has [glass, metal, residue]");
    }

    @Test
    void labelThatTheModelLacksIsRefused() {
        // Given
        var line = Lines.line("line-1");

        // When
        var checking = assertThatThrownBy(() -> line.checkLabels(List.of("glass", "paper")));

        // Then
        checking.hasMessage("plan 'two-fractions' sorts label 'metal', which the model lacks: it knows [glass, paper]");
    }

    @Test
    void probabilityAboveOneIsRefused() {
        // Given
        double percent = 60;

        // When
        var making = assertThatThrownBy(() -> new Rule("glass", percent, 0));

        // Then
        making.hasMessage("leastConfidence is 60.0: must be from 0 to 1");
    }
}
