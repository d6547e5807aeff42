// SPDX-License-Identifier: Apache-2.0
package dev.sortline.line;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sortline.classifier.ImageClassifier;
import dev.sortline.contract.Decision;
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
import dev.sortline.sorting.BeltGeometry;
import dev.sortline.sorting.BeltGeometry.Ejector;
import dev.sortline.sorting.Line;
import dev.sortline.sorting.PlanInForce;
import dev.sortline.stream.LineStream;
import dev.sortline.stream.StreamSettings;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Items of several frames, on a real broker. */
class ItemVoteIT {
    private static final Duration SOON = Duration.ofSeconds(40);

    private static final int FRAMES_PER_ITEM = 3;

    private static ImageClassifier classifier;

    /** So likely glass that the plan sorts it, and so doubtful that a vote waits for further frames. */
    private static byte[] doubtful = {};

    private Broker broker;
    private TestCamera camera;
    private TopicLog<RoutingEvent> actuations;

    @TempDir
    private Path folder;

    @BeforeAll
    static void findDoubtfulPicture() throws Exception {
        classifier = Samples.classifier();
        for (byte[] picture : Samples.pictures("glass")) {
            var glass =
                    classifier.classify(classifier.decode(picture)).byLabel().getOrDefault("glass", 0.0);
            if (glass > 0.55 && glass < 0.9) {
                doubtful = picture;
            }
        }
        assertThat(doubtful).as("a doubtful picture among the samples").isNotEmpty();
    }

    @AfterAll
    static void closeModel() {
        classifier.close();
    }

    @BeforeEach
    void start() throws Exception {
        broker = EmbeddedBroker.start();
        TopicSetup.createMissing(kafka());
        camera = new TestCamera(broker);
        actuations = new TopicLog<>(broker, Topic.ACTUATIONS.topicName(), new RoutingEventSerde().deserializer());
    }

    @AfterEach
    void stop() throws Exception {
        actuations.close();
        camera.close();
        broker.close();
    }

    @Test
    void voteOutlivesAClassifierThatIsKilled() throws Exception {
        // Given: two frames have voted and will not be read again
        try (var first = ClassifyProcess.start(broker, List.of("line-1"), FRAMES_PER_ITEM, folder)) {
            await().atMost(SOON).until(first::ready);
            camera.publish("line-1", 1, "item-1", doubtful);
            camera.publish("line-1", 2, "item-1", doubtful);
            await().atMost(SOON).until(() -> committedFrames() == 2);

            // When
            first.kill();
        }
        try (var second = running(100.0)) {
            camera.publish("line-1", 3, "item-1", doubtful);
            camera.publish("line-1", 3, "item-1", doubtful);
            camera.publish("line-1", 4, "item-1", doubtful);
            camera.publish("line-1", 5, "item-2", Samples.picture("glass"));
            await().atMost(SOON).until(() -> committedFrames() == 6);

            // Then
            assertThat(actuations.values())
                    .filteredOn(event -> event.itemId().equals("item-1"))
                    .singleElement()
                    .satisfies(event -> {
                        assertThat(event.decision()).isEqualTo(Decision.SORT);
                        assertThat(event.frameIds())
                                .containsExactlyInAnyOrder(
                                        "line-1/camera-1/1", "line-1/camera-1/2", "line-1/camera-1/3");
                    });
        }
    }

    @Test
    void voteThatIsNotCompleteEndsInTimeForItsEjector() throws Exception {
        // On a machine that does much else some are late; without an end before its ejector all would be.
        assertThatVotesEndInTime(5);
    }

    @Test
    @Tag("exhaustive")
    void onAFreeMachineAllVotesButOneEndInTimeForTheirEjector() throws Exception {
        // One may meet a pause of this machine.
        assertThatVotesEndInTime(9);
    }

    /** Of ten items of which a frame is missing. */
    private void assertThatVotesEndInTime(int least) throws Exception {
        // Given
        int items = 10;
        var item = new AtomicInteger();
        var trigger = Executors.newSingleThreadScheduledExecutor();
        try (var stream = running(2.0)) {

            // When
            var unused = trigger.scheduleAtFixedRate(
                    () -> capture(item.incrementAndGet(), items), 0, 200, TimeUnit.MILLISECONDS);
            await().atMost(SOON).until(() -> actuations.values().size() == items);

            // Then
            assertThat(actuations.values())
                    .filteredOn(event -> event.decision() == Decision.SORT)
                    .hasSizeGreaterThanOrEqualTo(least)
                    .allSatisfy(event -> assertThat(event.decidedAt())
                            .isBetween(event.capturedAt().plusSeconds(1), event.deadline()));
        } finally {
            trigger.shutdownNow();
        }
    }

    private void capture(int item, int items) {
        if (item <= items) {
            try {
                camera.publish("line-1", item, "item-" + item, doubtful);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }

    @Test
    void framesOfAFreeRunningCameraAreOneItemUntilTheBeltIsEmpty() throws Exception {
        // Given
        try (var stream = running(100.0)) {

            // When
            camera.publish("line-1", 1, doubtful);
            camera.publish("line-1", 2, doubtful);
            camera.publish("line-1", 3, Samples.picture("empty"));
            camera.publish("line-1", 4, doubtful);
            camera.publish("line-1", 5, Samples.picture("empty"));
            await().atMost(SOON).until(() -> actuations.values().size() == 2);

            // Then
            assertThat(actuations.values())
                    .extracting(RoutingEvent::frameIds)
                    .containsExactly(List.of("line-1/camera-1/1", "line-1/camera-1/2"), List.of("line-1/camera-1/4"));
        }
    }

    private LineStream running(double secondsToEjector) {
        var belt = new BeltGeometry(1, 20, "residue", null, null, Map.of("glass", new Ejector(1, secondsToEjector, 0)));
        var plan = new PlanInForce(GlassOnly.edition("glass", "glass", 0.5));
        var line = new Line("line-1", belt, plan, FRAMES_PER_ITEM);
        var stream = new LineStream(
                new StreamSettings(kafka(), Map.of("line-1", line)), classifier, new SimpleMeterRegistry());
        stream.start();
        await().atMost(SOON).until(stream::ready);
        return stream;
    }

    /** How many frames will not be read again. */
    private long committedFrames() throws Exception {
        try (var admin = Admin.create(kafka())) {
            return admin
                    .listConsumerGroupOffsets(StreamSettings.APPLICATION_ID)
                    .partitionsToOffsetAndMetadata()
                    .get()
                    .values()
                    .stream()
                    .mapToLong(OffsetAndMetadata::offset)
                    .sum();
        }
    }

    private Map<String, Object> kafka() {
        return Map.of("bootstrap.servers", broker.bootstrapServers());
    }
}
