// SPDX-License-Identifier: Apache-2.0
package dev.sortline.line;

import dev.sortline.loopback.Broker;
import org.junit.jupiter.api.Tag;
import org.testcontainers.junit.jupiter.Testcontainers;
import org.testcontainers.kafka.KafkaContainer;

/** The line on the Kafka image that people run. Skipped, and said so, where Docker is not. */
@Tag("exhaustive")
@Testcontainers(disabledWithoutDocker = true)
class ContainerBrokerIT extends LineOnABroker {
    @Override
    Broker startBroker() {
        var container = new KafkaContainer("apache/kafka:4.3.1");
        container.start();
        return new Broker() {
            @Override
            public String bootstrapServers() {
                return container.getBootstrapServers();
            }

            @Override
            public void close() {
                container.close();
            }
        };
    }
}
