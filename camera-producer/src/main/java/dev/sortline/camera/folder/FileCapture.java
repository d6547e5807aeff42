// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera.folder;

import dev.sortline.camera.time.CaptureTime;
import dev.sortline.camera.time.CaptureTime.Basis;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** When the picture in a file was taken: when the file was last written to, unless that cannot be. Pure. */
final class FileCapture {
    /** How far the clock of a camera or file server may be off before it counts as wrong. */
    static final Duration PLAUSIBLE = Duration.ofSeconds(10);

    private FileCapture() {}

    /**
     * The time of capture, in whole milliseconds.
     *
     * @param modified the file's own time
     * @param notThere when the folder was last looked at without it; null when never: then only its own time tells how old it is
     * @param seen when it was seen
     */
    static CaptureTime of(Instant modified, @Nullable Instant notThere, Instant seen) {
        boolean fromTheFuture = modified.isAfter(seen.plus(PLAUSIBLE));
        boolean tooOld = notThere != null && modified.isBefore(notThere.minus(PLAUSIBLE));
        if (fromTheFuture || tooOld) {
            // The earliest that it can have come: a stale picture must not pass for a fresh one.
            Instant arrived = notThere == null || notThere.isAfter(seen) ? seen : notThere;
            return new CaptureTime(
                    millis(arrived), Duration.between(arrived, seen).plusMillis(1), Basis.ARRIVAL);
        }
        Instant at = modified.isAfter(seen) ? seen : modified;
        Duration sinceNotThere =
                notThere == null || notThere.isAfter(seen) ? PLAUSIBLE : Duration.between(notThere, seen);
        return new CaptureTime(millis(at), sinceNotThere.plusMillis(1), Basis.SENDER);
    }

    private static Instant millis(Instant at) {
        return at.truncatedTo(ChronoUnit.MILLIS);
    }
}
