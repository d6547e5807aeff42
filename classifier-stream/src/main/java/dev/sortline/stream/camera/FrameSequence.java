// SPDX-License-Identifier: Apache-2.0
package dev.sortline.stream.camera;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A camera's frame counter. The same number and time of capture is the same frame; a lower number with a later time, or one that is far
 * higher, is a counter that began again. Not thread-safe.
 */
final class FrameSequence {
    /** So many frames are remembered; one that comes again after more is too old to be decided. */
    static final int REMEMBERED = 256;

    /**
     * A camera does not take frames faster: a counter that jumps further, and by more than {@value #MOST_AT_ONCE}, lost none, but counts
     * from elsewhere. So do our own cameras after a restart, which begin with the milliseconds since 1970.
     */
    private static final long LEAST_MILLIS_A_FRAME = 4;

    private static final long MOST_AT_ONCE = 100;

    private final Set<Known> known = new LinkedHashSet<>();
    private long last;
    private @Nullable Instant lastCapturedAt;

    private record Known(long sequence, Instant capturedAt) {}

    /**
     * What a frame's number says.
     *
     * @param missing how many numbers before it were left out, at least 0
     * @param beganAgain whether the counter began again with it
     * @param before the number of the frame before, or its own when it is the first
     */
    record Step(long missing, boolean beganAgain, long before) {}

    /** Whether this frame came before. */
    boolean has(long sequence, Instant capturedAt) {
        return known.contains(new Known(sequence, capturedAt));
    }

    /** A frame whose time is not believed: only its number counts. */
    void pass(long sequence) {
        last = Math.max(last, sequence);
    }

    /** A frame that did not come before. */
    Step take(long sequence, Instant capturedAt) {
        remember(new Known(sequence, capturedAt));
        @Nullable Instant earlier = lastCapturedAt;
        if (earlier == null) {
            last = sequence;
            lastCapturedAt = capturedAt;
            return new Step(0, false, sequence);
        }
        long before = last;
        long ahead = sequence - before;
        boolean later = capturedAt.isAfter(earlier);
        if (ahead <= 0 && !later) {
            // It was overtaken by others.
            return new Step(0, false, before);
        }
        last = sequence;
        lastCapturedAt = later ? capturedAt : earlier;
        long elapsedMillis = later ? Duration.between(earlier, capturedAt).toMillis() : 0;
        boolean beganAgain = ahead <= 0 || ahead - 1 > MOST_AT_ONCE + elapsedMillis / LEAST_MILLIS_A_FRAME;
        return new Step(beganAgain ? 0 : ahead - 1, beganAgain, before);
    }

    private void remember(Known frame) {
        known.add(frame);
        if (known.size() > REMEMBERED) {
            known.remove(known.iterator().next());
        }
    }
}
