// SPDX-License-Identifier: Apache-2.0
package dev.sortline.line.peers;

import dev.sortline.contract.Decision;
import dev.sortline.contract.RoutingEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.HdrHistogram.Histogram;

/** Holds what a controller's coils did against what was decided of the items: the first event of an item is its decision. */
public final class ShotItems {
    // Both clocks are this machine's, and are read a little apart.
    private static final int MOST_MICROS_EARLY = 1_000;
    // What the gateway allows itself is 20 ms. The rest is what its or the controller's thread may wait for a processor
    // while other
    // processes start: far below what any fault here delays a shot by.
    private static final int MOST_MICROS_LATE = 20_000 + 480_000;

    private final List<String> lines;
    private final Map<String, RoutingEvent> decisions = new LinkedHashMap<>();
    private final Map<String, RoutingEvent> byPosition = new HashMap<>();
    private final Set<String> shotItems = new HashSet<>();
    private final List<String> wrong = new ArrayList<>();
    private final Histogram lateMicros = new Histogram(3);
    private int count;
    private int unnamed;

    /**
     * @param events in the order of each line's log
     * @param shots what the controllers of the lines have remembered
     */
    public ShotItems(List<String> lines, List<RoutingEvent> events, List<PlcPeer.Shot> shots) {
        this.lines = lines;
        events.forEach(event -> {
            decisions.putIfAbsent(event.id(), event);
            if (event.fireAtEncoder() != null) {
                byPosition.putIfAbsent(event.lineId() + "@" + event.fireAtEncoder(), event);
            }
        });
        shots.stream().filter(shot -> shot.position() != null).forEach(this::takeNamed);
        shots.stream().filter(shot -> shot.position() == null).forEach(this::takeUnnamed);
    }

    /** Items that an ejector was to move. */
    public long sorted() {
        return decisions.values().stream()
                .filter(event -> event.ejector() != null)
                .count();
    }

    /** Items that an ejector was told to move. */
    public int count() {
        return count;
    }

    /** Shots whose gateway was gone before it told which item they were for. */
    public int unnamed() {
        return unnamed;
    }

    /** {@linkplain RoutingEvent#id() Ids} of the items that an ejector was told to move. */
    public Set<String> shotItems() {
        return Set.copyOf(shotItems);
    }

    /** What should not have been, a line each. */
    public List<String> wrong() {
        return List.copyOf(wrong);
    }

    public String toldLateness() {
        return "p50 %d us, p99 %d us, most %d us"
                .formatted(
                        lateMicros.getValueAtPercentile(50),
                        lateMicros.getValueAtPercentile(99),
                        lateMicros.getMaxValue());
    }

    private void takeNamed(PlcPeer.Shot shot) {
        RoutingEvent event = byPosition.get(line(shot) + "@" + shot.position());
        if (event == null) {
            wrong.add("%s: no item was decided to go there".formatted(shot));
        } else {
            judge(shot, event);
        }
    }

    /** Of these only line, ejector and time are known: it was the item whose time it fits best. */
    private void takeUnnamed(PlcPeer.Shot shot) {
        unnamed++;
        decisions.values().stream()
                .filter(event ->
                        event.lineId().equals(line(shot)) && event.fireAt() != null && event.ejector() == ejector(shot))
                .min(Comparator.comparing((RoutingEvent event) -> !isInTime(lateMicros(shot, event)))
                        .thenComparingLong(event -> Math.abs(lateMicros(shot, event))))
                .ifPresentOrElse(
                        event -> judge(shot, event),
                        () -> wrong.add("%s: no item was decided to go there at all".formatted(shot)));
    }

    private void judge(PlcPeer.Shot shot, RoutingEvent event) {
        count++;
        RoutingEvent decision = decisions.get(event.id());
        if (!shotItems.add(event.id())) {
            wrong.add("%s: %s for the second time".formatted(shot, event.id()));
        }
        if (decision.decision() != Decision.SORT || decision.ejector() != ejector(shot)) {
            wrong.add("%s: against the decision %s".formatted(shot, decision));
        }
        long late = lateMicros(shot, decision);
        if (isInTime(late)) {
            lateMicros.recordValue(Math.max(0, late));
        } else {
            wrong.add("%s: %d us after its time, %s".formatted(shot, late, decision));
        }
    }

    private static boolean isInTime(long lateMicros) {
        return lateMicros >= -MOST_MICROS_EARLY && lateMicros <= MOST_MICROS_LATE;
    }

    private static long lateMicros(PlcPeer.Shot shot, RoutingEvent event) {
        return event.fireAt() == null
                ? Long.MAX_VALUE
                : Duration.between(event.fireAt(), shot.at()).toNanos() / 1_000;
    }

    private String line(PlcPeer.Shot shot) {
        return lines.get(shot.coil() / SimplePlc.COILS);
    }

    private static int ejector(PlcPeer.Shot shot) {
        return shot.coil() % SimplePlc.COILS;
    }
}
