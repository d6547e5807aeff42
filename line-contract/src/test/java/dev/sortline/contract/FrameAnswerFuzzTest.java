// SPDX-License-Identifier: Apache-2.0
package dev.sortline.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.DictionaryEntries;
import com.code_intelligence.jazzer.junit.FuzzTest;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;

class FrameAnswerFuzzTest {
    private final Deserializer<FrameAnswer> reading = new FrameAnswerSerde().deserializer();
    private final Serializer<FrameAnswer> writing = new FrameAnswerSerde().serializer();

    @FuzzTest
    @DictionaryEntries({
        "ce_specversion: 1.0\\x0A",
        "ce_type: dev.sortline.frame.answered.v1\\x0A",
        "ce_id: ",
        "ce_source: ",
        "\\x22frameId\\x22:",
        "\\x22shadow\\x22:true",
        "\\x22probabilities\\x22:{",
        "null",
        "NaN",
        "1e999999999",
        "\\x220001-01-01T00:00:00Z\\x22",
        "\\x22+999999999-12-31T23:59:59Z\\x22"
    })
    void isRefusedInOneShortLineOrReadsBackAsItself(byte[] file) {
        // Given
        var hostile = HostileRecord.of(file);

        // When
        FrameAnswer message;
        try {
            message = reading.deserialize("answers", hostile.headers(), hostile.value());
        } catch (BadEnvelopeException refusal) {
            // Then
            HostileRecord.assertOneShortLine(refusal);
            return;
        }

        // Then
        var headers = new RecordHeaders();
        byte[] value = writing.serialize("answers", headers, message);
        assertThat(reading.deserialize("answers", headers, value)).isEqualTo(message);
    }
}
