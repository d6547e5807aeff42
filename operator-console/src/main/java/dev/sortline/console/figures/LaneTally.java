// SPDX-License-Identifier: Apache-2.0
package dev.sortline.console.figures;

import dev.sortline.console.figures.LineReport.LaneFigures;
import dev.sortline.contract.RoutingEvent;
import dev.sortline.sorting.SortingPlan;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Where a line's items were sent, and, where their true label is known, where they belong by the line's plan. */
final class LaneTally {
    private final SortingPlan plan;
    private final Map<String, Lane> lanes = new TreeMap<>();

    LaneTally(SortingPlan plan) {
        this.plan = plan;
        plan.fractions().values().forEach(fraction -> lanes.put(fraction.lane(), new Lane(true)));
    }

    private static final class Lane {
        private final boolean ofPlan;
        private long sent;
        private long sentOfKnownTruth;
        private long sentRightly;
        private long belonging;

        Lane(boolean ofPlan) {
            this.ofPlan = ofPlan;
        }

        LaneFigures told(String name, long items) {
            @Nullable Share purity = ofPlan ? Share.of(sentRightly, sentOfKnownTruth) : null;
            return new LaneFigures(
                    name, sent, (double) sent / items, sentOfKnownTruth, purity, Share.of(sentRightly, belonging));
        }
    }

    void add(RoutingEvent event) {
        Lane lane = lane(event.lane());
        lane.sent++;
        String truth = event.truth();
        if (truth == null) {
            return;
        }
        lane.sentOfKnownTruth++;
        if (truth.equals(SortingPlan.EMPTY_BELT)) {
            // Nothing was there: it belongs nowhere.
            return;
        }
        Lane right = lane(plan.laneOf(truth));
        right.belonging++;
        if (right == lane) {
            lane.sentRightly++;
        }
    }

    private Lane lane(String name) {
        Lane known = lanes.get(name);
        if (known != null) {
            return known;
        }
        String kept = lanes.size() < NameCounts.MOST ? name : NameCounts.OTHERS;
        return lanes.computeIfAbsent(kept, other -> new Lane(false));
    }

    /** @param items how many items the line had */
    List<LaneFigures> told(long items) {
        return lanes.entrySet().stream()
                .filter(each -> each.getValue().sent + each.getValue().belonging > 0)
                .map(each -> each.getValue().told(each.getKey(), items))
                .toList();
    }
}
