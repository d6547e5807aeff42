// SPDX-License-Identifier: Apache-2.0
package dev.sortline.benchmarks.line;

import dev.sortline.loopback.PrometheusText;
import dev.sortline.metrics.LineMetric;

/**
 * Frames by what became of them, as a classifier counts them in its metrics.
 *
 * @param routed frames of items that were decided in time
 * @param empty frames of an empty belt
 * @param late frames of items that could no longer be moved in time
 * @param unreadable frames that could not be read
 * @param repeated frames that came before
 */
public record FrameFates(long routed, long empty, long late, long unreadable, long repeated) {
    static final FrameFates NONE = new FrameFates(0, 0, 0, 0, 0);

    /** Adds up what Prometheus would read. */
    static FrameFates of(String metrics) {
        long[] counts = new long[5];
        for (var series : PrometheusText.series(metrics, LineMetric.FRAMES.exportedName())) {
            String fate = String.valueOf(series.labels().get("fate"));
            int place =
                    switch (fate) {
                        case "routed" -> 0;
                        case "empty" -> 1;
                        case "late" -> 2;
                        case "unreadable" -> 3;
                        case "repeated" -> 4;
                        default -> throw new BenchFailure("the classifier counts an unknown fate: " + fate);
                    };
            counts[place] += (long) series.value();
        }
        return new FrameFates(counts[0], counts[1], counts[2], counts[3], counts[4]);
    }

    /** All of them. */
    public long total() {
        return routed + empty + late + unreadable + repeated;
    }

    /** Those that the network has answered in time. */
    public long decided() {
        return routed + empty;
    }

    /** Those of which there must be an event. */
    long told() {
        return routed + late + unreadable;
    }

    /** These and the others. */
    public FrameFates plus(FrameFates other) {
        return new FrameFates(
                routed + other.routed,
                empty + other.empty,
                late + other.late,
                unreadable + other.unreadable,
                repeated + other.repeated);
    }

    /** These without the others, which were counted before. */
    public FrameFates minus(FrameFates other) {
        return new FrameFates(
                routed - other.routed,
                empty - other.empty,
                late - other.late,
                unreadable - other.unreadable,
                repeated - other.repeated);
    }
}
