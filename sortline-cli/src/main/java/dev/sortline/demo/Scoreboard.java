// SPDX-License-Identifier: Apache-2.0
package dev.sortline.demo;

import dev.sortline.classifier.ModelPackage;
import dev.sortline.contract.Decision;
import dev.sortline.contract.Frame;
import dev.sortline.contract.RoutingEvent;
import dev.sortline.stream.Line;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the score of lines that share one belt and plan, from outside: from what the cameras published and what a plain
 * consumer read back. Safe to use from any thread.
 */
final class Scoreboard {
    private static final int LAST_EVENTS = 6;
    private static final int LATENCY_DIGITS = 3;
    private static final double MICROS_PER_MILLI = 1_000;

    private final Line line;
    private final Histogram latencyMicros = new Histogram(LATENCY_DIGITS);
    private final Map<Decision, Long> decisions = new EnumMap<>(Decision.class);
    private final Map<String, Tally> lanes = new TreeMap<>();
    private final Set<String> items = new HashSet<>();
    private final Deque<RoutingEvent> last = new ArrayDeque<>();
    private long published;
    private long ofKnownTruth;
    private long emptyBelts;
    private long emptyBeltsTakenForItems;
    private long labelledRight;

    /** What happened in one lane. */
    private static final class Tally {
        private long items;
        private long itemsOfKnownTruth;
        private long rightItems;
        private long belonging;
    }

    /**
     * The score of one lane; a share of nothing is absent.
     *
     * @param items items that were sent there
     * @param purity share of these that belong there, of those whose truth is known
     * @param recovery share of the published items that belong there that were sent there
     */
    record LaneScore(long items, @Nullable Double purity, @Nullable Double recovery) {}

    /**
     * The latency from capture until the event was read back, in milliseconds.
     *
     * @param p50 median
     * @param p99 99th percentile
     */
    record LatencyMillis(double p50, double p99) {}

    /** @param line stands for all lines: they have its belt and plan */
    Scoreboard(Line line) {
        this.line = line;
        line.belt().lanes().forEach(lane -> lanes.put(lane, new Tally()));
        for (var decision : Decision.values()) {
            decisions.put(decision, 0L);
        }
    }

    /** A camera's frame was acknowledged by the broker. */
    synchronized void published(Frame frame) {
        published++;
        String truth = frame.truth();
        if (truth == null) {
            return;
        }
        ofKnownTruth++;
        if (truth.equals(ModelPackage.EMPTY_LABEL)) {
            emptyBelts++;
        } else {
            lane(home(truth)).belonging++;
        }
    }

    /** A routing event was read back; a repeat of one changes nothing. */
    synchronized void routed(RoutingEvent event, Instant readAt) {
        if (!items.add(event.id())) {
            return;
        }
        latencyMicros.recordValue(Math.max(0, event.capturedAt().until(readAt, ChronoUnit.MICROS)));
        decisions.merge(event.decision(), 1L, Long::sum);
        last.addLast(event);
        if (last.size() > LAST_EVENTS) {
            last.removeFirst();
        }
        Tally lane = lane(event.lane());
        lane.items++;
        String truth = event.truth();
        if (truth == null) {
            return;
        }
        lane.itemsOfKnownTruth++;
        if (truth.equals(ModelPackage.EMPTY_LABEL)) {
            emptyBeltsTakenForItems++;
            return;
        }
        if (home(truth).equals(event.lane())) {
            lane.rightItems++;
        }
        if (truth.equals(event.label())) {
            labelledRight++;
        }
    }

    synchronized long published() {
        return published;
    }

    synchronized long items() {
        return items.size();
    }

    synchronized LatencyMillis latency() {
        return new LatencyMillis(
                latencyMicros.getValueAtPercentile(50) / MICROS_PER_MILLI,
                latencyMicros.getValueAtPercentile(99) / MICROS_PER_MILLI);
    }

    synchronized Map<Decision, Long> decisions() {
        return new EnumMap<>(decisions);
    }

    synchronized List<RoutingEvent> last() {
        return List.copyOf(last);
    }

    synchronized Map<String, LaneScore> lanes() {
        Map<String, LaneScore> scores = new TreeMap<>();
        lanes.forEach((name, lane) -> scores.put(
                name,
                new LaneScore(
                        lane.items,
                        share(lane.rightItems, lane.itemsOfKnownTruth),
                        share(lane.rightItems, lane.belonging))));
        return scores;
    }

    /**
     * Share of the published frames of known truth that were labelled so; an empty belt is right without an event. Absent
     * when no truth is known. While frames are on their way it is a little off.
     */
    synchronized @Nullable Double accuracy() {
        return share(labelledRight + emptyBelts - emptyBeltsTakenForItems, ofKnownTruth);
    }

    private String home(String truth) {
        return line.plan().edition().plan().laneOf(truth);
    }

    private Tally lane(String name) {
        return lanes.computeIfAbsent(name, unused -> new Tally());
    }

    private static @Nullable Double share(long part, long whole) {
        return whole == 0 ? null : (double) part / whole;
    }
}
