// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera.rtsp;

import dev.sortline.camera.ffmpeg.CaptureClock;
import dev.sortline.camera.time.CaptureTime;
import dev.sortline.camera.time.ClockMapping;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Takes the time that a camera tells in its sender reports, mapped to our clock; until the first report came, the picture's arrival. Either less
 * a set delay, for what passes between exposure and the fastest arrival no clock tells. One for each connection.
 */
final class SenderClock implements CaptureClock {
    private final Duration delay;
    private final ClockMapping mapping = new ClockMapping(CaptureTime.Basis.SENDER);

    SenderClock(Duration delay) {
        this.delay = delay;
    }

    @Override
    public CaptureTime captured(Instant arrived, @Nullable Instant stamped) {
        if (stamped == null) {
            return CaptureTime.ofArrival(arrived, delay);
        }
        CaptureTime mapped = mapping.captured(stamped, arrived);
        return new CaptureTime(mapped.at().minus(delay), mapped.uncertainty(), mapped.basis());
    }
}
