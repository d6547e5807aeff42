// SPDX-License-Identifier: Apache-2.0
package dev.sortline.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.DictionaryEntries;
import com.code_intelligence.jazzer.junit.FuzzTest;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;

class GatewayStatusFuzzTest {
    private final Deserializer<GatewayStatus> reading = new GatewayStatusSerde().deserializer();
    private final Serializer<GatewayStatus> writing = new GatewayStatusSerde().serializer();

    @FuzzTest
    @DictionaryEntries({
        "ce_specversion: 1.0\\x0A",
        "ce_type: dev.sortline.gateway.alive.v1\\x0A",
        "ce_id: ",
        "ce_source: ",
        "\\x22lines\\x22:[",
        "\\x22obstacles\\x22:[",
        "\\x22dryRun\\x22:true",
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
        GatewayStatus message;
        try {
            message = reading.deserialize("heartbeats", hostile.headers(), hostile.value());
        } catch (BadEnvelopeException refusal) {
            // Then
            HostileRecord.assertOneShortLine(refusal);
            return;
        }

        // Then
        var headers = new RecordHeaders();
        byte[] value = writing.serialize("heartbeats", headers, message);
        assertThat(reading.deserialize("heartbeats", headers, value)).isEqualTo(message);
    }
}
