// SPDX-License-Identifier: Apache-2.0
package dev.sortline.console.figures;

import dev.sortline.console.figures.LineReport.FractionShare;
import dev.sortline.console.figures.LineReport.Hour;
import dev.sortline.console.figures.LineReport.Stop;
import dev.sortline.contract.Decision;
import dev.sortline.contract.RoutingEvent;
import dev.sortline.sorting.SortingPlan;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What a shift has come to on one line so far. */
final class LineTally {
    private final String id;
    private final RecentIds known = new RecentIds();
    private final Map<Instant, HourTally> hours = new TreeMap<>();
    private final LaneTally lanes;
    private final Latencies latencies = new Latencies();
    private final List<Stop> stops = new ArrayList<>();
    private Instant lastItem;
    private boolean first = true;

    LineTally(String id, SortingPlan plan, Instant from) {
        this.id = id;
        lanes = new LaneTally(plan);
        lastItem = from;
    }

    String id() {
        return id;
    }

    boolean isNew(RoutingEvent event) {
        return known.isNew(event.id(), event.decidedAt());
    }

    void add(RoutingEvent event) {
        Instant decidedAt = event.decidedAt();
        stopBefore(decidedAt);
        first = false;
        hours.computeIfAbsent(decidedAt.truncatedTo(ChronoUnit.HOURS), hour -> new HourTally())
                .add(event);
        lanes.add(event);
        if (event.decision() != Decision.UNREADABLE) {
            latencies.add(Duration.between(event.capturedAt(), decidedAt));
        }
    }

    private void stopBefore(Instant item) {
        if (isStop(lastItem, item)) {
            stops.add(new Stop(lastItem, item));
        }
        if (item.isAfter(lastItem)) {
            lastItem = item;
        }
    }

    private static boolean isStop(Instant from, Instant to) {
        return Duration.between(from, to).compareTo(ShiftReport.STOP) > 0;
    }

    LineReport told(Instant from, Instant end, boolean cutShort) {
        var all = new HourTally();
        hours.values().forEach(all::add);
        List<Stop> told = stops(from, end, cutShort);
        long items = all.items();
        return new LineReport(
                id,
                items,
                decisions(all),
                all.fractions().entrySet().stream()
                        .map(each ->
                                new FractionShare(each.getKey(), each.getValue(), (double) each.getValue() / items))
                        .toList(),
                lanes.told(items),
                share(all.unsure(), items),
                share(all.of(Decision.LATE), items),
                share(all.of(Decision.UNREADABLE), items),
                all.meanConfidence(),
                told.stream()
                        .mapToDouble(
                                stop -> Duration.between(stop.from(), stop.to()).toMillis() / 1e3)
                        .sum(),
                told,
                latencies.told(),
                hours(from, end));
    }

    private List<Stop> stops(Instant from, Instant end, boolean cutShort) {
        List<Stop> told = new ArrayList<>(stops);
        if (cutShort && !told.isEmpty() && told.get(0).from().equals(from)) {
            told.remove(0);
        }
        if (isStop(lastItem, end) && !(cutShort && first)) {
            told.add(new Stop(lastItem, end));
        }
        return told;
    }

    private List<Hour> hours(Instant from, Instant end) {
        Map<Instant, HourTally> all = new TreeMap<>(hours);
        for (Instant hour = from.truncatedTo(ChronoUnit.HOURS);
                hour.isBefore(end);
                hour = hour.plus(1, ChronoUnit.HOURS)) {
            all.putIfAbsent(hour, new HourTally());
        }
        return all.entrySet().stream()
                .map(each -> each.getValue().told(each.getKey()))
                .toList();
    }

    private static Map<Decision, Long> decisions(HourTally all) {
        Map<Decision, Long> decisions = new EnumMap<>(Decision.class);
        for (Decision decision : Decision.values()) {
            decisions.put(decision, all.of(decision));
        }
        return decisions;
    }

    private static @Nullable Double share(long some, long all) {
        return all == 0 ? null : (double) some / all;
    }
}
