// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera.ffmpeg;

import dev.sortline.camera.time.CaptureTime;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Says when a picture was taken, of what came along with it. Asked on one thread, for each picture in the order of their coming. */
public interface CaptureClock {
    /**
     * When it was taken.
     *
     * @param arrived when its first bytes were here, by our clock
     * @param stamped when it was taken by the clock of who sent it; null when that is not known
     */
    CaptureTime captured(Instant arrived, @Nullable Instant stamped);
}
