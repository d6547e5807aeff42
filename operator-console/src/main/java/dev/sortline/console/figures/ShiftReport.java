// SPDX-License-Identifier: Apache-2.0
package dev.sortline.console.figures;

import dev.sortline.contract.RoutingEvent;
import dev.sortline.sorting.SortingPlan;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Folds the events of a shift, one after the other, into what the shift came to. An event that comes again counts once. Its memory does not
 * grow with the number of events. Used by one thread at a time.
 */
public final class ShiftReport {
    /** A line that had no item for longer than this stood still. */
    public static final Duration STOP = Duration.ofSeconds(60);

    private final Instant from;
    private final Instant to;
    private final Map<String, LineTally> lines = new LinkedHashMap<>();

    /**
     * @param from when the shift begins, by when items were decided
     * @param to when it ends, itself not within; after {@code from}
     * @param plans the plan of each line that is to be reported, in the order in which they are told
     */
    public ShiftReport(Instant from, Instant to, Map<String, SortingPlan> plans) {
        if (!from.isBefore(to)) {
            throw new IllegalArgumentException("from is %s and to is %s: must be before it".formatted(from, to));
        }
        this.from = from;
        this.to = to;
        plans.forEach((line, plan) -> lines.put(line, new LineTally(line, plan, from)));
    }

    /**
     * Takes an event. Those of one line come in the order in which they were published; they may begin before the shift, so that what comes
     * again within it is known. What is of other lines or times counts nowhere.
     */
    public void add(RoutingEvent event) {
        LineTally line = lines.get(event.lineId());
        if (line != null && line.isNew(event) && isWithin(event.decidedAt())) {
            line.add(event);
        }
    }

    /**
     * What the shift came to, line by line.
     *
     * @param now while the shift runs, what is still to come is no stop
     * @param cutShort lines whose first events are not kept any longer: nobody knows whether they stood still before the first that is
     */
    public List<LineReport> lines(Instant now, Set<String> cutShort) {
        Instant end = now.isBefore(to) ? now : to;
        return lines.values().stream()
                .map(line -> line.told(from, end, cutShort.contains(line.id())))
                .toList();
    }

    private boolean isWithin(Instant decidedAt) {
        return !decidedAt.isBefore(from) && decidedAt.isBefore(to);
    }
}
