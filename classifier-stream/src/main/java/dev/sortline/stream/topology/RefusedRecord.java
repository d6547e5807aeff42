// SPDX-License-Identifier: Apache-2.0
package dev.sortline.stream.topology;

import dev.sortline.contract.DeadLetter;
import dev.sortline.contract.Topic;
import dev.sortline.trouble.OneLine;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/**
 * A record of the frames topic that is refused. It is set aside as it came as far as that fits into the dead-letter topic: a compressed
 * batch can hold records that are larger than any topic takes, and headers may have any size and number.
 *
 * @param key as it came, read as UTF-8
 * @param value as it came
 * @param headers those that it came with
 */
@SuppressWarnings("ArrayRecordComponent") // passed on, never compared
record RefusedRecord(@Nullable String key, byte @Nullable [] value, Headers headers) {
    private static final int MOST_KEY_CHARACTERS = 256;
    private static final int MOST_BYTES_OF_A_HEADER = 4 << 10;
    private static final int MOST_BYTES_OF_HEADERS = 64 << 10;
    private static final int MOST_NAMED_HEADERS = 3;
    private static final int MOST_CHARACTERS_OF_A_NAME = 40;
    private static final int MOST_CHARACTERS_LEFT_OUT = 300;

    /** The record to be set aside, which {@link Topic#DEAD_LETTERS} has room for. */
    RefusedRecord setAside(DeadLetter letter) {
        List<String> leftOut = new ArrayList<>();
        var kept = new RecordHeaders();
        @Nullable String keptKey = keptKey(leftOut);
        byte @Nullable [] keptValue = keptValue(leftOut);
        keepHeaders(kept, leftOut);
        letter.writeTo(kept);
        name(leftOut, kept);
        return new RefusedRecord(keptKey, keptValue, kept);
    }

    /** The same without its value, for a dead-letter topic that takes less than it should. */
    static Headers withoutValue(Headers letter, int valueBytes) {
        var kept = new RecordHeaders(letter);
        kept.remove(DeadLetter.LEFT_OUT);
        name(List.of("value (" + valueBytes + " bytes)"), kept);
        return kept;
    }

    private @Nullable String keptKey(List<String> leftOut) {
        if (key == null || key.length() <= MOST_KEY_CHARACTERS) {
            return key;
        }
        leftOut.add("key (" + key.length() + " characters)");
        return null;
    }

    private byte @Nullable [] keptValue(List<String> leftOut) {
        if (value == null || value.length <= Topic.MAX_RECORD_BYTES) {
            return value;
        }
        leftOut.add("value beyond its first " + Topic.MAX_RECORD_BYTES + " bytes (" + value.length + " bytes)");
        return Arrays.copyOf(value, Topic.MAX_RECORD_BYTES);
    }

    private void keepHeaders(Headers kept, List<String> leftOut) {
        int room = MOST_BYTES_OF_HEADERS;
        int left = 0;
        for (Header header : headers) {
            if (header.key().startsWith(DeadLetter.PREFIX)) {
                // Of an earlier refusal: a reader must not take it for this one's.
                continue;
            }
            int bytes = bytes(header);
            if (bytes <= MOST_BYTES_OF_A_HEADER && bytes <= room) {
                room -= bytes;
                kept.add(header);
            } else if (++left <= MOST_NAMED_HEADERS) {
                leftOut.add("header " + OneLine.of(header.key(), MOST_CHARACTERS_OF_A_NAME) + " (" + bytes + " bytes)");
            }
        }
        if (left > MOST_NAMED_HEADERS) {
            leftOut.add((left - MOST_NAMED_HEADERS) + " more headers");
        }
    }

    /** With what Kafka needs to tell where it ends. */
    private static int bytes(Header header) {
        return 2 * Integer.BYTES
                + header.key().getBytes(StandardCharsets.UTF_8).length
                + (header.value() == null ? 0 : header.value().length);
    }

    private static void name(List<String> leftOut, Headers kept) {
        if (!leftOut.isEmpty()) {
            kept.add(
                    DeadLetter.LEFT_OUT,
                    OneLine.of(String.join(", ", leftOut), MOST_CHARACTERS_LEFT_OUT)
                            .getBytes(StandardCharsets.UTF_8));
        }
    }
}
