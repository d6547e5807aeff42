// SPDX-License-Identifier: Apache-2.0
package dev.sortline.contract;

import java.util.Objects;
import org.apache.kafka.common.errors.SerializationException;

/** A record that is not the CloudEvent that the contract asks for. The message names the attribute and what is wrong. */
public final class BadEnvelopeException extends SerializationException {
    private final String attribute;

    BadEnvelopeException(String attribute, String problem) {
        super("attribute '%s' %s".formatted(attribute, problem));
        this.attribute = attribute;
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
