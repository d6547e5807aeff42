// SPDX-License-Identifier: Apache-2.0
package dev.sortline.console.trial;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sortline.contract.Decision;
import dev.sortline.sorting.BilingualText;
import dev.sortline.sorting.PlanEdition;
import dev.sortline.sorting.SortingPlan;
import dev.sortline.sorting.SortingPlan.Fraction;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PlanJudgementTest {
    private static final PlanEdition BY_MATERIAL = plan("by-material", Map.of("glass", "glass", "metal", "can"));
    private static final PlanEdition OF_OTHERS = plan("of-others", Map.of("wood", "wood"));

    @Test
    void itemIsJudgedByEveryPlanThatKnowsTheLabels() {
        // Given
        Map<String, Double> probabilities = Map.of("glass", 0.7, "can", 0.2, "empty", 0.1);

        // When
        var judgements = PlanJudgement.of(probabilities, null, List.of(BY_MATERIAL, OF_OTHERS), "R");

        // Then
        assertThat(judgements).singleElement().satisfies(judgement -> {
            assertThat(judgement.plan()).isEqualTo("by-material");
            assertThat(judgement.fraction()).isEqualTo("glass");
            assertThat(judgement.decision()).isEqualTo(Decision.SORT);
            assertThat(judgement.lane()).isEqualTo("lane-glass");
            assertThat(judgement.rival()).isEqualTo("metal");
        });
    }

    @Test
    void emptyBeltMayBeTheRival() {
        // Given
        Map<String, Double> probabilities = Map.of("glass", 0.5, "can", 0.1, "empty", 0.4);

        // When
        var judgements = PlanJudgement.of(probabilities, null, List.of(BY_MATERIAL), "R");

        // Then
        assertThat(judgements).singleElement().satisfies(judgement -> {
            assertThat(judgement.rival()).isEqualTo("empty");
            assertThat(judgement.decision()).isEqualTo(Decision.AMBIGUOUS);
            assertThat(judgement.lane()).isEqualTo("R");
        });
    }

    @Test
    void emptyBeltIsJudgedByNone() {
        // Given
        Map<String, Double> probabilities = Map.of("glass", 0.1, "can", 0.1, "empty", 0.8);

        // When
        var judgements = PlanJudgement.of(probabilities, null, List.of(BY_MATERIAL), "R");

        // Then
        assertThat(judgements).isEmpty();
    }

    @Test
    void whereThereIsNothingElseThereIsNoRival() {
        // Given
        Map<String, Double> probabilities = Map.of("wood", 1.0);

        // When
        var judgements = PlanJudgement.of(probabilities, null, List.of(OF_OTHERS), "R");

        // Then
        assertThat(judgements).singleElement().satisfies(judgement -> assertThat(judgement.rival())
                .isNull());
    }

    private static PlanEdition plan(String name, Map<String, String> labels) {
        var text = new BilingualText("words", "kata");
        Map<String, Fraction> fractions = new LinkedHashMap<>();
        labels.forEach((fraction, label) ->
                fractions.put(fraction, new Fraction(text, text, List.of(label), "lane-" + fraction, 0.4, 0.2)));
        fractions.put("rest", new Fraction(text, text, List.of(), "R", 0, 0));
        return new PlanEdition(name, "000000000001", new SortingPlan(fractions, "rest", null));
    }
}
