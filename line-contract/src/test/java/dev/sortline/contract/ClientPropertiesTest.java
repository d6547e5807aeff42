// SPDX-License-Identifier: Apache-2.0
package dev.sortline.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ClientPropertiesTest {
    private static final Map<String, Object> KAFKA = Map.of(
            "bootstrap.servers", "a:1",
            "client.id", "all",
            "consumer.client.id", "reader",
            "main.consumer.max.poll.records", 5,
            "producer.linger.ms", 3,
            "topic.retention.ms", 1,
            "sasl.jaas.config", "password=\"secret\"");

    @Test
    void clientGetsWhatIsForAllAndOverItWhatIsForItsKind() {
        // Given
        var kind = ClientProperties.CONSUMER;

        // When
        var properties = kind.of(KAFKA);

        // Then
        assertThat(properties)
                .isEqualTo(Map.of(
                        "bootstrap.servers", "a:1", "client.id", "reader", "sasl.jaas.config", "password=\"secret\""));
    }

    @Test
    void keysAreToldWithoutTheirValues() {
        // Given
        var kafka = Map.<String, Object>of("sasl.jaas.config", "secret", "bootstrap.servers", "a:1");

        // When
        String told = ClientProperties.keys(kafka);

        // Then
        assertThat(told).isEqualTo("[bootstrap.servers, sasl.jaas.config]");
    }
}
