// SPDX-License-Identifier: Apache-2.0
package dev.sortline.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

class EventTypeTest {
    @Test
    void kindsOfATopicAreToldApartByTheirHeaders() {
        // Given
        var headers = new RecordHeaders();
        new GatewayStatusSerde().serializer().serialize("sortline.heartbeats", headers, SideMessages.status());

        // When
        var told = List.of(EventType.is(GatewayStatus.TYPE, headers), EventType.is(Heartbeat.TYPE, headers));

        // Then
        assertThat(told).containsExactly(true, false);
    }

    @Test
    void recordThatSaysNothingIsOfNoKind() {
        // Given
        var headers = new RecordHeaders();
        headers.add("ce_type", null);

        // When
        var told = List.of(
                EventType.is(GatewayStatus.TYPE, headers), EventType.is(GatewayStatus.TYPE, new RecordHeaders()));

        // Then
        assertThat(told).containsExactly(false, false);
    }
}
