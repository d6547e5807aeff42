// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera.push;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sortline.camera.Frames;
import dev.sortline.camera.HandClock;
import dev.sortline.camera.picture.Picture;
import dev.sortline.camera.publishing.FramePublisher;
import dev.sortline.camera.time.CaptureTime;
import dev.sortline.contract.Frame;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class BoundedDeliveryTest {
    private static final Duration SOON = Duration.ofSeconds(60);

    private final HandClock clock = new HandClock();
    private final MockProducer<String, Frame> kafka = Frames.slowKafka();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final FramePublisher publisher = FramePublisher.through(kafka, meters, 64, 1 << 20);
    private final BoundedDelivery delivery = new BoundedDelivery(publisher, clock, 2, 1000);

    @AfterEach
    void close() {
        delivery.close();
    }

    @Test
    void frameIsTakenWhenTheBrokerHasAcknowledgedIt() {
        // Given
        var delivered = delivery.deliver(frame(10)).orElseThrow();
        await().until(() -> kafka.history().size() == 1);
        boolean before = delivered.isDone();

        // When
        kafka.completeNext();

        // Then
        assertThat(before).isFalse();
        assertThat(delivered).succeedsWithin(SOON).isEqualTo("line-1/camera-1/" + HandClock.START.toEpochMilli());
    }

    @Test
    void sequenceGoesUpByOne() {
        // Given
        var first = delivery.deliver(frame(10)).orElseThrow();

        // When
        var second = delivery.deliver(frame(10)).orElseThrow();

        // Then
        await().until(() -> kafka.history().size() == 2);
        assertThat(kafka.history())
                .extracting(record -> record.value().sequence() - HandClock.START.toEpochMilli())
                .containsExactly(0L, 1L);
        assertThat(first).isNotSameAs(second);
    }

    @Test
    void thereIsNoRoomForMoreFramesThanAreSet() {
        // Given
        var first = delivery.deliver(frame(10));
        var second = delivery.deliver(frame(10));

        // When
        var third = delivery.deliver(frame(10));

        // Then
        assertThat(first).isPresent();
        assertThat(second).isPresent();
        assertThat(third).isEmpty();
        assertThat(dropped()).isEqualTo(1);
    }

    @Test
    void thereIsNoRoomForMoreBytesThanAreSet() {
        // Given
        var first = delivery.deliver(frame(900));

        // When
        var second = delivery.deliver(frame(101));

        // Then
        assertThat(first).isPresent();
        assertThat(second).isEmpty();
    }

    @Test
    void thereIsRoomAgainAfterAFrameWasLost() {
        // Given
        var first = delivery.deliver(frame(10_000)).orElseThrow();
        await().until(() -> kafka.history().size() == 1);

        // When
        kafka.errorNext(new TimeoutException("no broker"));

        // Then
        assertThat(first).failsWithin(SOON).withThrowableThat().withCauseInstanceOf(TimeoutException.class);
        assertThat(delivery.deliver(frame(1000))).isPresent();
    }

    @Test
    void afterTheEndNothingIsTaken() {
        // Given
        delivery.close();

        // When
        var late = delivery.deliver(frame(10)).orElseThrow();

        // Then
        assertThat(late).failsWithin(SOON);
        assertThat(dropped()).isEqualTo(1);
        assertThat(kafka.history()).isEmpty();
    }

    private double dropped() {
        return meters.get("sortline.producer.frames")
                .tag("outcome", "dropped")
                .counter()
                .count();
    }

    private static PushedFrame frame(int bytes) {
        return new PushedFrame(
                Frames.CAMERA,
                new Picture(new byte[bytes], Picture.JPEG, CaptureTime.ofArrival(HandClock.START, Duration.ZERO)),
                null,
                null);
    }
}
