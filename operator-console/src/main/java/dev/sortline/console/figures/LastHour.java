// SPDX-License-Identifier: Apache-2.0
package dev.sortline.console.figures;

import dev.sortline.console.figures.Drift.Confidence;
import dev.sortline.console.figures.Drift.LabelShare;
import dev.sortline.contract.RoutingEvent;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a model answered in the last hour, to the minute. An event that comes again counts once. Any thread may ask while another adds.
 */
public final class LastHour {
    private static final Duration HOUR = Duration.ofHours(1);
    /** Clocks may be a little ahead; what claims to be from later still is not believed. */
    private static final Duration AHEAD = Duration.ofMinutes(1);

    private static final int MOST_LINES = 1000;
    private static final int MOST_LABELS = 1000;

    private final InstantSource clock;
    private final Map<String, RecentIds> known = new HashMap<>();
    private final TreeMap<Instant, Minute> minutes = new TreeMap<>();

    public LastHour(InstantSource clock) {
        this.clock = clock;
    }

    private static final class Minute {
        private final NameCounts labels = new NameCounts(MOST_LABELS);
        private final Mean confidence = new Mean();
        private long items;
    }

    /** Takes an event; one of an item that was not classified, or of another hour, counts nowhere. */
    public synchronized void add(RoutingEvent event) {
        Map.@Nullable Entry<String, Double> answer = mostProbable(event.probabilities());
        Instant now = clock.instant();
        Instant decidedAt = event.decidedAt();
        if (answer == null || decidedAt.isBefore(begin(now)) || decidedAt.isAfter(now.plus(AHEAD))) {
            return;
        }
        if (!known.containsKey(event.lineId()) && known.size() >= MOST_LINES) {
            return;
        }
        if (!known.computeIfAbsent(event.lineId(), line -> new RecentIds()).isNew(event.id(), decidedAt)) {
            return;
        }
        minutes.headMap(begin(now)).clear();
        Minute minute = minutes.computeIfAbsent(decidedAt.truncatedTo(ChronoUnit.MINUTES), begin -> new Minute());
        minute.items++;
        minute.labels.add(answer.getKey(), 1);
        minute.confidence.add(answer.getValue());
    }

    /**
     * Compares the hour with what is expected.
     *
     * @param labels the model's labels
     * @param expectedConfidence mean confidence where the model was measured; {@code null} where it was not
     */
    public synchronized Drift drift(List<String> labels, @Nullable Double expectedConfidence) {
        Instant since = begin(clock.instant());
        minutes.headMap(since).clear();
        var counts = new NameCounts(MOST_LABELS);
        var confidence = new Mean();
        long items = 0;
        for (Minute minute : minutes.values()) {
            minute.labels.byName().forEach(counts::add);
            confidence.add(minute.confidence);
            items += minute.items;
        }
        long all = Math.max(1, items);
        return new Drift(
                since,
                items,
                labels.stream()
                        .map(label -> new LabelShare(label, (double) counts.of(label) / all, null))
                        .toList(),
                new Confidence(confidence.value(), expectedConfidence));
    }

    private static Instant begin(Instant now) {
        return now.minus(HOUR).truncatedTo(ChronoUnit.MINUTES);
    }

    private static Map.@Nullable Entry<String, Double> mostProbable(Map<String, Double> probabilities) {
        return probabilities.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .orElse(null);
    }
}
