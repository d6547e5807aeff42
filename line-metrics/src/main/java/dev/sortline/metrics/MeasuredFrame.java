// SPDX-License-Identifier: Apache-2.0
package dev.sortline.metrics;

import org.jspecify.annotations.Nullable;

/** The frame that a thread measures at the moment: what is measured then can be told with an example. */
public final class MeasuredFrame {
    private static final ThreadLocal<String> FRAME = new ThreadLocal<>();

    private MeasuredFrame() {}

    /**
     * Measures something of a frame, on this thread.
     *
     * @param frameId the frame's id
     */
    public static void measure(String frameId, Runnable measuring) {
        FRAME.set(frameId);
        try {
            measuring.run();
        } finally {
            FRAME.remove();
        }
    }

    /** The id of the frame that this thread measures; {@code null} while it measures none. */
    public static @Nullable String current() {
        return FRAME.get();
    }
}
