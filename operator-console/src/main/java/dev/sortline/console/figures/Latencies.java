// SPDX-License-Identifier: Apache-2.0
package dev.sortline.console.figures;

import dev.sortline.console.figures.LineReport.Latency;
import java.time.Duration;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/** How long decisions took, to three digits. What took longer than a frame is kept counts as so long, what has a negative time as nothing. */
final class Latencies {
    private static final long MOST_MICROS = Duration.ofMinutes(10).toNanos() / 1000;
    private static final int DIGITS = 3;

    private final Histogram micros = new Histogram(MOST_MICROS, DIGITS);

    void add(Duration latency) {
        // Clocks may be wrong by any amount, which nanoseconds need not hold.
        boolean tooLong = latency.compareTo(Duration.ofMinutes(10)) > 0;
        long value = tooLong ? MOST_MICROS : latency.isNegative() ? 0 : latency.toNanos() / 1000;
        micros.recordValue(value);
    }

    /** {@code null} where there was none. */
    @Nullable Latency told() {
        if (micros.getTotalCount() == 0) {
            return null;
        }
        return new Latency(micros.getValueAtPercentile(50) / 1e3, micros.getValueAtPercentile(99) / 1e3);
    }
}
