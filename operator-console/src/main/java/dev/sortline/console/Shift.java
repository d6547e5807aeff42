// SPDX-License-Identifier: Apache-2.0
package dev.sortline.console;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import jakarta.validation.constraints.Pattern;
import java.time.LocalTime;
import java.time.format.DateTimeParseException;

/** A shift, by the clock on the wall; one that ends before it begins, or at the same time, ends the next day. */
@JsonClassDescription("A shift, by the clock on the wall; one that ends before it begins ends the next day.")
public record Shift(
        @JsonPropertyDescription("when it begins, as 06:00")
                @JsonProperty(required = true)
                @Pattern(regexp = Shift.TIME) String from,
        @JsonPropertyDescription("when it ends, as 14:00") @JsonProperty(required = true) @Pattern(regexp = Shift.TIME) String to) {
    static final String TIME = "^(?!2[4-9])[0-2][0-9]:[0-5][0-9]$";

    public Shift {
        time("from", from);
        time("to", to);
    }

    /** When it begins. */
    public LocalTime begin() {
        return time("from", from);
    }

    /** When it ends. */
    public LocalTime end() {
        return time("to", to);
    }

    private static LocalTime time(String what, String text) {
        try {
            if (text.matches(TIME)) {
                return LocalTime.parse(text);
            }
        } catch (DateTimeParseException e) {
            // told below
        }
        throw new IllegalArgumentException("%s is '%s': must be a time of day as 06:00".formatted(what, text));
    }
}
