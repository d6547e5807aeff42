// SPDX-License-Identifier: Apache-2.0
package dev.sortline.gateway.rules;

import java.time.Duration;
import java.time.Instant;

/**
 * What both clocks showed at one moment: events speak of the wall clock, which may be set; waiting is done by the other,
 * which only ever goes forward.
 *
 * @param wall the wall clock
 * @param nanos {@link System#nanoTime}
 */
public record Moment(Instant wall, long nanos) {

    /** What {@link System#nanoTime} will show, or has shown, when the wall clock shows that time. */
    long nanosAt(Instant time) {
        return nanos + Duration.between(wall, time).toNanos();
    }

    /** What the wall clock showed, or will show, at that time of {@link System#nanoTime}, if nobody sets it. */
    Instant wallAt(long time) {
        return wall.plusNanos(time - nanos);
    }
}
