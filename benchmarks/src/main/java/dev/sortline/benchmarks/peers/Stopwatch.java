// SPDX-License-Identifier: Apache-2.0
package dev.sortline.benchmarks.peers;

import java.time.Duration;

/** Times a run of frames without its first ones. Safe for use by any number of threads. */
final class Stopwatch {
    private static final double NANOS = 1e9;
    private static final double NANOS_A_MILLISECOND = 1e6;

    private final long warmUp;
    private final long total;
    private long done;
    private long startNanos;
    private long endNanos;
    private long overWarmUp;
    private Duration startProcessor = Duration.ZERO;
    private Duration endProcessor = Duration.ZERO;

    /**
     * Waits for the first frame.
     *
     * @param warmUp frames that do not count, at least 1
     * @param total frames with these
     */
    Stopwatch(long warmUp, long total) {
        if (warmUp < 1 || total <= warmUp) {
            throw new IllegalArgumentException(
                    "warmUp and total are %d and %d: must be at least 1, and more".formatted(warmUp, total));
        }
        this.warmUp = warmUp;
        this.total = total;
    }

    /** So many more frames are done. */
    synchronized void done(int frames) {
        long before = done;
        done += frames;
        long now = System.nanoTime();
        if (before < warmUp && done >= warmUp) {
            startNanos = now;
            startProcessor = processorTime();
            // A batch may reach over the end of the warm-up.
            overWarmUp = done - warmUp;
        }
        if (before < total && done >= total) {
            endNanos = now;
            endProcessor = processorTime();
        }
    }

    /** Frames a second of those that count; after the last. */
    synchronized double framesPerSecond() {
        return counted() * NANOS / Math.max(1, endNanos - startNanos);
    }

    /** Milliseconds of a processor that this process, with all that runs in it, took for each of those frames; after the last. */
    synchronized double processorMsPerFrame() {
        return endProcessor.minus(startProcessor).toNanos() / NANOS_A_MILLISECOND / counted();
    }

    private long counted() {
        return done - warmUp - overWarmUp;
    }

    private static Duration processorTime() {
        return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
    }
}
