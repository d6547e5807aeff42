// SPDX-License-Identifier: Apache-2.0
package dev.sortline.benchmarks.report;

import dev.sortline.trainer.writing.TextTable;
import dev.sortline.trainer.writing.TextTable.Column;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * How long it takes from the time at which a frame was to be captured until a plain consumer has read its event.
 *
 * @param conditions under which
 * @param capacity frames a second that the line sustains
 * @param loads each load over all turns
 * @param bareFrameMs decoding and inference of one frame without Kafka, one after the other: each turn's median, in milliseconds
 * @param pacedFrameMs the same at 30 frames a second, where the processor rests in between
 * @param messageWayMs from sending a frame at 30 a second until the event is read that a plain consumer publishes without having looked at the
 *     frame: each turn's median
 * @param commitMs a commit of that consumer's offset: each turn's median
 * @param p50RatioToBareFrame p50 of one line at 30 frames a second in parts of {@code bareFrameMs}
 * @param p50RatioToPacedFrame the same in parts of {@code pacedFrameMs}
 * @param leastRatioToBareFrame {@code pacedFrameMs} and {@code messageWayMs} together in parts of {@code bareFrameMs}: what is left of the first
 *     ratio where nothing is between the messages and the network
 */
public record LatencyReport(
        Conditions conditions,
        MedianOfTurns capacity,
        List<Load> loads,
        MedianOfTurns bareFrameMs,
        MedianOfTurns pacedFrameMs,
        MedianOfTurns messageWayMs,
        MedianOfTurns commitMs,
        double p50RatioToBareFrame,
        double p50RatioToPacedFrame,
        double leastRatioToBareFrame)
        implements BenchmarkReport {
    private static final TextTable TABLE = TextTable.of(List.of(
            Column.left(28),
            Column.right(6),
            Column.right(7),
            Column.right(8),
            Column.right(8),
            Column.right(8),
            Column.right(8)));

    public LatencyReport {
        loads = List.copyOf(loads);
    }

    /**
     * What one load came to; latencies in milliseconds.
     *
     * @param name what it is called
     * @param fromLines lines that the frames came from
     * @param framesPerSecond of all lines together, the mean of the turns
     * @param frames frames that were published
     * @param events events that were read; an empty belt makes none
     * @param p50 median
     * @param p99 99th percentile
     * @param p999 99.9th percentile
     * @param max the longest
     * @param curve latency by percentile
     */
    public record Load(
            String name,
            int fromLines,
            double framesPerSecond,
            long frames,
            long events,
            double p50,
            double p99,
            double p999,
            double max,
            List<Point> curve) {
        public Load {
            curve = List.copyOf(curve);
        }
    }

    /**
     * A point of a curve.
     *
     * @param percentile 0 to 100
     * @param ms latency in milliseconds
     */
    public record Point(double percentile, double ms) {}

    @Override
    public List<String> lines() {
        var lines = new ArrayList<String>();
        lines.add(TABLE.row(List.of("load", "fps", "events", "p50 ms", "p99 ms", "p99.9 ms", "max ms")));
        loads.forEach(load -> lines.add(TABLE.row(List.of(
                load.name(),
                tenths(load.framesPerSecond()),
                String.valueOf(load.events()),
                tenths(load.p50()),
                tenths(load.p99()),
                tenths(load.p999()),
                tenths(load.max())))));
        lines.add(String.format(
                Locale.ROOT,
                "one frame without Kafka: %.2f ms one after the other, %.2f ms at 30 a second",
                bareFrameMs.median(),
                pacedFrameMs.median()));
        lines.add(String.format(
                Locale.ROOT,
                "messages without a frame looked at: %.2f ms, a commit %.2f ms",
                messageWayMs.median(),
                commitMs.median()));
        lines.add(String.format(Locale.ROOT, "p50RatioToBareFrame   %8.2f", p50RatioToBareFrame));
        lines.add(String.format(Locale.ROOT, "p50RatioToPacedFrame  %8.2f", p50RatioToPacedFrame));
        lines.add(String.format(Locale.ROOT, "leastRatioToBareFrame %8.2f", leastRatioToBareFrame));
        return lines;
    }

    private static String tenths(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }
}
