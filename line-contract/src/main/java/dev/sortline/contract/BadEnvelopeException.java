// SPDX-License-Identifier: Apache-2.0
package dev.sortline.contract;

import dev.sortline.trouble.OneLine;
import java.util.Objects;
import org.apache.kafka.common.errors.SerializationException;

/**
 * A record that is not the CloudEvent that the contract asks for. The message names the attribute and what is wrong; of a value it tells the
 * beginning only.
 */
public final class BadEnvelopeException extends SerializationException {
    private static final int MOST_CHARACTERS = 80;

    private final String attribute;

    BadEnvelopeException(String attribute, String problem) {
        super("attribute '%s' %s".formatted(attribute, problem));
        this.attribute = attribute;
    }

    /** A value that its sender chose, fit to be told: its beginning, in quotes. */
    static String quoted(String value) {
        return "'" + OneLine.of(value, MOST_CHARACTERS) + "'";
    }

    /** What is wrong with which attribute, in one line. */
    @Override
    public String getMessage() {
        return Objects.requireNonNull(super.getMessage());
    }

    /** The CloudEvents attribute at fault, such as {@code sequence}; {@code key} and {@code data} for the record's own. */
    public String attribute() {
        return attribute;
    }
}
