// SPDX-License-Identifier: Apache-2.0
package dev.sortline.console.view;

import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Whether somebody who should speak once a second does. */
public enum Presence {
    /** It does. */
    ALIVE,
    /** It did once. */
    SILENT,
    /** It was never heard. */
    UNKNOWN;

    /** By when it was heard last, on the clock of {@code now}; {@code null} when it never was. */
    static Presence of(@Nullable Instant heardAt, Duration silentAfter, Instant now) {
        if (heardAt == null) {
            return UNKNOWN;
        }
        return heardAt.plus(silentAfter).isBefore(now) ? SILENT : ALIVE;
    }

    /** As the page knows it: {@code alive}. */
    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
