// SPDX-License-Identifier: Apache-2.0
package dev.sortline.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.DictionaryEntries;
import com.code_intelligence.jazzer.junit.FuzzTest;
import org.apache.kafka.common.header.internals.RecordHeaders;

class FrameFuzzTest {
    private final FrameDeserializer reading = new FrameDeserializer();
    private final FrameSerializer writing = new FrameSerializer();

    @FuzzTest
    @DictionaryEntries({
        "ce_specversion: 1.0\\x0A",
        "ce_type: dev.sortline.frame.captured.v1\\x0A",
        "ce_id: ",
        "ce_source: ",
        "ce_time: ",
        "ce_lineid: ",
        "ce_cameraid: ",
        "ce_sequence: ",
        "ce_itemid: ",
        "ce_encoder: ",
        "ce_truth: ",
        "content-type: ",
        "\\\\n",
        "-999999999-01-01T00:00:00Z",
        "+999999999-12-31T23:59:59Z",
        "9223372036854775807"
    })
    void isRefusedInOneShortLineOrReadsBackAsItself(byte[] file) {
        // Given
        var hostile = HostileRecord.of(file);

        // When
        Frame frame;
        try {
            frame = reading.deserialize("frames", hostile.headers(), hostile.value());
        } catch (BadEnvelopeException refusal) {
            // Then
            HostileRecord.assertOneShortLine(refusal);
            return;
        }

        // Then
        var headers = new RecordHeaders();
        byte[] value = writing.serialize("frames", headers, frame);
        assertThat(reading.deserialize("frames", headers, value))
                .usingRecursiveComparison()
                .isEqualTo(frame);
    }
}
