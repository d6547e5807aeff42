// SPDX-License-Identifier: Apache-2.0
package dev.sortline.console.feed;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * How a tail reads. A request for each record costs more than the record: what is only looked at is let gather for a moment.
 *
 * @param gather so long do records gather before they are fetched; none: each is fetched as it comes
 * @param hurry while it holds nothing gathers; asked by the tail's own thread, some times a second
 * @param mostBehind of a partition that holds more unread records than these, the older ones are passed over; {@link #ALL}: none are
 */
public record ReadingPace(Duration gather, BooleanSupplier hurry, long mostBehind) {
    /** Every record is read. */
    public static final long ALL = Long.MAX_VALUE;

    /** Each record as it comes. */
    public static final ReadingPace AT_ONCE = new ReadingPace(Duration.ZERO, () -> true, ALL);
}
