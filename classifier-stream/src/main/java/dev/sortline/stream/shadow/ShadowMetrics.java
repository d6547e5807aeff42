// SPDX-License-Identifier: Apache-2.0
package dev.sortline.stream.shadow;

import dev.sortline.metrics.LineMetric;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter.MeterProvider;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;

/** What is measured of the second model; each series is there with 0 before its first count. Safe for use by all threads. */
public final class ShadowMetrics {
    private final MeterProvider<Counter> frames;

    /** What became of a frame. */
    public enum Outcome {
        /** The cluster has its answer. */
        ANSWERED,
        /** There was no time for it. */
        SKIPPED,
        /** The model could not answer, or the answer could not be written. */
        FAILED
    }

    /** @param lines ids of all lines */
    public ShadowMetrics(MeterRegistry registry, Collection<String> lines) {
        frames = LineMetric.SHADOW_FRAMES.counter(registry);
        lines.forEach(line -> Arrays.stream(Outcome.values()).forEach(outcome -> frames(line, outcome)));
    }

    void count(String line, Outcome outcome) {
        frames(line, outcome).increment();
    }

    private Counter frames(String line, Outcome outcome) {
        return frames.withTags("line", line, "outcome", outcome.name().toLowerCase(Locale.ROOT));
    }
}
