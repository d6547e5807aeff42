// SPDX-License-Identifier: Apache-2.0
package dev.sortline.line;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sortline.contract.GatewayStatus;
import dev.sortline.contract.GatewayStatusSerde;
import dev.sortline.contract.ItemOutcomeSerde;
import dev.sortline.contract.Topic;
import dev.sortline.line.peers.GatewayProcess;
import dev.sortline.line.peers.SimplePlc;
import dev.sortline.line.peers.TestClassifier;
import dev.sortline.line.peers.TestLineFile;
import dev.sortline.line.peers.TopicLog;
import dev.sortline.loopback.Broker;
import dev.sortline.loopback.EmbeddedBroker;
import dev.sortline.process.TopicSetup;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
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
    private static final Duration SOON = Duration.ofSeconds(60);

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

    /** How late a shot may be is measured where nothing else runs: {@link FiringErrorIT}. */
    @Test
    void shotsFireNeverBeforeTheirTimeAndEachOnce() throws Exception {
        // Given
        int items = 40;
        int ejectors = 5;
        int every = 100;
        try (var gateway = GatewayProcess.start(patient(), folder)) {
            await().atMost(SOON).until(gateway::ready);

            // When
            Instant first = Instant.now().plusSeconds(3);
            for (int i = 0; i < items; i++) {
                classifier.publish("item-" + i, 1 + i % ejectors, first.plusMillis((long) every * i));
                classifier.publish("item-" + i, 1 + i % ejectors, first.plusMillis((long) every * i));
            }
            await().atMost(SOON).until(() -> gateway.fate("fired") == items);
            plc.awaitCoilsOff();

            // Then
            assertThat(gateway.fate("duplicate")).isEqualTo(items);
            assertThat(plc.rises()).hasSize(items);
            assertThat(plc.rises().stream().collect(Collectors.groupingBy(SimplePlc.Rise::coil)))
                    .hasSize(ejectors)
                    .allSatisfy((coil, rises) -> {
                        for (int i = 0; i < rises.size(); i++) {
                            int item = i * ejectors
                                    + Math.floorMod(coil - plc.rises().get(0).coil(), ejectors);
                            assertThat(rises.get(i).at()).isAfterOrEqualTo(first.plusMillis((long) every * item - 1));
                        }
                    });
        }
    }

    @Test
    void whatBecameOfItemsAndHowTheGatewayDoesAreToldToTheCluster() throws Exception {
        // Given
        try (var gateway = GatewayProcess.start(patient(), folder);
                var outcomes =
                        new TopicLog<>(broker, Topic.OUTCOMES.topicName(), new ItemOutcomeSerde().deserializer());
                var statuses = TopicLog.ofType(
                        GatewayStatus.TYPE,
                        broker,
                        Topic.HEARTBEATS.topicName(),
                        new GatewayStatusSerde().deserializer())) {
            await().atMost(SOON).until(gateway::ready);

            // When
            Instant fireAt = Instant.now().plusSeconds(3);
            classifier.publish("fires", 1, fireAt);
            classifier.publish("fires", 1, fireAt);
            classifier.publish("is-in-its-way", 1, fireAt.plusMillis(1));
            await().atMost(SOON).until(() -> outcomes.values().size() >= 2);
            classifier.publish("is-late", 2, Instant.now().minusMillis(1_500));
            await().atMost(SOON).until(() -> outcomes.values().size() >= 3);
            await().atMost(SOON).until(() -> told(statuses).obstacles().isEmpty());

            // Then
            assertThat(outcomes.values())
                    .extracting(outcome -> outcome.itemId() + " " + outcome.fate() + " " + outcome.ejector())
                    .containsExactlyInAnyOrder("fires fired 1", "is-in-its-way conflict 1", "is-late late 2");
            assertThat(outcomes.records())
                    .allSatisfy(record -> assertThat(record.key()).isEqualTo("line-1"));
            assertThat(told(statuses).lines()).containsExactly("line-1");
            assertThat(statuses.records()).allSatisfy(record -> assertThat(record.key())
                    .isEqualTo("gateway/" + record.value().instance()));
            assertThat(gateway.unreadable()).isZero();
        }
    }

    /** A line file for a machine that may be busy with other tests. */
    private String patient() {
        return TestLineFile.of(broker.bootstrapServers(), List.of("line-1"), 1.0, plc.port())
                + "gateway: { toleranceMillis: 1000 }\n";
    }

    private static GatewayStatus told(TopicLog<GatewayStatus> statuses) {
        var all = statuses.values();
        return all.isEmpty()
                ? new GatewayStatus("none", List.of(), false, List.of("nothing told yet"), List.of(), Instant.EPOCH)
                : all.get(all.size() - 1);
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
            // Not the first need be in time where the machine is busy.
            var good = new AtomicInteger();
            await().atMost(SOON).until(() -> {
                classifier.publish(
                        "good-" + good.incrementAndGet(), 1, Instant.now().plusMillis(500));
                return gateway.fate("fired") > 0;
            });

            // Then
            assertThat(gateway.fate("unreadable")).isEqualTo(2);
        }
    }

    @Test
    void plannedStopReleasesTheEjectorsAndEndsWithZero() throws Exception {
        // Given
        int pulse = 5_000;
        String lineFile = TestLineFile.of(broker.bootstrapServers(), List.of("line-1"), 1.0, plc.port())
                + "gateway: { toleranceMillis: 1000, pulseMillis: %d, recoveryMillis: %d }%n".formatted(pulse, pulse);
        try (var gateway = GatewayProcess.start(lineFile, folder)) {
            await().atMost(SOON).until(gateway::ready);
            // Before an ejector has recovered from what another gateway may have shot, none is fired.
            var item = new AtomicInteger();
            await().atMost(SOON).until(() -> {
                classifier.publish(
                        "item-" + item.incrementAndGet(), 1, Instant.now().plusMillis(500));
                return !plc.rises().isEmpty();
            });

            // When
            int exitCode = gateway.stop();

            // Then
            assertThat(exitCode).as(gateway.log()).isZero();
            assertThat(plc.coilsOff()).isTrue();
        }
    }
}
