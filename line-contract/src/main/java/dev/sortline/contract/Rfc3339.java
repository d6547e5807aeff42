// SPDX-License-Identifier: Apache-2.0
package dev.sortline.contract;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The times that there is a way to write in a message: RFC 3339 has four digits for the year. */
final class Rfc3339 {
    private static final Instant FIRST = Instant.parse("0000-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999999Z");

    private Rfc3339() {}

    /**
     * Gives the time back when there is a way to write it.
     *
     * @param what what the time is of, for the message
     * @throws NullPointerException when it is missing
     * @throws IllegalArgumentException when there is no way to write it
     */
    static Instant check(String what, @Nullable Instant time) {
        if (time == null) {
            throw new NullPointerException(what + " is missing");
        }
        if (!canBeWritten(time)) {
            throw new IllegalArgumentException(what + " is " + time + ": must be in the years 0 to 9999");
        }
        return time;
    }

    static boolean canBeWritten(Instant time) {
        return !time.isBefore(FIRST) && !time.isAfter(LAST);
    }
}
