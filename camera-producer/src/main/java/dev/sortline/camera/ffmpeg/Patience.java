// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera.ffmpeg;

import java.time.Duration;
import org.bytedeco.ffmpeg.avformat.AVIOInterruptCB;
import org.bytedeco.javacpp.Pointer;
import org.jspecify.annotations.Nullable;

/**
 * How long FFmpeg may wait on a thread. It asks while it waits, several times a second, and gives up when the time is over or the thread was
 * interrupted. One callback serves all cameras, for there are few of them in a process; so what it knows is kept by thread.
 */
final class Patience extends AVIOInterruptCB.Callback_Pointer {
    /** Native code calls it as long as the process lives. */
    static final Patience CALLBACK = new Patience();

    private static final ThreadLocal<@Nullable Long> ENDS = new ThreadLocal<>();

    private Patience() {}

    /** Lets FFmpeg wait on this thread from now on for a time. */
    static void begin(Duration atMost) {
        ENDS.set(System.nanoTime() + atMost.toNanos());
    }

    /** Whether the time on this thread is over. */
    static boolean isOver() {
        @Nullable Long ends = ENDS.get();
        return ends != null && System.nanoTime() - ends > 0;
    }

    /** Forgets the time on this thread. */
    static void end() {
        ENDS.remove();
    }

    @Override
    public int call(@Nullable Pointer nothing) {
        return isOver() || Thread.currentThread().isInterrupted() ? 1 : 0;
    }
}
