// SPDX-License-Identifier: Apache-2.0
package dev.sortline.line;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sortline.contract.RoutingEvent;
import dev.sortline.contract.RoutingEventSerde;
import dev.sortline.contract.Topic;
import dev.sortline.line.peers.ScatteredClassifier;
import dev.sortline.line.peers.SlowLines;
import dev.sortline.line.peers.TestCamera;
import dev.sortline.line.peers.TestLineFile;
import dev.sortline.line.peers.TopicLog;
import dev.sortline.loopback.Broker;
import dev.sortline.loopback.EmbeddedBroker;
import dev.sortline.process.TopicSetup;
import dev.sortline.stream.LineStream;
import dev.sortline.stream.StreamSettings;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Several frames of a line in flight, whose answers come in any order, or not at all. */
@Timeout(180)
class FramesInFlightIT {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final int FRAMES = 4;

    /** So many of a line that it is not done with them before another instance has joined. */
    private static final int BACKLOG = 100;

    private final ScatteredClassifier classifier = new ScatteredClassifier(FRAMES);
    private final ScheduledExecutorService answers = Executors.newSingleThreadScheduledExecutor();
    private Broker broker;
    private TestCamera camera;
    private TopicLog<RoutingEvent> actuations;

    @BeforeEach
    void start() throws Exception {
        broker = EmbeddedBroker.start();
        TopicSetup.createMissing(kafka());
        camera = new TestCamera(broker);
        actuations = new TopicLog<>(broker, Topic.ACTUATIONS.topicName(), new RoutingEventSerde().deserializer());
    }

    @AfterEach
    void stop() throws Exception {
        answers.shutdownNow();
        classifier.close();
        actuations.close();
        camera.close();
        broker.close();
    }

    @Test
    void eventsKeepTheOrderOfTheirFramesWhateverAnswerComesFirst() throws Exception {
        // Given
        publish("line-1");
        try (var stream = running(classifier, "line-1")) {
            await().atMost(SOON).until(() -> classifier.asked().size() == FRAMES);

            // When
            for (int i = FRAMES; i >= 1; i--) {
                classifier.answer("line-1 " + i);
            }
            await().atMost(SOON).until(() -> actuations.values().size() == FRAMES);

            // Then
            assertThat(framesOf("line-1")).containsExactlyElementsOf(frames("line-1"));
        }
    }

    @Test
    @Tag("exhaustive")
    void whatIsAnsweredBehindAFrameThatIsNotIsLeftToTheSuccessorWithIt() throws Exception {
        // Given
        publish("line-1");
        try (var stream = running(classifier, "line-1")) {
            await().atMost(SOON).until(() -> classifier.asked().size() == FRAMES);
            for (int i = 2; i <= FRAMES; i++) {
                classifier.answer("line-1 " + i);
            }
            await().atMost(SOON).until(() -> classifier.answered() == FRAMES - 1);
        }
        List<String> out = framesOf("line-1");
        long committed = committed("line-1");

        // When
        classifier.close();
        try (var successor = running(ScatteredClassifier.atOnce(), "line-1")) {
            await().atMost(SOON).until(() -> actuations.values().size() == FRAMES);
        }

        // Then
        assertThat(out).isEmpty();
        assertThat(committed).isZero();
        assertThat(framesOf("line-1")).containsExactlyElementsOf(frames("line-1"));
    }

    @Test
    void stopCommitsNothingBehindTheFirstFrameThatIsNotAnswered() throws Exception {
        // Given
        publish("line-1");
        try (var stream = running(classifier, "line-1")) {
            await().atMost(SOON).until(() -> classifier.asked().size() == FRAMES);
            classifier.answer("line-1 1");
            classifier.answer("line-1 3");
            await().atMost(SOON).until(() -> actuations.values().size() == 1);

            // When
            stream.close();
        }

        // Then
        assertThat(committed("line-1")).isLessThanOrEqualTo(1);
        assertThat(framesOf("line-1")).containsExactly("line-1/camera-1/1");
    }

    @Test
    void framesThatWereInFlightWhenTheirLineWasTakenAwayAreDecidedOnceByItsNewOwner() throws Exception {
        // Given
        // On every partition, so that whoever has any partition has frames.
        String[] lines = TestLineFile.linesOnEveryPartition().toArray(String[]::new);
        for (String line : lines) {
            publish(line, BACKLOG);
        }
        var newOwner = ScatteredClassifier.atOnce();
        try (var stream = running(classifier, lines)) {
            answerEvery(Duration.ofMillis(400));
            await().atMost(SOON).until(() -> classifier.answered() > 0);

            // When
            try (var second = running(newOwner, lines)) {
                await().atMost(SOON).until(() -> !newOwner.asked().isEmpty());
                answerEvery(Duration.ofMillis(2));
                await().atMost(SOON).until(() -> actuations.values().size() >= lines.length * BACKLOG);
            }
        }

        // Then
        for (String line : lines) {
            // Where the first is too slow to commit before the line is gone, an event comes again, under the same id.
            assertThat(framesOf(line).stream().distinct()).containsExactlyElementsOf(frames(line, BACKLOG));
        }
        assertThat(newOwner.asked()).containsAnyElementsOf(classifier.asked());
    }

    /** In time for no frame to hold up its stream thread, whatever order they come in. */
    private void answerEvery(Duration period) {
        var unused = answers.scheduleAtFixedRate(
                classifier::answerThoseThatWait, 0, period.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Before the stream reads any: a frame that is not answered holds up those that come much later. */
    private void publish(String line) throws Exception {
        publish(line, FRAMES);
    }

    private void publish(String line, int frames) throws Exception {
        for (int i = 1; i <= frames; i++) {
            camera.publish(line, i, (line + " " + i).getBytes(UTF_8));
        }
    }

    private static List<String> frames(String line) {
        return frames(line, FRAMES);
    }

    private static List<String> frames(String line, int frames) {
        return IntStream.rangeClosed(1, frames)
                .mapToObj(i -> line + "/camera-1/" + i)
                .toList();
    }

    private List<String> framesOf(String line) {
        return actuations.values().stream()
                .filter(event -> event.lineId().equals(line))
                .map(event -> event.frameIds().get(0))
                .toList();
    }

    /** Of the line's partition; 0 where nothing is. */
    private long committed(String line) throws Exception {
        var partition = new TopicPartition(Topic.FRAMES.topicName(), Topic.partitionOf(line, Topic.PARTITIONS));
        try (var admin = Admin.create(kafka())) {
            OffsetAndMetadata committed = admin.listConsumerGroupOffsets(StreamSettings.APPLICATION_ID)
                    .partitionsToOffsetAndMetadata()
                    .get()
                    .get(partition);
            return committed == null ? 0 : committed.offset();
        }
    }

    private LineStream running(ScatteredClassifier answering, String... lines) {
        return SlowLines.start(broker, answering, new SimpleMeterRegistry(), List.of(lines));
    }

    private Map<String, Object> kafka() {
        return Map.of("bootstrap.servers", broker.bootstrapServers());
    }
}
