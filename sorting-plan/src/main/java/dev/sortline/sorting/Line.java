// SPDX-License-Identifier: Apache-2.0
package dev.sortline.sorting;

import java.util.List;

/**
 * One sorting line: its belt and the plan by which it sorts.
 *
 * @param id the line's id, the Kafka key of its messages
 * @param belt its belt
 * @param plan its plan, which lines may share; every lane that it names is one of the belt's, unless the belt has no ejector and moves nothing
 * @param framesPerItem how many frames show an item, of all its cameras together, 1 to {@value #MOST_FRAMES}: from 2 on they vote
 */
public record Line(String id, BeltGeometry belt, PlanInForce plan, int framesPerItem) {
    /** More frames than this show no item. */
    public static final int MOST_FRAMES = 16;

    public Line {
        checkLanes(id, belt, plan.edition().plan());
        checkFramesPerItem(framesPerItem);
    }

    /** A line on which an item is decided at its first frame. */
    public Line(String id, BeltGeometry belt, PlanInForce plan) {
        this(id, belt, plan, 1);
    }

    /** A line whose plan is its own. */
    public Line(String id, BeltGeometry belt, PlanEdition plan) {
        this(id, belt, new PlanInForce(plan));
    }

    /** Whether the frames of an item vote. */
    public boolean votes() {
        return framesPerItem > 1;
    }

    /**
     * Checks a number of frames an item.
     *
     * @throws IllegalArgumentException naming it, when it is not from 1 to {@value #MOST_FRAMES}
     */
    public static void checkFramesPerItem(int framesPerItem) {
        if (framesPerItem < 1 || framesPerItem > MOST_FRAMES) {
            throw new IllegalArgumentException(
                    "framesPerItem is %d: must be from 1 to %d".formatted(framesPerItem, MOST_FRAMES));
        }
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
        if (belt.ejectors().isEmpty()) {
            // Nothing is moved there: a lane is only told.
            return;
        }
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
