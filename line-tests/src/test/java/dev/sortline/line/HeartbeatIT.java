// SPDX-License-Identifier: Apache-2.0
package dev.sortline.line;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sortline.contract.Heartbeat;
import dev.sortline.contract.HeartbeatSerde;
import dev.sortline.contract.Topic;
import dev.sortline.line.peers.ClassifyProcess;
import dev.sortline.line.peers.HeldClassifier;
import dev.sortline.line.peers.SlowLines;
import dev.sortline.line.peers.TopicLog;
import dev.sortline.loopback.Broker;
import dev.sortline.loopback.EmbeddedBroker;
import dev.sortline.process.TopicSetup;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Who tells of a line, and for how long, on a real broker. */
@Timeout(120)
class HeartbeatIT {
    private static final Duration SOON = Duration.ofSeconds(40);
    private static final List<String> LINES = List.of("line-1", "line-2", "line-3", "line-4", "line-5", "line-6");

    private Broker broker;
    private TopicLog<Heartbeat> heartbeats;

    @TempDir
    private Path folder;

    @BeforeEach
    void start() throws Exception {
        broker = EmbeddedBroker.start();
        TopicSetup.createMissing(Map.of("bootstrap.servers", broker.bootstrapServers()));
        heartbeats = new TopicLog<>(broker, Topic.HEARTBEATS.topicName(), new HeartbeatSerde().deserializer());
    }

    @AfterEach
    void stop() throws Exception {
        heartbeats.close();
        broker.close();
    }

    @Test
    void eachLineIsToldOfOnceASecond() throws Exception {
        // Given
        try (var stream = SlowLines.start(broker, HeldClassifier.letGo(), new SimpleMeterRegistry(), LINES)) {

            // When
            await().atMost(SOON).until(() -> countOf("line-1") >= 4);

            // Then
            var times = heartbeats.values().stream()
                    .filter(heartbeat -> heartbeat.lineId().equals("line-1"))
                    .map(Heartbeat::sentAt)
                    .toList();
            assertThat(Duration.between(times.get(0), times.get(3)))
                    // One may be held up by a second where the machine is busy.
                    .isBetween(Duration.ofSeconds(2), Duration.ofSeconds(4));
            assertThat(heartbeats.values()).extracting(Heartbeat::lineId).containsAll(LINES);
        }
    }

    @Test
    void twoInstancesEachTellOfTheirOwnLines() throws Exception {
        // Given
        try (var first = ClassifyProcess.start(broker, LINES, folder);
                var second = SlowLines.start(broker, HeldClassifier.letGo(), new SimpleMeterRegistry(), LINES)) {
            await().atMost(SOON).until(() -> first.ready() && second.ready());

            // When
            await().atMost(SOON)
                    .until(() -> instancesOfLineSince(Instant.now().minusSeconds(3)).values().stream()
                                    .flatMap(List::stream)
                                    .distinct()
                                    .count()
                            == 2);

            // Then
            await().atMost(SOON).untilAsserted(() -> assertThat(
                            instancesOfLineSince(Instant.now().minusSeconds(2)))
                    .containsOnlyKeys(LINES)
                    .allSatisfy((line, instances) -> assertThat(instances).hasSize(1)));
        }
    }

    private long countOf(String line) {
        return heartbeats.values().stream()
                .filter(heartbeat -> heartbeat.lineId().equals(line))
                .count();
    }

    private Map<String, List<String>> instancesOfLineSince(Instant since) {
        return heartbeats.values().stream()
                .filter(heartbeat -> heartbeat.sentAt().isAfter(since))
                .collect(Collectors.groupingBy(
                        Heartbeat::lineId,
                        Collectors.mapping(
                                Heartbeat::instance,
                                Collectors.collectingAndThen(
                                        Collectors.toSet(), instances -> List.copyOf(instances)))));
    }
}
