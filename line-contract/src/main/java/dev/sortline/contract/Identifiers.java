// SPDX-License-Identifier: Apache-2.0
package dev.sortline.contract;

import java.util.Objects;
import java.util.regex.Pattern;

/** The form of line, camera and item ids: they stand in URIs, Kafka keys and metric tags. */
public final class Identifiers {
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    // A camera's id, its frame's sequence and time of capture, with dots between: 64 + 1 + 19 + 1 + 15.
    private static final Pattern ITEM_FORM = Pattern.compile("[A-Za-z0-9._-]{1,100}");

    private Identifiers() {}

    /**
     * Gives the value back when it has the form: 1 to 64 letters, digits, {@code .}, {@code _} or {@code -}.
     *
     * @param what what the value is, for the message
     * @throws IllegalArgumentException naming both when it has not
     * @throws NullPointerException naming {@code what} when there is none
     */
    public static String check(String what, String value) {
        Objects.requireNonNull(value, () -> what + " is missing");
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "%s is '%s': must be 1 to 64 letters, digits, '.', '_' or '-'".formatted(what, value));
        }
        return value;
    }

    /** As {@link #check}, for the item of an event: made of camera, sequence and time it is up to 100 characters long. */
    static void checkItem(String value) {
        Objects.requireNonNull(value, "itemId is missing");
        if (!ITEM_FORM.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "itemId is '%s': must be 1 to 100 letters, digits, '.', '_' or '-'".formatted(value));
        }
    }
}
