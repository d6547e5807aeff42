// SPDX-License-Identifier: Apache-2.0
package dev.sortline.console.review;

import dev.sortline.console.book.CheckedAnswer;
import dev.sortline.console.book.ReviewBook;
import dev.sortline.console.book.ReviewedItem;
import dev.sortline.contract.ReviewRequest.Cause;
import dev.sortline.metrics.LineMetric;
import dev.sortline.sorting.Line;
import dev.sortline.sorting.SortingPlan;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Tells how often people found the line right, of the items of the last {@link #COUNTED}. It is counted anew from the book each time, so an
 * item counts once whatever was said of it before, and a restart changes nothing. Safe for use by several threads.
 */
final class ReviewMetrics {
    /** So long after it was decided does an item count: enough for people to look at some hundreds, few enough to tell of today's line. */
    static final Duration COUNTED = Duration.ofDays(7);

    /** One scrape asks for each series; they all come from one count. */
    private static final Duration FRESH = Duration.ofSeconds(1);

    private static final String OTHER = "other";

    private final MeterRegistry registry;
    private final ReviewBook book;
    private final Map<String, Line> lines;
    private final Set<String> labels;
    private final InstantSource clock;
    private final Set<CheckedAnswer> shown = ConcurrentHashMap.newKeySet();
    private volatile BooleanSupplier complete = () -> false;
    private Map<CheckedAnswer, Long> counts = Map.of();
    private Instant countedAt = Instant.MIN;

    /**
     * Shows at once what can be known: each label, at 0.
     *
     * @param lines the lines, whose plans say what is right
     * @param labels the model's labels
     * @param clock says what the last days are
     */
    ReviewMetrics(
            MeterRegistry registry,
            ReviewBook book,
            Map<String, Line> lines,
            List<String> labels,
            InstantSource clock) {
        this.registry = registry;
        this.book = book;
        this.lines = Map.copyOf(lines);
        this.labels = Set.copyOf(labels);
        this.clock = clock;
        lines.forEach((id, line) -> labels.stream()
                .filter(label -> !label.equals(SortingPlan.EMPTY_BELT))
                .forEach(label -> {
                    show(id, Cause.SAMPLE, label, line.plan().edition().plan().laneOf(label));
                    show(id, Cause.UNSURE, label, line.belt().residualLane());
                }));
    }

    /** @param complete whether the book holds all that was asked and said before the start: until it says so, nobody knows the counts */
    void countOnce(BooleanSupplier complete) {
        this.complete = complete;
    }

    /** Shows from now on what comes of an item, right or wrong. */
    void show(ReviewedItem item) {
        show(item.line(), item.cause(), item.label(), item.lane());
    }

    private void show(String line, Cause cause, @Nullable String label, String lane) {
        if (lines.containsKey(line)) {
            show(new CheckedAnswer(line, cause, label, lane, true));
            show(new CheckedAnswer(line, cause, label, lane, false));
        }
    }

    private void show(CheckedAnswer answer) {
        CheckedAnswer known = bounded(answer);
        if (shown.add(known)) {
            var unused = LineMetric.REVIEWED_ITEMS.gauge(
                    registry,
                    () -> count(known),
                    "line",
                    known.line(),
                    "cause",
                    known.cause().name().toLowerCase(Locale.ROOT),
                    "label",
                    String.valueOf(known.label()),
                    "lane",
                    known.lane(),
                    "answer",
                    known.right() ? "right" : "wrong");
        }
    }

    /** Another model's labels, another belt's lanes, and what anybody may send, have one word. */
    private CheckedAnswer bounded(CheckedAnswer answer) {
        Line line = lines.get(answer.line());
        String label = answer.label() == null ? "none" : labels.contains(answer.label()) ? answer.label() : OTHER;
        boolean known = line != null && line.belt().lanes().contains(answer.lane());
        return new CheckedAnswer(answer.line(), answer.cause(), label, known ? answer.lane() : OTHER, answer.right());
    }

    private synchronized double count(CheckedAnswer answer) {
        if (!complete.getAsBoolean()) {
            return Double.NaN;
        }
        Instant now = clock.instant();
        if (Duration.between(countedAt, now).abs().compareTo(FRESH) >= 0) {
            Map<CheckedAnswer, Long> anew = new HashMap<>();
            book.checked(now.minus(COUNTED), ReviewRoutes.plansOf(lines))
                    .forEach((each, count) -> anew.merge(bounded(each), count, Long::sum));
            counts = anew;
            countedAt = now;
        }
        return counts.getOrDefault(answer, 0L);
    }
}
