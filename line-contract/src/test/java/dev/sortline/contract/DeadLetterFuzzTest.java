// SPDX-License-Identifier: Apache-2.0
package dev.sortline.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.DictionaryEntries;
import com.code_intelligence.jazzer.junit.FuzzTest;
import org.apache.kafka.common.header.internals.RecordHeaders;

class DeadLetterFuzzTest {
    @FuzzTest
    @DictionaryEntries({
        "sortline_reason: ",
        "sortline_detail: ",
        "sortline_topic: ",
        "sortline_partition: ",
        "sortline_offset: ",
        "sortline_offset",
        "2147483648",
        "9223372036854775808"
    })
    void isRefusedInOneShortLineOrReadsBackAsItself(byte[] file) {
        // Given
        var hostile = HostileRecord.of(file);

        // When
        DeadLetter letter;
        try {
            letter = DeadLetter.readFrom(hostile.headers());
        } catch (BadEnvelopeException refusal) {
            // Then
            HostileRecord.assertOneShortLine(refusal);
            return;
        }

        // Then
        var headers = new RecordHeaders();
        letter.writeTo(headers);
        assertThat(DeadLetter.readFrom(headers)).isEqualTo(letter);
    }
}
