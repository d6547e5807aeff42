// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera.device;

import dev.sortline.camera.ffmpeg.CaptureClock;
import dev.sortline.camera.time.CaptureTime;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Takes the time at which the kernel had the picture's first or last bytes, as the driver does it, where it can be: a little before it arrived
 * here. How far it may be off is what a picture takes to come over the cable, for the one or the other.
 */
final class KernelClock implements CaptureClock {
    private static final Duration OLDEST = Duration.ofSeconds(3);

    /** The kernel's clock is mapped to ours by FFmpeg, which follows slowly when ours is set. */
    private static final Duration AHEAD = Duration.ofMillis(50);

    private final Duration onTheCable;

    /** @param onTheCable what a picture takes from the camera, at most what lies between two */
    KernelClock(Duration onTheCable) {
        this.onTheCable = onTheCable;
    }

    @Override
    public CaptureTime captured(Instant arrived, @Nullable Instant stamped) {
        if (stamped == null || stamped.isAfter(arrived.plus(AHEAD)) || stamped.isBefore(arrived.minus(OLDEST))) {
            return CaptureTime.ofArrival(arrived, Duration.ZERO);
        }
        Instant at = stamped.isAfter(arrived) ? arrived : stamped;
        return new CaptureTime(at, onTheCable, CaptureTime.Basis.SENSOR);
    }
}
