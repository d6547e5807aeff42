// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera.replay;

import java.time.Duration;

/**
 * When a camera's frames are due: at a fixed rate counted from the first, so that small delays do not add up. After a
 * delay of more than a second it goes on from there at its rate, as a camera does, and does not catch up by a burst.
 */
final class Pace {
    private static final long CATCH_UP_NANOS = Duration.ofSeconds(1).toNanos();
    private final double intervalNanos;
    private long startNanos;
    private long turn;

    /** @param startNanos when the first frame is due */
    Pace(double framesPerSecond, long startNanos) {
        this.intervalNanos = Duration.ofSeconds(1).toNanos() / framesPerSecond;
        this.startNanos = startNanos;
    }

    /** Takes the next turn and tells how long it is until then, in nanoseconds; at least 0. */
    long untilNext(long nowNanos) {
        long due = startNanos + Math.round(turn * intervalNanos);
        if (nowNanos - due > CATCH_UP_NANOS) {
            startNanos = nowNanos;
            turn = 0;
            due = nowNanos;
        }
        turn++;
        return Math.max(0, due - nowNanos);
    }
}
