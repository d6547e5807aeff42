// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera.folder;

import static dev.sortline.camera.folder.Pictures.JPEG;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import dev.sortline.camera.Frames;
import dev.sortline.camera.publishing.FramePublisher;
import dev.sortline.contract.Frame;
import dev.sortline.contract.FrameDeserializer;
import dev.sortline.contract.Topic;
import dev.sortline.loopback.EmbeddedBroker;
import dev.sortline.loopback.TopicReader;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** That a folder's pictures are on the topic once each, whenever the process dies. */
class WatchedFolderIT {
    private static EmbeddedBroker broker;

    @TempDir
    Path in;

    private final Queue<String> onTopic = new ConcurrentLinkedQueue<>();
    private TopicReader<Frame> reader;

    @BeforeAll
    static void startBroker() throws Exception {
        broker = EmbeddedBroker.start();
        try (Admin admin = Admin.create(kafka())) {
            admin.createTopics(List.of(new NewTopic(Topic.FRAMES.topicName(), 3, (short) 1)))
                    .all()
                    .get();
        }
    }

    @AfterAll
    static void stopBroker() throws IOException {
        broker.close();
    }

    @BeforeEach
    void readTopic() {
        reader = TopicReader.fromNowOn(
                kafka(),
                Topic.FRAMES.topicName(),
                new FrameDeserializer(),
                (message, at) -> onTopic.add(message.value().id()));
    }

    @AfterEach
    void stopReading() {
        reader.close();
    }

    @Test
    void pictureThatWasSentBeforeTheProcessDiedIsNotSentAgainAndOneThatWasNotIs() throws Exception {
        // Given
        Instant captured = Instant.now();
        var sent = new SendingName(captured.toEpochMilli(), captured, "sent.jpg");
        var unsent = new SendingName(captured.toEpochMilli() + 1, captured, "unsent.jpg");
        Files.write(in.resolve(sent.fileName()), JPEG);
        Files.write(in.resolve(unsent.fileName()), JPEG);
        try (var publisher = publisher()) {
            publisher.publish(new Frame(
                    Frames.CAMERA.lineId(),
                    Frames.CAMERA.cameraId(),
                    sent.sequence(),
                    null,
                    sent.captured(),
                    null,
                    "image/jpeg",
                    null,
                    JPEG));
        }

        // When
        watchUntilCleared();

        // Then
        await().until(() -> onTopic.size() >= 2);
        assertThat(onTopic)
                .containsExactly("line-1/camera-1/" + sent.sequence(), "line-1/camera-1/" + unsent.sequence());
    }

    @Test
    void folderThatIsWatchedThreeTimesWithoutAnyLastStepPublishesEachPictureOnce() throws Exception {
        // Given
        for (int i = 0; i < 60; i++) {
            Pictures.drop(in, i + ".jpg", JPEG);
        }
        for (int life = 0; life < 3; life++) {
            int before = onTopic.size();
            try (var publisher = publisher()) {
                var folder = open(publisher);
                var thread = new Thread(folder);
                thread.start();
                await().until(() -> onTopic.size() > before || files().isEmpty());
                thread.interrupt();
                thread.join();
                // Not closed: what is acknowledged from now on is heard by nobody.
                folder.abandon();
            }
        }

        // When
        watchUntilCleared();

        // Then
        await().until(() -> onTopic.size() >= 60);
        assertThat(onTopic).hasSize(60).doesNotHaveDuplicates();
    }

    @Test
    void topicTellsWhichFramesItHolds() throws Exception {
        // Given
        Instant captured = Instant.now();
        try (var publisher = publisher()) {
            for (long sequence : new long[] {11, 12, 13}) {
                publisher.publish(
                        new Frame("line-1", "camera-1", sequence, null, captured, null, "image/jpeg", null, JPEG));
            }
        }

        // When
        var there = new FramesOnTopic(kafka()).among(Frames.CAMERA, Set.of(12L, 13L, 14L), captured.minusSeconds(1));

        // Then
        assertThat(there).containsExactlyInAnyOrder(12L, 13L);
    }

    @Test
    void topicThatCannotBeReadSaysSo() {
        // Given
        var nowhere = new FramesOnTopic(Map.of("bootstrap.servers", "127.0.0.1:1", "default.api.timeout.ms", "1000"));

        // When
        var failure = catchThrowable(() -> nowhere.among(Frames.CAMERA, Set.of(1L), Instant.EPOCH));

        // Then
        assertThat(failure).isInstanceOf(IOException.class);
    }

    private void watchUntilCleared() throws Exception {
        try (var publisher = publisher();
                var folder = open(publisher)) {
            var thread = new Thread(folder);
            thread.start();
            await().until(() -> files().isEmpty());
            thread.interrupt();
            thread.join();
        }
    }

    private WatchedFolder open(FramePublisher publisher) throws IOException {
        return WatchedFolder.open(
                Frames.CAMERA,
                new FolderSettings(in, 20, null, null),
                publisher,
                new FramesOnTopic(kafka()),
                InstantSource.system());
    }

    private List<Path> files() throws IOException {
        try (var files = Files.list(in)) {
            return files.filter(file -> !file.endsWith(".sortline-watch.lock")).toList();
        }
    }

    private static FramePublisher publisher() {
        return new FramePublisher(kafka(), new SimpleMeterRegistry());
    }

    private static Map<String, Object> kafka() {
        return new HashMap<>(Map.of("bootstrap.servers", broker.bootstrapServers()));
    }
}
