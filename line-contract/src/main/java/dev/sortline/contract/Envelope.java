// SPDX-License-Identifier: Apache-2.0
package dev.sortline.contract;

import io.cloudevents.rw.CloudEventRWException;
import io.cloudevents.types.Time;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * The attributes of a binary-mode CloudEvent, read one by one so that an error names the attribute.
 *
 * <p>The CloudEvents SDK reads a whole event too, but reports only the first thing that its builder stumbles over.
 */
final class Envelope {
    /** Longest attribute that is passed on as it is. Our own cameras' ids have at most 149. */
    static final int MOST_CHARACTERS = 256;

    private static final String PREFIX = "ce_";
    private final Headers headers;

    /** @throws BadEnvelopeException unless the headers hold a CloudEvent 1.0 of the wanted type */
    Envelope(Headers headers, String wantedType) {
        this.headers = headers;
        expect("specversion", "1.0");
        required("id");
        source();
        expect("type", wantedType);
    }

    String required(String attribute) {
        String value = optional(attribute);
        if (value == null || value.isEmpty()) {
            throw new BadEnvelopeException(attribute, "is missing: the header " + PREFIX + attribute + " must be set");
        }
        return value;
    }

    @Nullable String optional(String attribute) {
        return header(attribute, PREFIX + attribute);
    }

    /** {@code datacontenttype}, which Kafka's binding carries as the header {@code content-type}. */
    @Nullable String contentType() {
        String value = header("datacontenttype", "content-type");
        return value == null ? null : bounded("datacontenttype", value);
    }

    /** An attribute that is passed on as it is. */
    String text(String attribute) {
        return bounded(attribute, required(attribute));
    }

    @Nullable String optionalText(String attribute) {
        String value = optional(attribute);
        return value == null ? null : bounded(attribute, value);
    }

    Instant time() {
        String text = required("time");
        try {
            Instant time = Time.parseTime("time", text).toInstant();
            if (Rfc3339.canBeWritten(time)) {
                return time;
            }
        } catch (CloudEventRWException e) {
            // told below, together with years that the form does not have
        }
        throw new BadEnvelopeException(
                "time", "is " + BadEnvelopeException.quoted(text) + ": must be an RFC 3339 time");
    }

    String identifier(String attribute) {
        return checked(attribute, required(attribute));
    }

    @Nullable String optionalIdentifier(String attribute) {
        String value = optional(attribute);
        return value == null ? null : checked(attribute, value);
    }

    long count(String attribute) {
        return wholeNumber(attribute, required(attribute), 0);
    }

    @Nullable Long optionalWholeNumber(String attribute) {
        String value = optional(attribute);
        return value == null ? null : wholeNumber(attribute, value, Long.MIN_VALUE);
    }

    private void source() {
        String source = required("source");
        try {
            var unused = new URI(source);
        } catch (URISyntaxException e) {
            throw new BadEnvelopeException("source", "is " + BadEnvelopeException.quoted(source) + ": must be a URI");
        }
    }

    private void expect(String attribute, String wanted) {
        String value = required(attribute);
        if (!value.equals(wanted)) {
            throw new BadEnvelopeException(
                    attribute, "is " + BadEnvelopeException.quoted(value) + ": must be '" + wanted + "'");
        }
    }

    private static String checked(String attribute, String value) {
        try {
            return Identifiers.check(attribute, value);
        } catch (IllegalArgumentException e) {
            throw new BadEnvelopeException(
                    attribute,
                    "is " + BadEnvelopeException.quoted(value) + ": must be 1 to 64 letters, digits, '.', '_' or '-'");
        }
    }

    private static long wholeNumber(String attribute, String value, long least) {
        try {
            long number = Long.parseLong(value);
            if (number >= least) {
                return number;
            }
        } catch (NumberFormatException e) {
            // told below, together with numbers that are too small
        }
        throw new BadEnvelopeException(
                attribute,
                "is " + BadEnvelopeException.quoted(value) + ": must be a whole number"
                        + (least == 0 ? " of at least 0" : ""));
    }

    private static String bounded(String attribute, String value) {
        if (value.length() > MOST_CHARACTERS || value.chars().anyMatch(Character::isISOControl)) {
            throw new BadEnvelopeException(
                    attribute,
                    "is " + BadEnvelopeException.quoted(value) + ": must be at most " + MOST_CHARACTERS
                            + " characters, none of them a control character");
        }
        return value;
    }

    private @Nullable String header(String attribute, String name) {
        Header header = headers.lastHeader(name);
        if (header == null || header.value() == null) {
            return null;
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(header.value()))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new BadEnvelopeException(
                    attribute,
                    "is " + BadEnvelopeException.quoted(new String(header.value(), StandardCharsets.UTF_8))
                            + ": must be UTF-8");
        }
    }
}
