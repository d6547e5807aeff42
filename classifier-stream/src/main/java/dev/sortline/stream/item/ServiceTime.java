// SPDX-License-Identifier: Apache-2.0
package dev.sortline.stream.item;

import java.time.Duration;

/**
 * How long a frame takes once it is taken up: a running mean and mean deviation, as TCP estimates its round trips (Jacobson, "Congestion
 * Avoidance and Control", 1988). Safe for use by several threads.
 */
public final class ServiceTime {
    private static final double MEAN_GAIN = 0.125;
    private static final double DEVIATION_GAIN = 0.25;
    private static final double DEVIATIONS = 4;

    private double mean;
    private double deviation;

    /** Tells how long a frame took. */
    public synchronized void took(Duration time) {
        double error = time.toNanos() - mean;
        mean += MEAN_GAIN * error;
        deviation += DEVIATION_GAIN * (Math.abs(error) - deviation);
    }

    /** A time that the next frame hardly exceeds; 0 before the first. */
    public synchronized Duration expected() {
        return Duration.ofNanos(Math.round(mean + DEVIATIONS * deviation));
    }
}
