// SPDX-License-Identifier: Apache-2.0
package dev.sortline.console.model;

import dev.sortline.console.feed.FeedListener;
import dev.sortline.console.figures.Drift;
import dev.sortline.console.figures.LastHour;
import dev.sortline.contract.RoutingEvent;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Hears what one model answers on some lines, and compares its last hour with what it was measured at. Safe for use by several threads. */
public final class DriftWatch implements FeedListener {
    private final Set<String> lines;
    private final ModelFacts model;
    private final LastHour hour;

    /**
     * @param lines the lines that are watched: not the one on which photos are tried
     * @param model the model that is watched; where its name or version is not known, any is
     * @param clock says what the last hour is
     */
    public DriftWatch(Set<String> lines, ModelFacts model, InstantSource clock) {
        this.lines = Set.copyOf(lines);
        this.model = model;
        hour = new LastHour(clock);
    }

    @Override
    public void routed(RoutingEvent event) {
        if (lines.contains(event.lineId()) && isOfTheModel(event.model())) {
            hour.add(event);
        }
    }

    private boolean isOfTheModel(RoutingEvent.Model answering) {
        String name = model.name();
        String version = model.version();
        return (name == null || name.equals(answering.name()))
                && (version == null || version.equals(answering.version()));
    }

    /**
     * The last hour beside what the model was measured at: of the evaluations whose bins tell a mean confidence that of
     * most labels, and of several such that with the most pictures.
     *
     * @param labels the model's labels
     */
    Drift drift(List<String> labels, List<Evaluation> evaluations) {
        @Nullable Double expected = evaluations.stream()
                .filter(evaluation -> evaluation.meanConfidence() != null)
                .max(Comparator.comparingInt(Evaluation::itemLabels).thenComparingInt(Evaluation::pictures))
                .map(Evaluation::meanConfidence)
                .orElse(null);
        return hour.drift(labels, expected);
    }
}
