// SPDX-License-Identifier: Apache-2.0
package dev.sortline.benchmarks.report;

import java.util.List;
import java.util.Locale;

/**
 * How soon the operator's page answers, and what it costs.
 *
 * @param conditions under which
 * @param uploads photos that were tried, eight a second, while the line was idle
 * @param p50 median time from the first byte of a photo to the last of its answer, in milliseconds
 * @param p99 99th percentile
 * @param max the longest
 * @param oneViewer processors that it takes while four lines are filmed at 30 frames a second and one viewer watches
 * @param fiftyViewers the same with fifty viewers, of whom one never reads
 * @param residentBytesBefore its resident memory after one such load with fifty viewers
 * @param residentBytesAfter and after one more
 */
public record ConsoleReport(
        Conditions conditions,
        long uploads,
        double p50,
        double p99,
        double max,
        double oneViewer,
        double fiftyViewers,
        long residentBytesBefore,
        long residentBytesAfter)
        implements BenchmarkReport {
    private static final double MICROS_A_MILLI = 1_000;

    /** Microseconds as milliseconds. */
    public static double millis(long micros) {
        return micros / MICROS_A_MILLI;
    }

    @Override
    public List<String> lines() {
        return List.of(
                String.format(
                        Locale.ROOT,
                        "%d uploads, eight a second: p50 %.1f ms, p99 %.1f ms, most %.1f ms",
                        uploads,
                        p50,
                        p99,
                        max),
                String.format(
                        Locale.ROOT,
                        "4 lines at 30 fps: %.1f %% of a processor with one viewer, %.1f %% with fifty",
                        100 * oneViewer,
                        100 * fiftyViewers),
                String.format(
                        Locale.ROOT,
                        "resident memory with fifty viewers, one of whom never reads: %d MiB, then %d MiB",
                        residentBytesBefore >> 20,
                        residentBytesAfter >> 20));
    }
}
