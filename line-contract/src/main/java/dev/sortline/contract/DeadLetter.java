// SPDX-License-Identifier: Apache-2.0
package dev.sortline.contract;

import dev.sortline.trouble.OneLine;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * Why and whence a record came to {@link Topic#DEAD_LETTERS}. It is written into headers beside those that the record
 * came with; the record's value is the refused bytes as they were. What is so large that the dead letter would not fit
 * is left out and named in a further header, {@value #LEFT_OUT}.
 *
 * @param reason a short code such as {@code bad-envelope} or {@code corrupt}, one of few
 * @param detail one line for a person, made so: at most {@value #MOST_DETAIL_CHARACTERS} characters, none a control character
 * @param topic the topic that the record came from
 * @param partition its partition
 * @param offset its offset
 */
public record DeadLetter(String reason, String detail, String topic, int partition, long offset) {
    /** Header that names what was left out of the record, and how large it was; absent where nothing was. */
    public static final String LEFT_OUT = "sortline_left_out";
    /** Prefix of the headers that are a dead letter's own. */
    public static final String PREFIX = "sortline_";

    private static final int MOST_DETAIL_CHARACTERS = 300;

    public DeadLetter {
        detail = OneLine.of(detail, MOST_DETAIL_CHARACTERS);
    }

    /** Adds the headers {@code sortline_reason}, {@code _detail}, {@code _topic}, {@code _partition}, {@code _offset}. */
    public void writeTo(Headers headers) {
        write(headers, "reason", reason);
        write(headers, "detail", detail);
        write(headers, "topic", topic);
        write(headers, "partition", String.valueOf(partition));
        write(headers, "offset", String.valueOf(offset));
    }

    /**
     * Reads back what {@link #writeTo} wrote.
     *
     * @throws BadEnvelopeException naming the header that is missing or wrong
     */
    public static DeadLetter readFrom(Headers headers) {
        return new DeadLetter(
                read(headers, "reason"),
                read(headers, "detail"),
                read(headers, "topic"),
                (int) number(headers, "partition", Integer.MAX_VALUE),
                number(headers, "offset", Long.MAX_VALUE));
    }

    private static void write(Headers headers, String name, String value) {
        headers.add(PREFIX + name, value.getBytes(StandardCharsets.UTF_8));
    }

    private static String read(Headers headers, String name) {
        @Nullable Header header = headers.lastHeader(PREFIX + name);
        if (header == null || header.value() == null) {
            throw new BadEnvelopeException(PREFIX + name, "is missing");
        }
        return new String(header.value(), StandardCharsets.UTF_8);
    }

    private static long number(Headers headers, String name, long most) {
        String value = read(headers, name);
        try {
            long number = Long.parseLong(value);
            if (number >= 0 && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // told below, together with numbers that are out of range
        }
        throw new BadEnvelopeException(
                PREFIX + name,
                "is " + BadEnvelopeException.quoted(value) + ": must be a whole number from 0 to " + most);
    }
}
