// SPDX-License-Identifier: Apache-2.0
package dev.sortline.metrics;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * The longest that a loop has stood between two turns of late: also what it stands for now, so that a loop that is stuck is seen while it
 * is. Safe for use by several threads.
 */
public final class LoopWatch {
    /** What is longer ago is forgotten, a slice at a time. */
    public static final Duration REMEMBERED = Duration.ofMinutes(1);

    private static final int SLICES = 6;
    private static final long SLICE_NANOS = REMEMBERED.toNanos() / SLICES;
    private static final double NANOS_PER_SECOND = 1e9;

    private final LongSupplier nanoTime;
    private final long beganNanos;
    private final long[] worst = new long[SLICES];
    private long slice;
    private long turnedNanos;

    /** @param nanoTime a clock that only ever goes forward, in nanoseconds */
    public LoopWatch(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        beganNanos = nanoTime.getAsLong();
        turnedNanos = beganNanos;
    }

    /** The loop comes round. */
    public synchronized void turn() {
        long now = nanoTime.getAsLong();
        forget(now);
        int at = (int) (slice % SLICES);
        worst[at] = Math.max(worst[at], now - turnedNanos);
        turnedNanos = now;
    }

    /** The longest time between two turns in the last minute, or since the last turn, in seconds. */
    public synchronized double worstSeconds() {
        long now = nanoTime.getAsLong();
        forget(now);
        long longest = now - turnedNanos;
        for (long each : worst) {
            longest = Math.max(longest, each);
        }
        return longest / NANOS_PER_SECOND;
    }

    private void forget(long now) {
        long current = (now - beganNanos) / SLICE_NANOS;
        for (long each = Math.max(slice + 1, current - SLICES + 1); each <= current; each++) {
            worst[(int) (each % SLICES)] = 0;
        }
        slice = current;
    }
}
