// SPDX-License-Identifier: Apache-2.0
package dev.sortline.console.trial;

import dev.sortline.contract.Decision;
import dev.sortline.sorting.Judgement;
import dev.sortline.sorting.PlanEdition;
import dev.sortline.sorting.SortingPlan;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a plan would do with an item.
 *
 * @param plan the plan's name
 * @param fraction the most probable fraction
 * @param label the most probable label of that fraction
 * @param lane where the item would go
 * @param decision what would be decided
 * @param confidence calibrated probability of the fraction, 0 to 1
 * @param gap confidence less the probability of the rival, 0 to 1
 * @param unfamiliar whether it would not be sorted for being unlike anything that the model was trained on
 * @param rival the next fraction, or {@value SortingPlan#EMPTY_BELT}; absent where there is nothing else
 */
record PlanJudgement(
        String plan,
        String fraction,
        String label,
        String lane,
        Decision decision,
        double confidence,
        double gap,
        boolean unfamiliar,
        @Nullable String rival) {

    /**
     * Judges an item by every plan that speaks only of labels that the answer has.
     *
     * @param probabilities calibrated probability by label
     * @param familiarity how familiar it is to the model, 0 to 1; absent when the model does not tell
     * @param residualLane where an item goes that the answer is not sure enough of
     * @return empty when the belt is
     */
    static List<PlanJudgement> of(
            Map<String, Double> probabilities,
            @Nullable Double familiarity,
            List<PlanEdition> plans,
            String residualLane) {
        if (isEmpty(probabilities)) {
            return List.of();
        }
        return plans.stream()
                .filter(edition -> fits(edition.plan(), probabilities))
                .map(edition -> of(probabilities, familiarity, edition, residualLane))
                .toList();
    }

    /** Whether the most probable label is that of an empty belt, or there is no other. */
    static boolean isEmpty(Map<String, Double> probabilities) {
        double empty = probabilities.getOrDefault(SortingPlan.EMPTY_BELT, -1.0);
        return probabilities.entrySet().stream()
                .filter(each -> !each.getKey().equals(SortingPlan.EMPTY_BELT))
                .noneMatch(each -> each.getValue() >= empty);
    }

    private static boolean fits(SortingPlan plan, Map<String, Double> probabilities) {
        return plan.fractions().values().stream()
                .allMatch(fraction -> probabilities.keySet().containsAll(fraction.labels()));
    }

    private static PlanJudgement of(
            Map<String, Double> probabilities, @Nullable Double familiarity, PlanEdition edition, String residualLane) {
        SortingPlan plan = edition.plan();
        Judgement judgement = plan.judge(probabilities, familiarity, residualLane);
        return new PlanJudgement(
                edition.name(),
                judgement.fraction(),
                judgement.label(),
                judgement.routing().lane(),
                judgement.routing().decision(),
                judgement.confidence(),
                judgement.gap(),
                SortingPlan.isUnfamiliar(judgement.routing().reason()),
                rival(plan, judgement.fraction(), probabilities));
    }

    private static @Nullable String rival(SortingPlan plan, String best, Map<String, Double> probabilities) {
        Map<String, Double> rivals = new LinkedHashMap<>();
        probabilities.forEach((label, probability) -> {
            String name = label.equals(SortingPlan.EMPTY_BELT) ? label : plan.fractionOf(label);
            rivals.merge(name, probability, Double::sum);
        });
        rivals.remove(best);
        return rivals.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey)
                .orElse(null);
    }
}
