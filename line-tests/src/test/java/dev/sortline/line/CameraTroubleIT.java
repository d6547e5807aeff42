// SPDX-License-Identifier: Apache-2.0
package dev.sortline.line;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sortline.contract.CameraStatus;
import dev.sortline.contract.CameraTrouble;
import dev.sortline.contract.DeadLetter;
import dev.sortline.contract.Decision;
import dev.sortline.contract.Heartbeat;
import dev.sortline.contract.HeartbeatSerde;
import dev.sortline.contract.RoutingEvent;
import dev.sortline.contract.RoutingEventSerde;
import dev.sortline.contract.Topic;
import dev.sortline.line.peers.ClassifyProcess;
import dev.sortline.line.peers.Samples;
import dev.sortline.line.peers.TestCamera;
import dev.sortline.line.peers.TopicLog;
import dev.sortline.linefile.GlassOnly;
import dev.sortline.loopback.Broker;
import dev.sortline.loopback.EmbeddedBroker;
import dev.sortline.process.TopicSetup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Cameras that do not do as they should, each on a line of its own, seen from outside the classifier's process. */
@Timeout(120)
class CameraTroubleIT {
    private static final Duration SOON = Duration.ofSeconds(60);

    private static Broker broker;
    private static ClassifyProcess classifier;
    private static TestCamera camera;
    private static TopicLog<RoutingEvent> actuations;
    private static TopicLog<Heartbeat> heartbeats;
    private static TopicLog<byte[]> deadLetters;

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        broker = EmbeddedBroker.start();
        TopicSetup.createMissing(Map.of("bootstrap.servers", broker.bootstrapServers()));
        camera = new TestCamera(broker);
        actuations = new TopicLog<>(broker, Topic.ACTUATIONS.topicName(), new RoutingEventSerde().deserializer());
        heartbeats = new TopicLog<>(broker, Topic.HEARTBEATS.topicName(), new HeartbeatSerde().deserializer());
        deadLetters = new TopicLog<>(broker, Topic.DEAD_LETTERS.topicName(), new ByteArrayDeserializer());
        classifier = ClassifyProcess.start(lineFile(folder), folder);
        await().atMost(SOON).until(classifier::ready);
    }

    @AfterAll
    static void stop() throws Exception {
        classifier.close();
        deadLetters.close();
        heartbeats.close();
        actuations.close();
        camera.close();
        broker.close();
    }

    @Test
    void clockThatIsThreeSecondsAheadFiresNothingAndIsTold() throws Exception {
        // When
        camera.publish("ahead", 1, Instant.now().plusSeconds(3), Samples.picture("glass"));

        // Then
        await().atMost(SOON).until(() -> refusals("ahead").equals(List.of("capture-time")));
        await().atMost(SOON).until(() -> troubles("ahead").contains(CameraTrouble.CLOCK_AHEAD));
        await().atMost(SOON).until(() -> health().contains("ahead, camera-1: 1 frames of late refused"));
        assertThat(events("ahead")).isEmpty();
        assertThat(classifier.get("/metrics"))
                .contains(
                        "sortline_camera_refused_frames_total{camera=\"camera-1\",line=\"ahead\",reason=\"capture-time\"} 1.0");
    }

    @Test
    void counterThatBeginsAgainGoesOnFiringAndIsTold() throws Exception {
        // Given
        var published = new AtomicInteger();

        // When
        // Not once: a line may change threads while its classifier starts, and what was seen of its cameras is lost
        // with that.
        await().atMost(SOON).until(() -> {
            camera.publish("reset", 65_535, Samples.picture("glass"));
            camera.publish("reset", 0, Samples.picture("metal"));
            published.addAndGet(2);
            return troubles("reset").contains(CameraTrouble.SEQUENCE_RESET);
        });

        // Then
        await().atMost(SOON).until(() -> events("reset").size() == published.get());
        assertThat(events("reset")).extracting(RoutingEvent::id).doesNotHaveDuplicates();
        await().atMost(SOON).until(() -> health().contains("reset, camera-1: its frame counter began again"));
    }

    @Test
    void cameraThatStopsIsToldUntilItComesBack() throws Exception {
        // Given
        camera.publish("silent", 1, Samples.picture("glass"));
        await().atMost(SOON).until(() -> health().contains("silent, camera-1: no frame for"));
        await().atMost(SOON).until(() -> troubles("silent").contains(CameraTrouble.SILENT));
        assertThat(health()).startsWith("200");

        // When
        camera.publish("silent", 2, Samples.picture("glass"));

        // Then
        await().atMost(SOON).until(() -> !health().contains("silent, camera-1: no frame"));
    }

    @Test
    void cameraOfWhichNoFrameCameIsTold() throws Exception {
        // When
        await().atMost(SOON).until(() -> health().contains("never, camera-1: no frame yet"));

        // Then
        await().atMost(SOON).until(() -> troubles("never").equals(Set.of(CameraTrouble.SILENT)));
        assertThat(classifier.get("/metrics"))
                .contains("sortline_camera_last_frame_age_seconds{camera=\"camera-1\",line=\"never\"}");
    }

    @Test
    void frozenPictureFiresNothing() throws Exception {
        // Given
        var picture = Samples.picture("glass");

        // When
        for (int frame = 1; frame <= 4; frame++) {
            camera.publish("frozen", frame, picture);
        }

        // Then
        await().atMost(SOON).until(() -> events("frozen").size() == 4);
        assertThat(events("frozen"))
                .extracting(RoutingEvent::decision)
                .containsExactly(Decision.SORT, Decision.SORT, Decision.UNREADABLE, Decision.UNREADABLE);
        await().atMost(SOON).until(() -> refusals("frozen").equals(List.of("frozen", "frozen")));
        await().atMost(SOON).until(() -> troubles("frozen").contains(CameraTrouble.FROZEN));
        assertThat(health()).contains("frozen, camera-1: it sent one and the same picture 4 times");
    }

    /** Belts so slow that no answer comes too late, and bounds so tight that the test need not wait. */
    private static String lineFile(Path folder) throws IOException {
        Files.writeString(folder.resolve(ClassifyProcess.PLAN), GlassOnly.yaml(0.5));
        return """
                kafka: { bootstrap.servers: "%s" }
                model: %s
                inference: %s
                cameraWatch: { silentAfterMillis: 1500, frozenAfterFrames: 3, itemSpacingMillimetres: 0 }
                belts:
                  slow:
                    speedMetresPerSecond: 0.01
                    transportMarginMillis: 20
                    residualLane: residue
                    cameras: { camera-1: { distanceMetres: 0 } }
                    ejectors: { glass: { number: 1, distanceMetres: 1.0 } }
                lines:
                  ahead: { belt: slow, plan: %s }
                  reset: { belt: slow, plan: %s }
                  silent: { belt: slow, plan: %s }
                  never: { belt: slow, plan: %s }
                  frozen: { belt: slow, plan: %s }
                """
                .replace("plan: %s", "plan: " + ClassifyProcess.PLAN)
                .formatted(broker.bootstrapServers(), Samples.model(), Samples.INFERENCE);
    }

    private static String health() throws Exception {
        return classifier.get("/health/ready");
    }

    private static List<RoutingEvent> events(String line) {
        return actuations.values().stream()
                .filter(event -> event.lineId().equals(line))
                .toList();
    }

    private static List<String> refusals(String line) {
        return deadLetters.records().stream()
                .filter(letter -> line.equals(letter.key()))
                .map(letter -> DeadLetter.readFrom(letter.headers()).reason())
                .toList();
    }

    /** What the last heartbeat of a line tells of its camera. */
    private static Set<CameraTrouble> troubles(String line) {
        return heartbeats.values().stream()
                .filter(heartbeat -> heartbeat.lineId().equals(line))
                .reduce((before, last) -> last)
                .map(Heartbeat::cameras)
                .orElse(List.of())
                .stream()
                .map(CameraStatus::troubles)
                .flatMap(List::stream)
                .collect(Collectors.toSet());
    }
}
