// SPDX-License-Identifier: Apache-2.0
package dev.sortline.stream.camera;

import java.time.Duration;
import java.util.Arrays;

/**
 * What the times of a camera's last frames say of its clock. A frame arrives after it was captured; where it seems to have arrived before,
 * the camera's clock is ahead of ours, at least by that much. The contrary cannot be known: a clock that is behind and frames that take
 * long look the same. So of all delays the least says most, as in NTP's clock filter (RFC 5905, 10).
 *
 * <p>Not quite the least: two frames with a wrong time among {@value #FRAMES} must not shift all others. A clock that is set anew is
 * followed within {@value #FRAMES} frames. Not thread-safe.
 */
final class ClockSkew {
    static final int FRAMES = 32;
    private static final int RANK = 3;

    private final long[] delayNanos = new long[FRAMES];
    private int seen;

    /** @param delay from capture, by the camera's clock, to arrival, by ours; negative when the camera's is ahead; at most days */
    void add(Duration delay) {
        delayNanos[seen % FRAMES] = delay.toNanos();
        // From the start again before it overflows, with all places filled.
        seen = seen == Integer.MAX_VALUE ? FRAMES : seen + 1;
    }

    boolean isKnown() {
        return seen > 0;
    }

    /** How far the camera's clock is at least ahead of ours; negative: it is behind by at most so much; 0 as long as nothing is known. */
    Duration ahead() {
        if (seen == 0) {
            return Duration.ZERO;
        }
        long[] sorted = Arrays.copyOf(delayNanos, Math.min(seen, FRAMES));
        Arrays.sort(sorted);
        return Duration.ofNanos(-sorted[Math.min(RANK, sorted.length) - 1]);
    }
}
