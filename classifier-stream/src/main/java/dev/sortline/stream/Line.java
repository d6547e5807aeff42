// SPDX-License-Identifier: Apache-2.0
package dev.sortline.stream;

import java.util.List;

/**
 * One sorting line: its belt and the plan by which it sorts.
 *
 * @param id the line's id, the Kafka key of its messages
 * @param belt its belt
 * @param plan its plan, which lines may share; every lane that it names is one of the belt's
 */
public record Line(String id, BeltGeometry belt, PlanInForce plan) {
    public Line {
        checkLanes(id, belt, plan.edition().plan());
    }

    /** A line whose plan is its own. */
    public Line(String id, BeltGeometry belt, PlanEdition plan) {
        this(id, belt, new PlanInForce(plan));
    }

    /**
     * Checks that a plan sends items only to lanes that the line's belt has.
     *
     * @throws BadDescriptionException naming the first lane that the belt lacks
     */
    public void checkLanes(SortingPlan candidate) {
        checkLanes(id, belt, candidate);
    }

    private static void checkLanes(String id, BeltGeometry belt, SortingPlan candidate) {
        candidate.fractions().forEach((name, fraction) -> {
            if (!belt.lanes().contains(fraction.lane())) {
                throw new BadDescriptionException(
                        List.of("fractions", name, "lane"),
                        "the belt of line '%s' has no lane '%s': it has %s"
                                .formatted(id, fraction.lane(), belt.lanes()));
            }
        });
    }
}
