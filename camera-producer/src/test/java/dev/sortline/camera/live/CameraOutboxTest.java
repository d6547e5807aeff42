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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
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
        for (int sent = 1; sent <= CameraOutbox.IN_FLIGHT; sent++) {
            outbox.put(picture(sent));
            int so = sent;
            await().until(() -> kafka.history().size() == so);
        }
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
        for (int sent = 1; sent <= CameraOutbox.IN_FLIGHT; sent++) {
            outbox.put(picture(sent));
            int so = sent;
            await().until(() -> kafka.history().size() == so);
        }
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
        for (int sent = 1; sent <= CameraOutbox.IN_FLIGHT; sent++) {
            outbox.put(picture(sent));
            int so = sent;
            await().until(() -> kafka.history().size() == so);
        }
        outbox.put(picture(5));

        // When
        stop();

        // Then
        assertThat(counted("dropped")).isEqualTo(1);
    }

    private CameraOutbox start(CameraOutbox.Making making) {
        var outbox = new CameraOutbox(Frames.CAMERA, publisher, clock, making, delays::add);
        var thread = new Thread(outbox);
        threads.add(thread);
        thread.start();
        return outbox;
    }

    private ChosenPicture picture(int number) {
        return new ChosenPicture(
                new Picture(
                        new byte[] {(byte) number},
                        Picture.JPEG,
                        CaptureTime.ofArrival(clock.instant(), Duration.ZERO)),
                new Admission.Taken(null, null));
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
