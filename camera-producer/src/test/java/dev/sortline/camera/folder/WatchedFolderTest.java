// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera.folder;

import static dev.sortline.camera.folder.Pictures.JPEG;
import static dev.sortline.camera.folder.Pictures.drop;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.sortline.camera.Frames;
import dev.sortline.camera.publishing.FramePublisher;
import dev.sortline.contract.Frame;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WatchedFolderTest {
    @TempDir
    Path temp;

    private final RememberedFrames topic = new RememberedFrames();
    private final List<Thread> threads = new ArrayList<>();
    private final List<WatchedFolder> watched = new ArrayList<>();
    private Path in;

    @BeforeEach
    void makeFolder() throws IOException {
        in = Files.createDirectory(temp.resolve("in"));
    }

    @AfterEach
    void stop() throws InterruptedException {
        for (Thread thread : threads) {
            thread.interrupt();
            thread.join();
        }
        watched.forEach(WatchedFolder::close);
    }

    @Test
    void pictureIsPublishedAndItsFileDeleted() throws IOException {
        // Given
        var kafka = Frames.promptKafka();
        watch(kafka, delete());

        // When
        drop(in, "a.jpg", JPEG);

        // Then
        await().untilAsserted(() -> assertThat(files(in)).isEmpty());
        assertThat(kafka.history()).singleElement().satisfies(record -> {
            assertThat(record.value().image()).isEqualTo(JPEG);
            assertThat(record.value().contentType()).isEqualTo("image/jpeg");
        });
    }

    @Test
    void fileStaysUntilTheBrokerHasItsPicture() throws IOException {
        // Given
        var kafka = Frames.slowKafka();
        drop(in, "a.jpg", JPEG);
        watch(kafka, delete());
        await().until(() -> kafka.history().size() == 1);
        List<String> before = files(in);

        // When
        kafka.completeNext();

        // Then
        assertThat(before).singleElement().asString().matches("\\.sending-\\d+-\\d+-a\\.jpg");
        await().untilAsserted(() -> assertThat(files(in)).isEmpty());
    }

    @Test
    void filesAreMovedWithTheirSubFoldersAndOverwriteNothing() throws IOException {
        // Given
        Path out = in.resolve("done");
        Files.createDirectories(out.resolve("left"));
        Files.writeString(out.resolve("left/a.jpg"), "of yesterday");
        watch(Frames.promptKafka(), new FolderSettings(in, 40, out, null));

        // When
        drop(in, "left/a.jpg", JPEG);

        // Then
        await().until(() -> Files.exists(out.resolve("left/a-2.jpg")));
        assertThat(out.resolve("left/a.jpg")).hasContent("of yesterday");
    }

    @Test
    void thousandFilesInSubFoldersArePublishedOnceEachInTheirOrder() throws IOException {
        // Given
        var kafka = Frames.promptKafka();
        Instant noon = Instant.now().minusSeconds(600);
        for (int i = 0; i < 1_000; i++) {
            String name = "%d/%04d.jpg".formatted(i % 7, i);
            drop(in, name, numbered(i));
            Files.setLastModifiedTime(in.resolve(name), FileTime.from(noon.plusMillis(i)));
        }

        // When
        watch(kafka, delete());

        // Then
        await().untilAsserted(() -> assertThat(kafka.history()).hasSize(1_000));
        for (int i = 0; i < 1_000; i++) {
            assertThat(kafka.history().get(i).value().image()).isEqualTo(numbered(i));
        }
        assertThat(kafka.history().stream().map(sent -> sent.value().sequence()).distinct())
                .hasSize(1_000);
        assertThat(kafka.history().get(0).value().capturedAt())
                .isEqualTo(noon.truncatedTo(java.time.temporal.ChronoUnit.MILLIS));
    }

    @Test
    void fileThatGrowsIsPublishedWhenItIsWhole() throws IOException {
        // Given
        var kafka = Frames.promptKafka();
        watch(kafka, delete());
        Path file = in.resolve("slow.jpg");
        Files.write(file, Arrays.copyOf(JPEG, 400));
        drop(in, "other.jpg", JPEG);
        await().until(() -> kafka.history().size() == 1);

        // When
        Files.write(file, Arrays.copyOfRange(JPEG, 400, JPEG.length), StandardOpenOption.APPEND);

        // Then
        await().untilAsserted(() -> assertThat(files(in)).isEmpty());
        assertThat(kafka.history()).hasSize(2);
        assertThat(kafka.history().get(1).value().image()).isEqualTo(JPEG);
    }

    @Test
    void hiddenAndTemporaryNamesAreLeftAlone() throws IOException {
        // Given
        var kafka = Frames.promptKafka();
        for (String name : List.of(".a.jpg", "b.jpg.tmp", "c.part", "d.jpg~", ".hidden/e.jpg", "refused/f.jpg")) {
            Files.createDirectories(in.resolve(name).getParent());
            Files.write(in.resolve(name), JPEG);
        }
        watch(kafka, delete());

        // When
        drop(in, "z.jpg", JPEG);

        // Then
        await().untilAsserted(() -> assertThat(files(in))
                .containsExactlyInAnyOrder(
                        ".a.jpg", "b.jpg.tmp", "c.part", "d.jpg~", ".hidden/e.jpg", "refused/f.jpg"));
        assertThat(kafka.history()).hasSize(1);
    }

    @Test
    void whatIsNoPictureOrTooLargeIsPutAsideAndCounted() throws IOException {
        // Given
        var kafka = Frames.promptKafka();
        var publisher = publisher(kafka);
        watch(publisher, delete());
        drop(in, "notes.txt", new byte[] {'h', 'i'});
        drop(in, "sub/huge.jpg", Arrays.copyOf(JPEG, 5 << 20));

        // When
        drop(in, "z.jpg", JPEG);

        // Then
        await().untilAsserted(() ->
                assertThat(files(in)).containsExactlyInAnyOrder("refused/notes.txt", "refused/sub/huge.jpg"));
        assertThat(kafka.history()).hasSize(1);
        assertThat(publisher.totals().skipped()).isEqualTo(2);
    }

    @Test
    void frameThatTheTopicNeverTakesIsPutAside() throws IOException {
        // Given
        var kafka = Frames.slowKafka();
        drop(in, "a.jpg", JPEG);
        var publisher = publisher(kafka);
        watch(publisher, delete());
        await().until(() -> kafka.history().size() == 1);

        // When
        kafka.errorNext(new RecordTooLargeException("too large"));

        // Then
        await().untilAsserted(() -> assertThat(files(in)).containsExactly("refused/a.jpg"));
        assertThat(publisher.totals().skipped()).isEqualTo(1);
        assertThat(publisher.totals().failed()).isZero();
    }

    @Test
    void frameThatWasLostIsSentAgainAsTheSame() throws IOException {
        // Given
        var kafka = Frames.slowKafka();
        drop(in, "a.jpg", JPEG);
        var publisher = publisher(kafka);
        watch(publisher, delete());
        await().until(() -> kafka.history().size() == 1);

        // When
        kafka.errorNext(new TimeoutException("no broker"));

        // Then
        await().until(() -> kafka.history().size() == 2);
        assertThat(kafka.history().get(1).value())
                .usingRecursiveComparison()
                .isEqualTo(kafka.history().get(0).value());
        assertThat(publisher.totals().failed()).isZero();
    }

    @Test
    void frameThatSeemedLostAndIsOnTheTopicIsNotSentAgain() throws IOException {
        // Given
        var kafka = Frames.slowKafka();
        drop(in, "a.jpg", JPEG);
        var publisher = publisher(kafka);
        watch(publisher, delete());
        await().until(() -> kafka.history().size() == 1);
        topic.there.add(kafka.history().get(0).value().sequence());

        // When
        kafka.errorNext(new TimeoutException("acknowledgement came too late"));

        // Then
        await().untilAsserted(() -> assertThat(files(in)).isEmpty());
        assertThat(kafka.history()).hasSize(1);
        assertThat(publisher.totals().frames()).isEqualTo(1);
        assertThat(publisher.totals().failed()).isZero();
    }

    @Test
    void whileTheTopicCannotBeReadNothingIsSentThatMayBeThere() throws IOException {
        // Given
        var kafka = Frames.promptKafka();
        Files.write(in.resolve(new SendingName(7, Instant.ofEpochMilli(5), "a.jpg").fileName()), JPEG);
        topic.away = true;
        watch(kafka, delete());
        await().until(() -> topic.asked.get() > 0);
        int before = kafka.history().size();

        // When
        topic.away = false;

        // Then
        await().untilAsserted(() -> assertThat(files(in)).isEmpty());
        assertThat(before).isZero();
        assertThat(kafka.history()).singleElement().satisfies(sent -> {
            assertThat(sent.value().sequence()).isEqualTo(7);
            assertThat(sent.value().capturedAt()).isEqualTo(Instant.ofEpochMilli(5));
        });
    }

    @Test
    void whileTheTopicCannotBeReadThatIsItsTrouble() throws IOException {
        // Given
        Files.write(in.resolve(new SendingName(7, Instant.ofEpochMilli(5), "a.jpg").fileName()), JPEG);
        topic.away = true;

        // When
        watch(Frames.promptKafka(), delete());

        // Then
        await().untilAsserted(() -> assertThat(watched.get(0).trouble())
                .contains(Frames.CAMERA
                        + ": it is not known whether the broker has 1 pictures, nothing else is sent: no broker"));
        assertThat(watched.get(0).isAway()).isFalse();
        topic.away = false;
        await().untilAsserted(() -> assertThat(watched.get(0).trouble()).isEmpty());
    }

    @Test
    void pictureThatWasNotPublishedAndCannotBeReadAnyMoreIsCounted() throws IOException {
        // Given
        Path file = in.resolve(new SendingName(7, Instant.ofEpochMilli(5), "a.jpg").fileName());
        Files.write(file, JPEG);
        topic.away = true;
        var publisher = publisher(Frames.promptKafka());
        watch(publisher, delete());
        await().until(() -> topic.asked.get() > 0);
        Files.delete(file);

        // When
        topic.away = false;

        // Then
        await().untilAsserted(() -> assertThat(publisher.totals().skipped()).isEqualTo(1));
        assertThat(publisher.totals().frames()).isZero();
    }

    @Test
    void folderThatIsAwayIsItsTrouble() throws IOException {
        // Given
        Path later = temp.resolve("later");

        // When
        watch(Frames.promptKafka(), new FolderSettings(later, 40, null, null));

        // Then
        await().untilAsserted(() -> assertThat(watched.get(0).trouble())
                .contains(Frames.CAMERA + ": folder " + later
                        + " is waited for: does not exist or cannot be written to"));
        assertThat(watched.get(0).isAway()).isTrue();
        Files.createDirectory(later);
        await().untilAsserted(() -> assertThat(watched.get(0).trouble()).isEmpty());
    }

    @Test
    void secondWatcherIsRefused() throws IOException {
        // Given
        watch(Frames.promptKafka(), delete());
        var publisher = publisher(Frames.promptKafka());

        // When / Then
        assertThatThrownBy(() -> WatchedFolder.open(Frames.CAMERA, delete(), publisher, topic, InstantSource.system()))
                .isInstanceOf(FolderInUseException.class)
                .hasMessageContaining("is watched already");
    }

    @Test
    void folderThatIsGoneIsWaitedForAndGoesOn() throws IOException {
        // Given
        var kafka = Frames.promptKafka();
        watch(kafka, delete());
        drop(in, "a.jpg", JPEG);
        await().untilAsserted(() -> assertThat(files(in)).isEmpty());
        Files.delete(in.resolve(".sortline-watch.lock"));
        Files.delete(in);

        // When
        Files.createDirectory(in);
        drop(in, "b.jpg", JPEG);

        // Then
        await().until(() -> kafka.history().size() == 2);
        await().untilAsserted(() -> assertThat(files(in)).isEmpty());
    }

    @Test
    void folderThatIsNotThereAtTheStartIsWaitedFor() throws IOException {
        // Given
        Path later = temp.resolve("later");
        var kafka = Frames.promptKafka();
        watch(kafka, new FolderSettings(later, 40, null, null));

        // When
        drop(later, "a.jpg", JPEG);

        // Then
        await().until(() -> kafka.history().size() == 1);
    }

    @Test
    void whatWasAcknowledgedAfterTheEndIsClearedAwayOnClosing() throws Exception {
        // Given
        var kafka = Frames.slowKafka();
        drop(in, "a.jpg", JPEG);
        watch(kafka, delete());
        await().until(() -> kafka.history().size() == 1);
        threads.get(0).interrupt();
        threads.get(0).join();
        kafka.completeNext();

        // When
        watched.get(0).close();

        // Then
        assertThat(files(in)).isEmpty();
    }

    private FolderSettings delete() {
        return new FolderSettings(in, 40, null, null);
    }

    private static FramePublisher publisher(MockProducer<String, Frame> kafka) {
        return FramePublisher.through(kafka, new SimpleMeterRegistry(), 64, 32 << 20);
    }

    private void watch(MockProducer<String, Frame> kafka, FolderSettings settings) throws IOException {
        watch(publisher(kafka), settings);
    }

    private void watch(FramePublisher publisher, FolderSettings settings) throws IOException {
        var folder = WatchedFolder.open(Frames.CAMERA, settings, publisher, topic, InstantSource.system());
        watched.add(folder);
        var thread = new Thread(folder, "watched folder");
        threads.add(thread);
        thread.start();
    }

    private static byte[] numbered(int number) {
        byte[] bytes = Arrays.copyOf(JPEG, JPEG.length + 2);
        bytes[JPEG.length] = (byte) (number >> 8);
        bytes[JPEG.length + 1] = (byte) number;
        return bytes;
    }

    /** All but the lock, by their paths from the folder. */
    private static List<String> files(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> folder.relativize(file).toString())
                    .filter(name -> !name.equals(".sortline-watch.lock"))
                    .toList();
        }
    }
}
