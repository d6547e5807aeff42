// SPDX-License-Identifier: Apache-2.0
package dev.sortline.demo;

import dev.sortline.classifier.model.ModelPackage;
import dev.sortline.contract.Decision;
import dev.sortline.contract.Frame;
import dev.sortline.contract.RoutingEvent;
import dev.sortline.demo.belt.Landing;
import dev.sortline.sorting.Line;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the score of lines that share one belt and plan, from outside: from what the cameras published, what a plain
 * consumer read back, and where items landed. Safe to use from any thread.
 */
final class Scoreboard {
    private static final int LAST_EVENTS = 3;
    private static final int LATENCY_DIGITS = 3;
    private static final double MICROS_PER_MILLI = 1_000;

    private final Histogram latencyMicros = new Histogram(LATENCY_DIGITS);
    private final Map<Decision, Long> decisions = new EnumMap<>(Decision.class);
    private final LaneTally promised;
    private final LaneTally landed;
    private final Set<String> items = new HashSet<>();
    private final Deque<RoutingEvent> last = new ArrayDeque<>();
    private long published;
    private long itemsOnBelt;
    private long ofKnownTruth;
    private long emptyBelts;
    private long emptyBeltsTakenForItems;
    private long labelledRight;

    /**
     * The latency from capture until the event was read back, in milliseconds.
     *
     * @param p50 median
     * @param p99 99th percentile
     */
    record LatencyMillis(double p50, double p99) {}

    /** @param line stands for all lines: they have its belt and plan */
    Scoreboard(Line line) {
        promised = new LaneTally(line);
        landed = new LaneTally(line);
        for (var decision : Decision.values()) {
            decisions.put(decision, 0L);
        }
    }

    /** A camera's frame was acknowledged by the broker. */
    synchronized void published(Frame frame) {
        published++;
        String truth = frame.truth();
        if (ModelPackage.EMPTY_LABEL.equals(truth)) {
            ofKnownTruth++;
            emptyBelts++;
            return;
        }
        itemsOnBelt++;
        if (truth != null) {
            ofKnownTruth++;
            promised.exists(truth);
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
        String truth = event.truth();
        promised.came(event.lane(), truth);
        if (ModelPackage.EMPTY_LABEL.equals(truth)) {
            emptyBeltsTakenForItems++;
        } else if (truth != null && truth.equals(event.label())) {
            labelledRight++;
        }
    }

    /** An item has landed in a lane. */
    synchronized void landed(Landing landing) {
        String truth = landing.item().truth();
        if (truth != null) {
            landed.exists(truth);
        }
        landed.came(landing.lane(), truth);
    }

    synchronized long published() {
        return published;
    }

    synchronized long items() {
        return items.size();
    }

    /** Published frames that show an item, for all that is known. */
    synchronized long itemsOnBelt() {
        return itemsOnBelt;
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

    /** What physically landed where, of the items that have landed so far. */
    synchronized Map<String, LaneScore> lanes() {
        return landed.scores();
    }

    /** What would have landed where had every item gone where its event sent it; an empty belt taken for an item counts as one. */
    synchronized Map<String, LaneScore> promisedLanes() {
        return promised.scores();
    }

    /** Share of the landed items of known truth that are where they belong; absent while there are none. */
    synchronized @Nullable Double landedRight() {
        return landed.rightShare();
    }

    /** Share of the published items of known truth that were sent where they belong; absent while there are none. */
    synchronized @Nullable Double promisedRight() {
        return promised.rightShare();
    }

    /**
     * Share of the published frames of known truth that were labelled so; an empty belt is right without an event. Absent
     * when no truth is known. While frames are on their way it is a little off.
     */
    synchronized @Nullable Double accuracy() {
        return LaneTally.share(labelledRight + emptyBelts - emptyBeltsTakenForItems, ofKnownTruth);
    }
}
