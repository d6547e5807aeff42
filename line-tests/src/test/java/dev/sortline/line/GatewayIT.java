// SPDX-License-Identifier: Apache-2.0
package dev.sortline.line;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sortline.contract.Topic;
import dev.sortline.line.peers.GatewayProcess;
import dev.sortline.line.peers.SimplePlc;
import dev.sortline.line.peers.TestClassifier;
import dev.sortline.loopback.Broker;
import dev.sortline.loopback.EmbeddedBroker;
import dev.sortline.process.TopicSetup;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code sortline gateway} as a process between a real broker and a controller. */
@Timeout(120)
class GatewayIT {
    private static final Duration SOON = Duration.ofSeconds(30);

    private Broker broker;
    private TestClassifier classifier;
    private SimplePlc plc;

    @TempDir
    private Path folder;

    @BeforeEach
    void start() throws Exception {
        broker = EmbeddedBroker.start();
        TopicSetup.createMissing(Map.of("bootstrap.servers", broker.bootstrapServers()));
        classifier = new TestClassifier(broker.bootstrapServers(), List.of("line-1"));
        plc = new SimplePlc();
    }

    @AfterEach
    void stop() throws Exception {
        plc.close();
        classifier.close();
        broker.close();
    }

    @Test
    void shotsFireInTimeAndEachOnce() throws Exception {
        // Given
        int items = 40;
        int every = 50;
        try (var gateway = GatewayProcess.start(broker.bootstrapServers(), plc.port(), folder)) {
            await().atMost(SOON).until(gateway::ready);

            // When
            Instant first = Instant.now().plusMillis(500);
            for (int i = 0; i < items; i++) {
                classifier.publish("item-" + i, 1 + i % 5, first.plusMillis((long) every * i));
                classifier.publish("item-" + i, 1 + i % 5, first.plusMillis((long) every * i));
            }
            await().atMost(SOON).until(() -> gateway.fate("fired") == items);
            plc.awaitCoilsOff();

            // Then
            assertThat(gateway.fate("duplicate")).isEqualTo(items);
            assertThat(plc.rises()).hasSize(items).allSatisfy(rise -> {
                long millisOff =
                        Math.floorMod(Duration.between(first, rise.at()).toMillis(), every);
                assertThat(millisOff).isBetween(0L, 25L);
            });
        }
    }

    @Test
    void malformedEventsStopNothing() throws Exception {
        // Given
        try (var gateway = GatewayProcess.start(broker.bootstrapServers(), plc.port(), folder);
                var raw = new KafkaProducer<String, String>(
                        Map.of("bootstrap.servers", broker.bootstrapServers()),
                        new StringSerializer(),
                        new StringSerializer())) {
            await().atMost(SOON).until(gateway::ready);

            // When
            for (String value : new String[] {"no event", null}) {
                raw.send(new ProducerRecord<>(Topic.ACTUATIONS.topicName(), "line-1", value))
                        .get();
            }
            classifier.publish("good", 1, Instant.now().plusMillis(500));
            await().atMost(SOON).until(() -> gateway.fate("fired") == 1);

            // Then
            assertThat(gateway.fate("unreadable")).isEqualTo(2);
        }
    }

    @Test
    void plannedStopReleasesTheEjectorsAndEndsWithZero() throws Exception {
        // Given
        try (var gateway = GatewayProcess.start(broker.bootstrapServers(), plc.port(), folder)) {
            await().atMost(SOON).until(gateway::ready);

            // When
            int exitCode = gateway.stop();

            // Then
            assertThat(exitCode).as(gateway.log()).isZero();
        }
    }
}
