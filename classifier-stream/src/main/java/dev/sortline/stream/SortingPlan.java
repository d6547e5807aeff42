// SPDX-License-Identifier: Apache-2.0
package dev.sortline.stream;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.sortline.contract.Decision;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which label goes to which lane, and how sure the answer must be.
 *
 * @param sort the rule of a label, by the label; a label without a rule goes to the residual lane
 */
public record SortingPlan(@JsonProperty(required = true) Map<String, Rule> sort) {

    public SortingPlan {
        if (sort.isEmpty()) {
            throw new IllegalArgumentException("sort is empty: a plan sends at least one label to a lane");
        }
        sort = Map.copyOf(sort);
    }

    /**
     * Where a label goes.
     *
     * @param lane the lane's name
     * @param leastConfidence least calibrated probability of the label, 0 to 1
     * @param leastGap least distance to the second best probability, 0 to 1
     */
    public record Rule(@JsonProperty(required = true) String lane, double leastConfidence, double leastGap) {
        public Rule {
            checkProbability("leastConfidence", leastConfidence);
            checkProbability("leastGap", leastGap);
        }

        private static void checkProbability(String what, double value) {
            if (!(value >= 0 && value <= 1)) {
                throw new IllegalArgumentException("%s is %s: must be from 0 to 1".formatted(what, value));
            }
        }
    }

    /**
     * What the plan says of one item.
     *
     * @param decision {@code SORT}, {@code AMBIGUOUS} or {@code UNCERTAIN}
     * @param lane where the item goes
     * @param reason why it is not sorted; absent for {@code SORT}
     */
    record Verdict(Decision decision, String lane, @Nullable String reason) {}

    /** The lane to which items of a label belong. */
    public String laneOf(String label, String residualLane) {
        Rule rule = sort.get(label);
        return rule == null ? residualLane : rule.lane();
    }

    Verdict judge(String label, double confidence, double gap, String residualLane) {
        Rule rule = sort.get(label);
        if (rule == null) {
            return new Verdict(Decision.SORT, residualLane, null);
        }
        if (gap < rule.leastGap()) {
            return new Verdict(
                    Decision.AMBIGUOUS, residualLane, below("gap to the second best label", gap, rule.leastGap()));
        }
        if (confidence < rule.leastConfidence()) {
            return new Verdict(
                    Decision.UNCERTAIN, residualLane, below("confidence", confidence, rule.leastConfidence()));
        }
        return new Verdict(Decision.SORT, rule.lane(), null);
    }

    private static String below(String what, double value, double least) {
        return String.format(Locale.ROOT, "%s %.3f is below the plan's %.3f", what, value, least);
    }
}
