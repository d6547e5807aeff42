// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera.time;

import java.time.Duration;
import java.time.Instant;

/**
 * When a picture was taken.
 *
 * @param at by this computer's clock
 * @param uncertainty how far it may be off, either way; at least 0
 * @param basis what it is known from
 */
public record CaptureTime(Instant at, Duration uncertainty, Basis basis) {
    /** What a time of capture is known from, the best first. */
    public enum Basis {
        /** The sensor's own time stamp, by a clock that is mapped to ours. */
        SENSOR,
        /** The sender's clock, as it tells in RTCP sender reports or in the file. */
        SENDER,
        /** When the picture arrived, less a set delay. */
        ARRIVAL
    }

    public CaptureTime {
        if (uncertainty.isNegative()) {
            throw new IllegalArgumentException("uncertainty is %s: must be at least 0".formatted(uncertainty));
        }
    }

    /** Of a picture that arrived, of which no more is known. */
    public static CaptureTime ofArrival(Instant arrived, Duration delay) {
        return new CaptureTime(arrived.minus(delay), delay, Basis.ARRIVAL);
    }
}
