// SPDX-License-Identifier: Apache-2.0
package dev.sortline.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.DictionaryEntries;
import com.code_intelligence.jazzer.junit.FuzzTest;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;

class HeartbeatFuzzTest {
    private final Deserializer<Heartbeat> reading = new HeartbeatSerde().deserializer();
    private final Serializer<Heartbeat> writing = new HeartbeatSerde().serializer();

    @FuzzTest
    @DictionaryEntries({
        "ce_specversion: 1.0\\x0A",
        "ce_type: dev.sortline.line.alive.v1\\x0A",
        "ce_id: ",
        "ce_source: ",
        "\\x22cameras\\x22:[{\\x22cameraId\\x22:",
        "\\x22troubles\\x22:[\\x22SILENT\\x22",
        "\\x22lastFrameAgeMillis\\x22:",
        "\\x22sentAt\\x22:",
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
        Heartbeat heartbeat;
        try {
            heartbeat = reading.deserialize("heartbeats", hostile.headers(), hostile.value());
        } catch (BadEnvelopeException refusal) {
            // Then
            HostileRecord.assertOneShortLine(refusal);
            return;
        }

        // Then
        var headers = new RecordHeaders();
        byte[] value = writing.serialize("heartbeats", headers, heartbeat);
        assertThat(reading.deserialize("heartbeats", headers, value)).isEqualTo(heartbeat);
    }
}
