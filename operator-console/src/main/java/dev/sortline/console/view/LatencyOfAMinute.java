// SPDX-License-Identifier: Apache-2.0
package dev.sortline.console.view;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import org.HdrHistogram.IntCountsHistogram;
import org.jspecify.annotations.Nullable;

/** Percentiles of the last minute's latencies, in slices of ten seconds: so they are of the last 50 to 60 seconds. Right to one in a hundred. */
final class LatencyOfAMinute {
    private static final int SLICES = 6;
    private static final int SLICE_SECONDS = 10;
    private static final Duration MOST = Duration.ofMinutes(1);
    private static final long MOST_MICROS = MOST.toNanos() / 1000;
    private static final double MICROS_A_MILLI = 1000;

    private final IntCountsHistogram[] slices = new IntCountsHistogram[SLICES];
    private final long[] numbers = new long[SLICES];
    private final IntCountsHistogram sum = histogram();

    LatencyOfAMinute() {
        Arrays.setAll(slices, slice -> histogram());
        Arrays.fill(numbers, Long.MIN_VALUE);
    }

    /** Latencies below 0, which clocks make, count as 0; those above a minute as a minute. */
    void add(Instant decidedAt, Duration latency) {
        long number = number(decidedAt);
        int slice = Math.floorMod(number, SLICES);
        if (numbers[slice] > number) {
            return;
        }
        if (numbers[slice] < number) {
            slices[slice].reset();
            numbers[slice] = number;
        }
        slices[slice].recordValue(micros(latency));
    }

    /** {@code null} without items. */
    LineState.@Nullable Latency of(Instant now) {
        sum.reset();
        long newest = number(now);
        for (int slice = 0; slice < SLICES; slice++) {
            if (numbers[slice] > newest - SLICES && numbers[slice] <= newest) {
                sum.add(slices[slice]);
            }
        }
        return sum.getTotalCount() == 0
                ? null
                : new LineState.Latency(
                        sum.getValueAtPercentile(50) / MICROS_A_MILLI, sum.getValueAtPercentile(99) / MICROS_A_MILLI);
    }

    private static long micros(Duration latency) {
        if (latency.isNegative()) {
            return 0;
        }
        return latency.compareTo(MOST) > 0 ? MOST_MICROS : latency.toNanos() / 1000;
    }

    private static long number(Instant time) {
        return Math.floorDiv(time.getEpochSecond(), SLICE_SECONDS);
    }

    private static IntCountsHistogram histogram() {
        return new IntCountsHistogram(MOST_MICROS, 2);
    }
}
