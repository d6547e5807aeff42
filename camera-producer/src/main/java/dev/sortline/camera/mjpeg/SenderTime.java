// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera.mjpeg;

import dev.sortline.camera.time.CaptureTime;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The time that a sender tells beside a picture, {@code X-Timestamp}: seconds since 1970 with a fraction, as mjpg-streamer writes it. Other
 * senders write there how long they run, and most cameras have a clock that nobody sets: it is only believed where it agrees with ours.
 */
final class SenderTime {
    private static final int MOST_CHARACTERS = 24;
    private static final int NANOS_DIGITS = 9;
    private static final Duration MOST_AGE = Duration.ofSeconds(2);

    private SenderTime() {}

    /**
     * When a picture was taken.
     *
     * @param told what the sender says; null for nothing
     * @param arrived when its first bytes came
     * @param delay from exposure to arrival, where the sender says nothing that is believed
     * @return by the sender's clock when that tells a moment up to 2 s before the arrival; it may be off by as much as lies between
     */
    static CaptureTime of(@Nullable String told, Instant arrived, Duration delay) {
        Instant sent = told == null ? null : parse(told);
        if (sent != null && !sent.isAfter(arrived) && !sent.isBefore(arrived.minus(MOST_AGE))) {
            return new CaptureTime(sent, Duration.between(sent, arrived), CaptureTime.Basis.SENDER);
        }
        return CaptureTime.ofArrival(arrived, delay);
    }

    private static @Nullable Instant parse(String told) {
        if (told.length() > MOST_CHARACTERS || !told.matches("\\d{1,11}(\\.\\d+)?")) {
            return null;
        }
        var seconds = new BigDecimal(told);
        long whole = seconds.longValue();
        return Instant.ofEpochSecond(
                whole,
                seconds.subtract(BigDecimal.valueOf(whole))
                        .movePointRight(NANOS_DIGITS)
                        .longValue());
    }
}
