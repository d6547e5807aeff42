// SPDX-License-Identifier: Apache-2.0
package dev.sortline.stream;

import java.util.Map;
import java.util.TreeMap;

/**
 * One sorting line: its belt and the plan by which it sorts.
 *
 * @param id the line's id, the Kafka key of its messages
 * @param belt its belt
 * @param planName the plan's name, told in every routing event
 * @param plan the plan; every lane that it names is one of the belt's
 */
public record Line(String id, BeltGeometry belt, String planName, SortingPlan plan) {
    public Line {
        new TreeMap<>(plan.sort()).forEach((label, rule) -> {
            if (!belt.lanes().contains(rule.lane())) {
                throw new IllegalArgumentException("plan '%s' sends '%s' to lane '%s', which the belt lacks: it has %s"
                        .formatted(planName, label, rule.lane(), belt.lanes()));
            }
        });
    }

    /**
     * Checks that the plan speaks of labels that the model knows.
     *
     * @throws IllegalArgumentException naming the first label that it does not
     */
    void checkLabels(Iterable<String> known) {
        Map<String, SortingPlan.Rule> unknown = new TreeMap<>(plan.sort());
        known.forEach(unknown::remove);
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException("plan '%s' sorts label '%s', which the model lacks: it knows %s"
                    .formatted(planName, unknown.keySet().iterator().next(), known));
        }
    }
}
