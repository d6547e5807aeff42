// SPDX-License-Identifier: Apache-2.0
package dev.sortline.line;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import dev.sortline.classifier.ImageClassifier;
import dev.sortline.contract.DeadLetter;
import dev.sortline.contract.Decision;
import dev.sortline.contract.RoutingEvent;
import dev.sortline.contract.RoutingEventSerde;
import dev.sortline.contract.Topic;
import dev.sortline.line.peers.ClassifyProcess;
import dev.sortline.line.peers.Samples;
import dev.sortline.line.peers.SlowLines;
import dev.sortline.line.peers.TestCamera;
import dev.sortline.line.peers.TestLineFile;
import dev.sortline.line.peers.TopicLog;
import dev.sortline.loopback.Broker;
import dev.sortline.process.TopicSetup;
import dev.sortline.stream.LineStream;
import dev.sortline.stream.StreamSettings;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a line does on any real broker; sub-classes say which. Each test has a broker of its own. */
abstract class LineOnABroker {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static ImageClassifier classifier;

    private Broker broker;
    private TestCamera camera;
    private TopicLog<RoutingEvent> actuations;
    private TopicLog<byte[]> deadLetters;

    @TempDir
    private Path folder;

    abstract Broker startBroker() throws Exception;

    @BeforeAll
    static void openModel() {
        classifier = Samples.classifier();
    }

    @AfterAll
    static void closeModel() {
        classifier.close();
    }

    @BeforeEach
    void start() throws Exception {
        broker = startBroker();
        TopicSetup.createMissing(kafka());
        camera = new TestCamera(broker);
        actuations = new TopicLog<>(broker, Topic.ACTUATIONS.topicName(), new RoutingEventSerde().deserializer());
        deadLetters = new TopicLog<>(broker, Topic.DEAD_LETTERS.topicName(), new ByteArrayDeserializer());
    }

    @AfterEach
    void stop() throws Exception {
        deadLetters.close();
        actuations.close();
        camera.close();
        broker.close();
    }

    @Test
    void framesInRoutingEventsOut() throws Exception {
        // Given
        try (var stream = running("line-1", "line-2")) {

            // When
            camera.publish("line-1", 1, Samples.picture("glass"));
            camera.publish("line-2", 1, Samples.picture("metal"));
            camera.publish("line-2", 2, Samples.picture("empty"));
            camera.publish("line-2", 3, Samples.picture("metal"));
            awaitEvents(3);

            // Then
            assertThat(actuations.values())
                    .extracting(event -> event.frameIds().get(0), RoutingEvent::label)
                    .containsExactlyInAnyOrder(
                            tuple("line-1/camera-1/1", "glass"),
                            tuple("line-2/camera-1/1", "metal"),
                            tuple("line-2/camera-1/3", "metal"));
        }
    }

    @Test
    void eventsOfALineKeepTheOrderOfItsFrames() throws Exception {
        // Given
        int frames = 60;
        var picture = Samples.picture("glass");
        try (var stream = running("line-1", "line-2", "line-3")) {

            // When
            for (int i = 0; i < frames; i++) {
                camera.publish("line-" + (1 + i % 3), i, picture);
            }
            awaitEvents(frames);

            // Then
            var perLine = actuations.values().stream()
                    .collect(Collectors.groupingBy(
                            RoutingEvent::lineId,
                            Collectors.mapping(
                                    event ->
                                            Long.valueOf(event.frameIds().get(0).replaceFirst(".*/", "")),
                                    Collectors.toList())));
            assertThat(perLine).hasSize(3).allSatisfy((line, sequences) -> assertThat(sequences)
                    .hasSize(frames / 3)
                    .isSorted());
        }
    }

    @Test
    void poisonBetweenGoodFramesIsSetAsideAndStopsNothing() throws Exception {
        // Given
        var picture = Samples.picture("glass");
        var truncated = Arrays.copyOf(picture, picture.length / 2);
        var noImage = "no image".getBytes(StandardCharsets.UTF_8);
        try (var stream = running("line-1")) {

            // When
            camera.publish("line-1", 1, picture);
            camera.publishPoison("line-1", noImage);
            camera.publish("line-1", 2, truncated);
            camera.publish("line-1", 3, noImage);
            camera.publish("line-9", 4, picture);
            camera.publish("line-1", 5, picture);
            awaitEvents(4);
            await().atMost(SOON).until(() -> deadLetters.values().size() == 4);

            // Then
            assertThat(actuations.values())
                    .extracting(event -> event.frameIds().get(0), event -> event.decision() == Decision.UNREADABLE)
                    .containsExactly(
                            tuple("line-1/camera-1/1", false),
                            tuple("line-1/camera-1/2", true),
                            tuple("line-1/camera-1/3", true),
                            tuple("line-1/camera-1/5", false));
            assertThat(deadLetters.records())
                    .extracting(letter -> DeadLetter.readFrom(letter.headers()).reason())
                    .containsExactlyInAnyOrder("bad-envelope", "corrupt", "unknown-format", "unknown-line");
            assertThat(deadLetters.values()).contains(truncated);
        }
    }

    @Test
    void frameThatIsTooOldIsLate() throws Exception {
        // Given
        var longAgo = Instant.now().minus(Duration.ofHours(1));
        try (var stream = running("line-1")) {

            // When
            camera.publish("line-1", 1, longAgo, Samples.picture("glass"));
            awaitEvents(1);

            // Then
            assertThat(actuations.values()).extracting(RoutingEvent::decision).containsExactly(Decision.LATE);
        }
    }

    @Test
    void stopAndRestartInTheMiddleLosesNoItem() throws Exception {
        // Given
        int frames = 60;
        var picture = Samples.picture("glass");
        try (var stream = running("line-1")) {
            for (int i = 0; i < frames / 2; i++) {
                camera.publish("line-1", i, picture);
            }
            await().atMost(SOON).until(() -> !actuations.values().isEmpty());
        }
        for (int i = frames / 2; i < frames; i++) {
            camera.publish("line-1", i, picture);
        }

        // When
        try (var restarted = running("line-1")) {
            await().atMost(SOON).until(() -> itemsOf("line-1").size() == frames);
        }

        // Then
        assertThat(itemsOf("line-1")).hasSize(frames);
    }

    @Test
    @Tag("exhaustive")
    void secondInstanceTakesHalfOfTheLinesAndAllOfThemWhenTheFirstIsKilled() throws Exception {
        // Given
        var lines = TestLineFile.linesOnEveryPartition();
        var picture = Samples.picture("glass");
        try (var first = ClassifyProcess.start(broker, lines, folder)) {
            await().atMost(SOON).until(first::ready);
            try (var second = ClassifyProcess.start(broker, lines, folder)) {
                await().atMost(SOON).until(() -> partitionsOfInstances().values().stream()
                        .sorted()
                        .toList()
                        .equals(List.of(Topic.PARTITIONS / 2, Topic.PARTITIONS / 2)));
                await().atMost(SOON).until(second::ready);

                // When
                first.kill();
                for (String line : lines) {
                    camera.publish(line, 1, picture);
                }

                // Then
                await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> assertThat(actuations.values())
                        .extracting(RoutingEvent::lineId)
                        .containsAll(lines));
            }
        }
    }

    @Test
    void plannedStopDrainsEndsWithZeroAndHandsItsLinesOverAtOnce() throws Exception {
        // Given
        var lines = TestLineFile.linesOnEveryPartition();
        var picture = Samples.picture("glass");
        try (var first = ClassifyProcess.start(broker, lines, folder);
                var second = running(lines.toArray(String[]::new))) {
            await().atMost(SOON)
                    .until(() -> first.ready()
                            && second.ready()
                            && partitionsOfInstances().size() == 2);

            // When
            int exitCode = first.stop();
            for (String line : lines) {
                camera.publish(line, 1, picture);
            }

            // Then
            assertThat(exitCode).as(first.log()).isZero();
            // Far below the session time-out after which a dead instance would be noticed.
            await().atMost(Duration.ofSeconds(5)).untilAsserted(() -> assertThat(actuations.values())
                    .extracting(RoutingEvent::lineId)
                    .containsAll(lines));
        }
    }

    @Test
    void healthAndMetricsAreServed() throws Exception {
        // Given
        try (var process = ClassifyProcess.start(broker, List.of("line-1"), folder)) {
            await().atMost(SOON).until(process::ready);
            camera.publish("line-1", 1, Samples.picture("glass"));
            camera.publish("line-1", 2, Samples.picture("empty"));
            camera.publishPoison("line-1", new byte[] {1});
            awaitEvents(1);
            await().atMost(SOON).until(() -> process.get("/metrics")
                    .contains("sortline_frames_total{fate=\"unreadable\",line=\"unknown\"} 1.0"));

            // When
            var metrics = process.get("/metrics");

            // Then
            assertThat(process.get("/health/live")).startsWith("200");
            assertThat(metrics)
                    .contains("sortline_frames_total{fate=\"routed\",line=\"line-1\"} 1.0")
                    .contains("sortline_frames_total{fate=\"empty\",line=\"line-1\"} 1.0")
                    .contains("sortline_frames_total{fate=\"unreadable\",line=\"unknown\"} 1.0")
                    .contains("decision=\"sort\",label=\"glass\",lane=\"glass\",line=\"line-1\"")
                    .contains("sortline_confidence_percent_bucket{line=\"line-1\",le=\"90.0\"}")
                    .contains("sortline_stage_seconds_bucket{stage=\"infer\",le=\"0.01\"}")
                    .contains("sortline_latency_seconds_bucket{line=\"line-1\",le=\"0.05\"}")
                    .contains("kafka_consumer_fetch_manager_records_lag")
                    .contains("jvm_memory_used_bytes");
        }
    }

    private Map<String, Object> kafka() {
        return Map.of("bootstrap.servers", broker.bootstrapServers());
    }

    private LineStream running(String... lines) {
        return SlowLines.start(broker, classifier, new SimpleMeterRegistry(), List.of(lines));
    }

    private void awaitEvents(int count) {
        await().atMost(SOON).until(() -> actuations.values().size() >= count);
    }

    private List<String> itemsOf(String line) {
        return actuations.values().stream()
                .filter(event -> event.lineId().equals(line))
                .map(RoutingEvent::itemId)
                .distinct()
                .toList();
    }

    /** Partitions of the frames topic by the process that has them. */
    private Map<String, Integer> partitionsOfInstances() throws Exception {
        try (var admin = Admin.create(kafka())) {
            var members = admin.describeConsumerGroups(List.of(StreamSettings.APPLICATION_ID))
                    .all()
                    .get()
                    .get(StreamSettings.APPLICATION_ID)
                    .members();
            return members.stream()
                    .collect(Collectors.groupingBy(
                            member -> member.clientId().replaceFirst("-StreamThread-.*", ""),
                            Collectors.summingInt(member ->
                                    member.assignment().topicPartitions().size())));
        }
    }
}
