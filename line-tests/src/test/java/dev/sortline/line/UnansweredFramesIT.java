// SPDX-License-Identifier: Apache-2.0
package dev.sortline.line;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sortline.contract.Heartbeat;
import dev.sortline.contract.HeartbeatSerde;
import dev.sortline.contract.RoutingEvent;
import dev.sortline.contract.RoutingEventSerde;
import dev.sortline.contract.Topic;
import dev.sortline.line.peers.AlertInbox;
import dev.sortline.line.peers.HeldClassifier;
import dev.sortline.line.peers.Samples;
import dev.sortline.line.peers.SlowLines;
import dev.sortline.line.peers.TestCamera;
import dev.sortline.line.peers.TestLineFile;
import dev.sortline.line.peers.TopicLog;
import dev.sortline.line.peers.Watch;
import dev.sortline.loopback.Broker;
import dev.sortline.loopback.EmbeddedBroker;
import dev.sortline.metrics.LineMetric;
import dev.sortline.process.ManagementServer;
import dev.sortline.process.ProcessMetrics;
import dev.sortline.process.TopicSetup;
import dev.sortline.stream.LineStream;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** A stream whose classifier does not answer. */
@Timeout(180)
class UnansweredFramesIT {
    static final String ALERT = "SortlineOldFrames";

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final Duration WATCHDOG = Duration.ofMillis(TestLineFile.WATCHDOG_MILLIS);

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final HeldClassifier classifier = HeldClassifier.held();
    private Broker broker;
    private TestCamera camera;
    private TopicLog<RoutingEvent> actuations;
    private TopicLog<byte[]> deadLetters;

    @BeforeEach
    void start() throws Exception {
        broker = EmbeddedBroker.start();
        TopicSetup.createMissing(kafka());
        camera = new TestCamera(broker);
        actuations = new TopicLog<>(broker, Topic.ACTUATIONS.topicName(), new RoutingEventSerde().deserializer());
        deadLetters = new TopicLog<>(broker, Topic.DEAD_LETTERS.topicName(), new ByteArrayDeserializer());
    }

    @AfterEach
    void stop() throws Exception {
        classifier.close();
        deadLetters.close();
        actuations.close();
        camera.close();
        broker.close();
    }

    @Test
    void framesInHandAtAStopThatTakesTooLongAreLeftToTheSuccessor() throws Exception {
        // Given
        try (var stream = running(classifier, registry)) {
            camera.publish("line-1", 1, Samples.picture("glass"));
            camera.publish("line-1", 2, Samples.picture("glass"));
            await().atMost(SOON).until(classifier::isAsked);
        }

        // When
        classifier.close();
        try (var successor = running(HeldClassifier.letGo(), new SimpleMeterRegistry())) {
            await().atMost(SOON).until(() -> actuations.values().size() == 2);
        }

        // Then
        assertThat(actuations.values())
                .extracting(event -> event.frameIds().get(0))
                .containsExactly("line-1/camera-1/1", "line-1/camera-1/2");
        assertThat(deadLetters.records()).isEmpty();
        assertThat(registry.find(LineMetric.FRAMES.meterName()).counters())
                .isNotEmpty()
                .allSatisfy(counter -> assertThat(counter.count()).isZero());
    }

    /** The gateway fires nothing once the last one is 2 s old: {@link ClassifierLossIT}. */
    @Test
    void lineHasNoHeartbeatWhileAFrameIsNotAnsweredAndHasOneAgainAfterwards() throws Exception {
        // Given
        try (var heartbeats = TopicLog.ofType(
                        Heartbeat.TYPE, broker, Topic.HEARTBEATS.topicName(), new HeartbeatSerde().deserializer());
                var stream = running(classifier, registry)) {
            await().atMost(SOON).until(() -> heartbeats.values().size() > 1);

            // When
            camera.publish("line-1", 1, Samples.picture("glass"));
            await().atMost(SOON).until(() -> age(heartbeats).compareTo(WATCHDOG) > 0);
            int told = heartbeats.values().size();
            classifier.letAllGo();

            // Then
            await().atMost(SOON).until(() -> heartbeats.values().size() > told);
            await().atMost(SOON).until(() -> actuations.values().size() == 1);
        }
    }

    private static Duration age(TopicLog<Heartbeat> heartbeats) {
        var told = heartbeats.values();
        return Duration.between(told.get(told.size() - 1).sentAt(), Instant.now());
    }

    @Test
    @Tag("exhaustive")
    void threadsThatAreNeverAnsweredAreToldAsADeadlock() throws Exception {
        // Given
        try (var stream = running(classifier, registry)) {

            // When
            camera.publish("line-1", 1, Samples.picture("glass"));
            await().atMost(SOON).until(classifier::isAsked);
            List<String> soon = stream.deadlocks();
            await().atMost(SOON).until(() -> !stream.deadlocks().isEmpty());

            // Then
            assertThat(soon).isEmpty();
            assertThat(stream.deadlocks())
                    .singleElement()
                    .asString()
                    .startsWith("1 threads have been waiting for the classifier for more than 30 s");
            classifier.close();
        }
    }

    @Test
    @Tag("exhaustive")
    @EnabledIf(
            value = "dev.sortline.line.peers.WatchingProgram#areThere",
            disabledReason = "Prometheus or Alertmanager is not installed")
    void frameThatIsNotAnsweredCallsSomebodyAndTellsWhenItIs(@TempDir Path folder) throws Exception {
        // Given
        try (var metrics = new ProcessMetrics();
                var stream = running(classifier, metrics.registry());
                var management =
                        ManagementServer.start(ManagementServer.LOOPBACK, 0, metrics.registry(), stream::deadlocks);
                var inbox = new AlertInbox();
                var watch = Watch.start(folder, inbox, Map.of("classifier", management.port()))) {

            // When
            camera.publish("line-1", 1, Samples.picture("glass"));
            await().atMost(SOON).until(() -> inbox.firing(ALERT));
            classifier.letAllGo();

            // Then
            await().atMost(SOON).until(() -> inbox.over(ALERT));
        }
    }

    private LineStream running(HeldClassifier answering, MeterRegistry meters) {
        return SlowLines.start(broker, answering, meters, List.of("line-1"));
    }

    private Map<String, Object> kafka() {
        return Map.of("bootstrap.servers", broker.bootstrapServers());
    }
}
