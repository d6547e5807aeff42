// SPDX-License-Identifier: Apache-2.0
package dev.sortline.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/**
 * A Kafka record that anybody may have sent, as a file of the corpus has it: a header a line, an empty line, the value. {@code \n} stands for
 * a line break in a header's value; a header without a colon has no value, a file without an empty line none for the record.
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
record HostileRecord(Headers headers, byte @Nullable [] value) {
    private static final int MOST_CHARACTERS_OF_A_MESSAGE = 500;

    static HostileRecord of(byte[] file) {
        // Every byte is a character of its own.
        String text = new String(file, StandardCharsets.ISO_8859_1);
        int end = text.startsWith("\n") ? 0 : text.indexOf("\n\n") + 1;
        boolean hasValue = end > 0 || text.startsWith("\n");
        var headers = new RecordHeaders();
        (hasValue ? text.substring(0, end) : text).lines().forEach(line -> {
            int colon = line.indexOf(": ");
            if (colon < 0) {
                headers.add(line, null);
            } else {
                headers.add(
                        line.substring(0, colon),
                        line.substring(colon + 2).replace("\\n", "\n").getBytes(StandardCharsets.ISO_8859_1));
            }
        });
        return new HostileRecord(
                headers, hasValue ? text.substring(end + 1).getBytes(StandardCharsets.ISO_8859_1) : null);
    }

    /** What a refusal must be, whatever was sent. */
    static void assertOneShortLine(BadEnvelopeException refusal) {
        assertThat(refusal.getMessage())
                .isNotBlank()
                .hasSizeLessThanOrEqualTo(MOST_CHARACTERS_OF_A_MESSAGE)
                .doesNotContainPattern("[\\p{Cntrl}\\u0085\\u2028\\u2029]");
    }
}
