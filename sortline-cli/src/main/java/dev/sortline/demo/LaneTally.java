// SPDX-License-Identifier: Apache-2.0
package dev.sortline.demo;

import dev.sortline.classifier.model.ModelPackage;
import dev.sortline.sorting.Line;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Counts which items came to which lane, and to which they belong. Belongs to one thread at a time. */
final class LaneTally {
    private final Line line;
    private final Map<String, Lane> lanes = new TreeMap<>();

    private static final class Lane {
        private long items;
        private long itemsOfKnownTruth;
        private long rightItems;
        private long belonging;

        LaneScore score() {
            return new LaneScore(items, share(rightItems, itemsOfKnownTruth), share(rightItems, belonging));
        }
    }

    /** @param line its plan says to which lane an item belongs */
    LaneTally(Line line) {
        this.line = line;
        line.belt().lanes().forEach(lane -> lanes.put(lane, new Lane()));
    }

    /** There is an item of a known truth. */
    void exists(String truth) {
        lane(home(truth)).belonging++;
    }

    /** An item came to a lane; what is known to be no item belongs to none. */
    void came(String name, @Nullable String truth) {
        Lane lane = lane(name);
        lane.items++;
        if (truth != null) {
            lane.itemsOfKnownTruth++;
            lane.rightItems += isRight(name, truth) ? 1 : 0;
        }
    }

    /** The scores by lane. */
    Map<String, LaneScore> scores() {
        Map<String, LaneScore> scores = new TreeMap<>();
        lanes.forEach((name, lane) -> scores.put(name, lane.score()));
        return scores;
    }

    /** Share of the items that {@link #exists exist} that came where they belong; absent while there are none. */
    @Nullable Double rightShare() {
        return share(
                lanes.values().stream().mapToLong(lane -> lane.rightItems).sum(),
                lanes.values().stream().mapToLong(lane -> lane.belonging).sum());
    }

    private boolean isRight(String lane, String truth) {
        return !truth.equals(ModelPackage.EMPTY_LABEL) && home(truth).equals(lane);
    }

    private String home(String truth) {
        return line.plan().edition().plan().laneOf(truth);
    }

    private Lane lane(String name) {
        return lanes.computeIfAbsent(name, unused -> new Lane());
    }

    /** Absent when there is nothing to have a share of. */
    static @Nullable Double share(long part, long whole) {
        return whole == 0 ? null : (double) part / whole;
    }
}
