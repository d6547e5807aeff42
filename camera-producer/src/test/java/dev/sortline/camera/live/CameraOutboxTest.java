// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sortline.camera.Frames;
import dev.sortline.camera.HandClock;
import dev.sortline.camera.picture.Picture;
import dev.sortline.camera.publishing.FramePublisher;
import dev.sortline.camera.time.CaptureTime;
import dev.sortline.camera.trigger.Admission;
import dev.sortline.contract.Frame;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.producer.MockProducer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class CameraOutboxTest {
    private final HandClock clock = new HandClock();
    private final MockProducer<String, Frame> kafka = Frames.slowKafka();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final FramePublisher publisher = FramePublisher.through(kafka, meters, 64, 1 << 20);
    private final List<Duration> delays = new CopyOnWriteArrayList<>();
    private final List<Thread> threads = new ArrayList<>();

    @AfterEach
    void stop() throws InterruptedException {
        for (Thread thread : threads) {
            thread.interrupt();
            thread.join();
        }
    }

    @Test
    void newestPictureIsSentWhereTheClusterDoesNotKeepUp() {
        // Given
        var outbox = start((chosen, sequence) -> Optional.of(frame(chosen, sequence)));
        fill(outbox);
        for (int waiting = 5; waiting <= 9; waiting++) {
            outbox.put(picture(waiting));
        }

        // When
        kafka.completeNext();

        // Then
        await().until(() -> kafka.history().size() == CameraOutbox.IN_FLIGHT + 1);
        assertThat(firstBytes()).containsExactly(1, 2, 3, 4, 9);
        assertThat(counted("dropped")).isEqualTo(4);
        assertThat(sequences()).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void frameThatIsLostMakesRoomAsWell() {
        // Given
        var outbox = start((chosen, sequence) -> Optional.of(frame(chosen, sequence)));
        fill(outbox);
        outbox.put(picture(5));

        // When
        kafka.errorNext(new IllegalStateException("full"));

        // Then
        await().until(() -> kafka.history().size() == CameraOutbox.IN_FLIGHT + 1);
    }

    @Test
    void pictureThatCannotBeMadeAFrameIsCountedAndTheNextIsSent() {
        // Given
        var outbox = start((chosen, sequence) ->
                chosen.picture().bytes()[0] == 1 ? Optional.empty() : Optional.of(frame(chosen, sequence)));
        outbox.put(picture(1));
        await().until(() -> counted("skipped") == 1);

        // When
        outbox.put(picture(2));

        // Then
        await().until(() -> kafka.history().size() == 1);
        assertThat(firstBytes()).containsExactly(2);
    }

    @Test
    void delayIsToldFromCaptureToAcknowledgement() {
        // Given
        var outbox = start((chosen, sequence) -> Optional.of(frame(chosen, sequence)));
        outbox.put(picture(1));
        await().until(() -> kafka.history().size() == 1);
        clock.advance(Duration.ofMillis(30));

        // When
        kafka.completeNext();

        // Then
        assertThat(delays).containsExactly(Duration.ofMillis(30));
    }

    @Test
    void pictureThatStillWaitsAtTheEndIsCounted() throws InterruptedException {
        // Given
        var outbox = start((chosen, sequence) -> Optional.of(frame(chosen, sequence)));
        fill(outbox);
        outbox.put(picture(5));

        // When
        stop();

        // Then
        assertThat(counted("dropped")).isEqualTo(1);
    }

    @Test
    void pictureThatComesAfterTheEndIsCounted() throws InterruptedException {
        // Given
        var outbox = start((chosen, sequence) -> Optional.of(frame(chosen, sequence)));
        stop();

        // When
        outbox.put(picture(1));

        // Then
        assertThat(counted("dropped")).isEqualTo(1);
    }

    @Test
    void picturesOfItemsWaitForEachOther() {
        // Given
        var outbox = start((chosen, sequence) -> Optional.of(frame(chosen, sequence)));
        fill(outbox);
        for (int waiting = 5; waiting <= 7; waiting++) {
            outbox.put(pictureOf("item-" + waiting, waiting));
        }

        // When
        for (int room = 1; room <= 3; room++) {
            kafka.completeNext();
        }

        // Then
        await().until(() -> kafka.history().size() == CameraOutbox.IN_FLIGHT + 3);
        assertThat(firstBytes()).containsExactly(1, 2, 3, 4, 5, 6, 7);
        assertThat(counted("dropped")).isZero();
    }

    @Test
    void pictureThatHasWaitedForSecondsIsDropped() {
        // Given
        var outbox = start((chosen, sequence) -> Optional.of(frame(chosen, sequence)));
        fill(outbox);
        outbox.put(pictureOf("item-5", 5));
        clock.advance(WaitingPictures.FRESH.plusMillis(1));

        // When
        kafka.completeNext();

        // Then
        await().until(() -> counted("dropped") == 1);
        assertThat(kafka.history()).hasSize(CameraOutbox.IN_FLIGHT);
    }

    @Test
    void pictureThatIsHeldUpByOtherCamerasGivesWayToANewerOne() throws InterruptedException {
        // Given
        var full = FramePublisher.through(kafka, new SimpleMeterRegistry(), 1, 1 << 20);
        full.publish(Frames.frame(1));
        var outbox = start(full, (chosen, sequence) -> Optional.of(frame(chosen, sequence)));
        outbox.put(picture(5));
        await().until(() -> full.totals().heldBack() == 1);
        outbox.put(picture(6));

        // When
        kafka.completeNext();

        // Then
        await().until(() -> kafka.history().size() == 2);
        assertThat((int) kafka.history().get(1).value().image()[0]).isEqualTo(6);
    }

    @Test
    void pictureThatBreaksWhatMakesFramesIsCountedAndTheNextIsSent() {
        // Given
        var outbox = start((chosen, sequence) -> {
            if (chosen.picture().bytes()[0] == 1) {
                throw new StackOverflowError("deep");
            }
            return Optional.of(frame(chosen, sequence));
        });
        outbox.put(picture(1));
        await().until(() -> counted("skipped") == 1);

        // When
        outbox.put(picture(2));

        // Then
        await().until(() -> kafka.history().size() == 1);
    }

    private void fill(CameraOutbox outbox) {
        for (int sent = 1; sent <= CameraOutbox.IN_FLIGHT; sent++) {
            outbox.put(picture(sent));
            int so = sent;
            await().until(() -> kafka.history().size() == so);
        }
    }

    private CameraOutbox start(CameraOutbox.Making making) {
        return start(publisher, making);
    }

    private CameraOutbox start(FramePublisher publisher, CameraOutbox.Making making) {
        var outbox = new CameraOutbox(Frames.CAMERA, publisher, clock, clock::nanos, making, delays::add);
        var thread = new Thread(outbox);
        threads.add(thread);
        thread.start();
        return outbox;
    }

    private ChosenPicture picture(int number) {
        return pictureOf(null, number);
    }

    private ChosenPicture pictureOf(@Nullable String item, int number) {
        return new ChosenPicture(
                new Picture(
                        new byte[] {(byte) number},
                        Picture.JPEG,
                        CaptureTime.ofArrival(clock.instant(), Duration.ZERO)),
                new Admission.Taken(item, null));
    }

    private static Frame frame(ChosenPicture chosen, long sequence) {
        return new Frame(
                Frames.CAMERA.lineId(),
                Frames.CAMERA.cameraId(),
                sequence,
                null,
                chosen.picture().captured().at(),
                null,
                Picture.JPEG,
                null,
                chosen.picture().bytes());
    }

    private List<Integer> firstBytes() {
        return kafka.history().stream()
                .map(message -> (int) message.value().image()[0])
                .toList();
    }

    private List<Long> sequences() {
        return kafka.history().stream()
                .map(message -> message.value().sequence())
                .toList();
    }

    private double counted(String outcome) {
        var found =
                meters.find("sortline.producer.frames").tag("outcome", outcome).counter();
        return found == null ? 0 : found.count();
    }
}
