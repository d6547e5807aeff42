// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.sortline.camera.Frames;
import dev.sortline.camera.HandClock;
import dev.sortline.camera.publishing.FramePublisher;
import dev.sortline.camera.publishing.LineCamera;
import dev.sortline.camera.publishing.ProducerMetrics;
import dev.sortline.contract.Frame;
import dev.sortline.metrics.LineMetric;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.MockProducer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ReplayCameraTest {
    private static final ReplaySettings ONCE = new ReplaySettings(10, false);
    private static final ReplaySettings LOOP = new ReplaySettings(10, true);

    private final Path folder;

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final HandClock clock = new HandClock();
    private final MockProducer<String, Frame> kafka = Frames.promptKafka();
    private final FramePublisher publisher = FramePublisher.through(kafka, meters, 2, 1000);

    ReplayCameraTest(@TempDir Path folder) throws IOException {
        this.folder = folder;
        for (String label : List.of("glass", "metal", "paper")) {
            Files.createDirectory(folder.resolve(label));
            for (int i = 0; i < 4; i++) {
                Files.writeString(folder.resolve(label).resolve(i + ".jpg"), label + i);
            }
        }
    }

    @Test
    void everyImageIsPublishedOnceWithItsTruth() {
        // Given
        var camera = camera(Frames.CAMERA, ONCE, ReplayCameraTest::nobody);

        // When
        camera.run();

        // Then
        assertThat(sent())
                .hasSize(12)
                .allSatisfy(frame -> assertThat(text(frame)).startsWith(frame.truth()))
                .extracting(ReplayCameraTest::text)
                .doesNotHaveDuplicates();
    }

    @Test
    void framesAreCapturedAtTheRate() {
        // Given
        var camera = camera(Frames.CAMERA, ONCE, ReplayCameraTest::nobody);

        // When
        camera.run();

        // Then
        assertThat(captureTimes()).hasSize(12).first().satisfies(first -> assertThat(captureTimes())
                .isEqualTo(IntStream.range(0, 12)
                        .mapToObj(i -> first.plusMillis(100L * i))
                        .toList()));
    }

    @Test
    void frameThatIsHeldBackIsCapturedLaterAndNoneIsDropped() {
        // Given
        var heldBack = Duration.ofSeconds(7);
        var told = new AtomicInteger();
        var camera = camera(Frames.CAMERA, ONCE, frame -> {
            if (told.incrementAndGet() == 1) {
                clock.advance(heldBack);
            }
        });

        // When
        camera.run();

        // Then
        assertThat(captureTimes()).hasSize(12);
        assertThat(Duration.between(captureTimes().get(0), captureTimes().get(1)))
                .isEqualTo(heldBack);
    }

    @Test
    void sameCameraShowsTheSameOrderEveryTime() {
        // Given
        camera(Frames.CAMERA, ONCE, ReplayCameraTest::nobody).run();
        var before = images();
        kafka.clear();

        // When
        camera(Frames.CAMERA, ONCE, ReplayCameraTest::nobody).run();

        // Then
        assertThat(images()).isEqualTo(before);
    }

    @Test
    void anotherCameraShowsAnotherOrder() {
        // Given
        camera(Frames.CAMERA, ONCE, ReplayCameraTest::nobody).run();
        var before = images();
        kafka.clear();

        // When
        camera(new LineCamera("line-2", "camera-1"), ONCE, ReplayCameraTest::nobody)
                .run();

        // Then
        assertThat(images()).isNotEqualTo(before);
    }

    @Test
    void camerasDoNotFireAtTheSameMoment() {
        // Given
        camera(Frames.CAMERA, ONCE, ReplayCameraTest::nobody).run();
        var first = sinceStart(HandClock.START);
        var restart = clock.instant();
        kafka.clear();

        // When
        camera(new LineCamera("line-2", "camera-1"), ONCE, ReplayCameraTest::nobody)
                .run();

        // Then
        assertThat(sinceStart(restart).minus(first).abs()).isGreaterThan(Duration.ofMillis(5));
    }

    @Test
    void sequenceGoesUpByOneOverTheRounds() {
        // Given
        var camera = stoppedAfter(30, LOOP);

        // When
        camera.run();

        // Then
        var start = HandClock.START.toEpochMilli();
        assertThat(sent())
                .extracting(Frame::sequence)
                .startsWith(start, start + 1, start + 2)
                .endsWith(start + 29)
                .hasSize(30);
    }

    @Test
    void idsNeverRepeatAfterARestart() {
        // Given
        var fast = new ReplaySettings(1000, true);
        stoppedAfter(2000, fast).run();
        clock.advance(Duration.ofMillis(1));

        // When
        stoppedAfter(2000, fast).run();

        // Then
        assertThat(sent()).hasSize(4_000).extracting(Frame::id).doesNotHaveDuplicates();
    }

    @Test
    void unreadableFileIsSkippedAndCountedWhileTheRestGoesOn() throws IOException {
        // Given
        var images = ReplayImage.inFolder(folder);
        Files.delete(folder.resolve("glass/1.jpg"));
        Files.write(folder.resolve("metal/2.jpg"), new byte[0]);
        var camera = new ReplayCamera(Frames.CAMERA, images, ONCE, publisher, clock, clock, ReplayCameraTest::nobody);

        // When
        camera.run();

        // Then
        assertThat(publisher.totals().frames()).isEqualTo(10);
        assertThat(publisher.totals().skipped()).isEqualTo(2);
        assertThat(meters.get(LineMetric.PRODUCER_FRAMES.meterName())
                        .tag("outcome", "skipped")
                        .counter()
                        .count())
                .isEqualTo(2);
    }

    @Test
    void countsOfACameraAreThereBeforeItsFirstFrame() {
        // Given
        var camera = Frames.CAMERA;

        // When
        var unused = camera(camera, ONCE, ReplayCameraTest::nobody);

        // Then
        assertThat(meters.get(LineMetric.PRODUCER_FRAMES.meterName()).counters())
                .extracting(counter -> counter.getId().getTag(ProducerMetrics.OUTCOME), Counter::count)
                .containsExactlyInAnyOrder(
                        tuple("published", 0.0),
                        tuple("failed", 0.0),
                        tuple("skipped", 0.0),
                        tuple("dropped", 0.0),
                        tuple("not_asked", 0.0));
        assertThat(meters.get(LineMetric.PRODUCER_BYTES.meterName()).counter().count())
                .isZero();
    }

    @Test
    void cameraThatWasStoppedBeforeItRunsShowsNothing() {
        // Given
        var camera = camera(Frames.CAMERA, LOOP, ReplayCameraTest::nobody);
        camera.stop();

        // When
        camera.run();

        // Then
        assertThat(sent()).isEmpty();
    }

    @Test
    void stopWakesACameraThatWaitsForItsTurn() throws InterruptedException {
        // Given
        var oneAnHour = new ReplaySettings(1 / 3600.0, true);
        var camera = new ReplayCamera(
                Frames.CAMERA, ReplayImage.inFolder(folder), oneAnHour, publisher, clock, ReplayCameraTest::nobody);
        var thread = new Thread(camera);
        thread.start();
        awaitWaiting(thread);

        // When
        camera.stop();

        // Then
        thread.join();
        assertThat(publisher.totals().failed()).isZero();
    }

    @Test
    void stopWakesACameraThatIsHeldBackAndItsFrameIsNotSent() throws InterruptedException {
        // Given
        var slow = Frames.slowKafka();
        var fullPublisher = FramePublisher.through(slow, new SimpleMeterRegistry(), 2, 1000);
        var camera = new ReplayCamera(
                Frames.CAMERA,
                ReplayImage.inFolder(folder),
                LOOP,
                fullPublisher,
                clock,
                clock,
                ReplayCameraTest::nobody);
        var thread = new Thread(camera);
        thread.start();
        awaitWaiting(thread);

        // When
        camera.stop();

        // Then
        thread.join();
        assertThat(slow.history()).hasSize(2);
    }

    @Test
    void stopLeavesNoInterruptBehindOnTheThreadThatRan() {
        // Given
        var camera = stoppedAfter(3, LOOP);

        // When
        camera.run();

        // Then
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void interruptOfTheThreadEndsTheCameraAndStaysSet() {
        // Given
        var camera = camera(Frames.CAMERA, LOOP, frame -> Thread.currentThread().interrupt());

        // When
        camera.run();

        // Then
        assertThat(Thread.interrupted()).isTrue();
        assertThat(sent()).hasSizeLessThan(12);
    }

    private ReplayCamera camera(LineCamera camera, ReplaySettings settings, Consumer<Frame> onPublished) {
        return new ReplayCamera(camera, ReplayImage.inFolder(folder), settings, publisher, clock, clock, onPublished);
    }

    private ReplayCamera stoppedAfter(int frames, ReplaySettings settings) {
        var left = new AtomicInteger(frames);
        var self = new ArrayList<ReplayCamera>();
        self.add(camera(Frames.CAMERA, settings, frame -> {
            if (left.decrementAndGet() == 0) {
                self.forEach(ReplayCamera::stop);
            }
        }));
        return self.get(0);
    }

    private static void nobody(Frame frame) {}

    private static String text(Frame frame) {
        return new String(frame.image(), StandardCharsets.UTF_8);
    }

    private List<Frame> sent() {
        return kafka.history().stream().map(record -> record.value()).toList();
    }

    private List<Instant> captureTimes() {
        return sent().stream().map(Frame::capturedAt).toList();
    }

    private List<String> images() {
        return sent().stream().map(frame -> text(frame)).toList();
    }

    private Duration sinceStart(Instant start) {
        return Duration.between(start, sent().get(0).capturedAt());
    }

    private static void awaitWaiting(Thread thread) {
        while (thread.getState() != Thread.State.WAITING && thread.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }
    }
}
