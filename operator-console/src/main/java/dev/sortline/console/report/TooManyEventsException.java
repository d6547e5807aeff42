// SPDX-License-Identifier: Apache-2.0
package dev.sortline.console.report;

import java.time.Duration;

/** A shift has more events than can be read in the time that there is. */
public final class TooManyEventsException extends Exception {
    TooManyEventsException(long read, Duration within) {
        super("%d events were read in %d s, and there are more: choose a shorter time"
                .formatted(read, within.toSeconds()));
    }
}
