// SPDX-License-Identifier: Apache-2.0
package dev.sortline.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.DictionaryEntries;
import com.code_intelligence.jazzer.junit.FuzzTest;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;

class ItemOutcomeFuzzTest {
    private final Deserializer<ItemOutcome> reading = new ItemOutcomeSerde().deserializer();
    private final Serializer<ItemOutcome> writing = new ItemOutcomeSerde().serializer();

    @FuzzTest
    @DictionaryEntries({
        "ce_specversion: 1.0\\x0A",
        "ce_type: dev.sortline.item.settled.v1\\x0A",
        "ce_id: ",
        "ce_source: ",
        "\\x22fate\\x22:\\x22fired\\x22",
        "\\x22ejector\\x22:",
        "\\x22settledAt\\x22:",
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
        ItemOutcome message;
        try {
            message = reading.deserialize("outcomes", hostile.headers(), hostile.value());
        } catch (BadEnvelopeException refusal) {
            // Then
            HostileRecord.assertOneShortLine(refusal);
            return;
        }

        // Then
        var headers = new RecordHeaders();
        byte[] value = writing.serialize("outcomes", headers, message);
        assertThat(reading.deserialize("outcomes", headers, value)).isEqualTo(message);
    }
}
