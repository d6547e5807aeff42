// SPDX-License-Identifier: Apache-2.0
package dev.sortline.stream.review;

import dev.sortline.metrics.LineMetric;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter.MeterProvider;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;

/** What is measured of reviews; each series is there with 0 before its first count. Safe for use by all threads. */
public final class ReviewMetrics {
    private final MeterProvider<Counter> reviews;

    /** What became of the request for a review. */
    public enum Outcome {
        /** The cluster has it. */
        REQUESTED,
        /** It was one too many, for its line is unsure of much. */
        LEFT_OUT,
        /** Its picture is no longer there: the classifier was started anew meanwhile, or too many votes were open. */
        NO_PICTURE,
        /** It could not be written. */
        FAILED
    }

    /** @param lines ids of all lines that have reviews */
    public ReviewMetrics(MeterRegistry registry, Collection<String> lines) {
        reviews = LineMetric.REVIEWS.counter(registry);
        lines.forEach(line -> Arrays.stream(Outcome.values()).forEach(outcome -> reviews(line, outcome)));
    }

    void count(String line, Outcome outcome) {
        reviews(line, outcome).increment();
    }

    private Counter reviews(String line, Outcome outcome) {
        return reviews.withTags(
                "line", line, "outcome", outcome.name().toLowerCase(Locale.ROOT).replace('_', '-'));
    }
}
