// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera.publishing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.sortline.camera.Frames;
import dev.sortline.camera.HandClock;
import dev.sortline.contract.Frame;
import dev.sortline.contract.FrameDeserializer;
import dev.sortline.metrics.LineMetric;
import dev.sortline.tracing.FrameTracing;
import io.micrometer.core.instrument.simple.SimpleConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class FramePublisherTest {
    private static final int MAX_FRAMES = 2;
    private static final int MAX_BYTES = 1000;

    private final HandClock clock = new HandClock();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry(SimpleConfig.DEFAULT, clock);

    @Test
    void recordHasTheLineAsKeyAndTheCaptureTimeAsTimestamp() throws InterruptedException {
        // Given
        var kafka = Frames.promptKafka();
        var publisher = publisher(kafka);

        // When
        publisher.publish(Frames.frame(7));

        // Then
        assertThat(kafka.history()).singleElement().satisfies(record -> {
            assertThat(record.topic()).isEqualTo("sortline.frames");
            assertThat(record.key()).isEqualTo("line-1");
            assertThat(record.timestamp()).isEqualTo(HandClock.START.toEpochMilli());
        });
    }

    @Test
    void recordReadsBackAsTheFrame() throws InterruptedException {
        // Given
        var kafka = Frames.promptKafka();
        var publisher = publisher(kafka);
        var frame = Frames.frame(7);

        // When
        publisher.publish(frame);

        // Then
        var sent = kafka.history().get(0);
        try (var deserializer = new FrameDeserializer()) {
            assertThat(deserializer.deserialize(
                            sent.topic(), sent.headers(), sent.value().image()))
                    .usingRecursiveComparison()
                    .isEqualTo(frame);
        }
    }

    @Test
    void frameCountsAsPublishedWhenItIsAcknowledged() throws InterruptedException {
        // Given
        var kafka = Frames.slowKafka();
        var publisher = publisher(kafka);
        publisher.publish(Frames.frame(1, 100));
        publisher.publish(Frames.frame(2, 200));

        // When
        kafka.completeNext();

        // Then
        assertThat(publisher.totals()).isEqualTo(new Published(1, 0, 0, 0, 0, 0, Duration.ZERO, 100));
        assertThat(frames("published")).isEqualTo(1);
        assertThat(meters.get(LineMetric.PRODUCER_BYTES.meterName()).counter().count())
                .isEqualTo(100);
        assertThat(meters.get(LineMetric.PRODUCER_IN_FLIGHT.meterName()).gauge().value())
                .isEqualTo(1);
    }

    @Test
    void acknowledgementIsTold() throws InterruptedException {
        // Given
        var kafka = Frames.slowKafka();
        var publisher = publisher(kafka);
        var told = new ArrayList<Long>();
        publisher.publish(Frames.frame(1), frame -> told.add(frame.sequence()));
        publisher.publish(Frames.frame(2), frame -> told.add(frame.sequence()));

        // When
        kafka.completeNext();

        // Then
        assertThat(told).containsExactly(1L);
    }

    @Test
    void frameThatIsNotAcknowledgedCountsAsFailed() throws InterruptedException {
        // Given
        var kafka = Frames.slowKafka();
        var publisher = publisher(kafka);
        publisher.publish(Frames.frame(1));

        // When
        kafka.errorNext(new TimeoutException("no broker"));

        // Then
        assertThat(publisher.totals()).isEqualTo(new Published(0, 1, 0, 0, 0, 0, Duration.ZERO, 0));
        assertThat(frames("failed")).isEqualTo(1);
        assertThat(meters.get(LineMetric.PRODUCER_IN_FLIGHT.meterName()).gauge().value())
                .isZero();
    }

    @Test
    void frameThatIsRefusedAtOnceCountsAsFailedAndTheNextGoesOn() throws InterruptedException {
        // Given
        var kafka = Frames.promptKafka();
        var publisher = publisher(kafka);
        kafka.sendException = new SerializationException("cannot");
        publisher.publish(Frames.frame(1));
        kafka.sendException = null;

        // When
        publisher.publish(Frames.frame(2));

        // Then
        assertThat(publisher.totals()).isEqualTo(new Published(1, 1, 0, 0, 0, 0, Duration.ZERO, 1));
    }

    @Test
    void frameAtTheBoundWaitsAndIsCountedWhileItWaits() throws InterruptedException {
        // Given
        var kafka = Frames.slowKafka();
        var publisher = publisher(kafka);
        publisher.publish(Frames.frame(1));
        publisher.publish(Frames.frame(2));

        // When
        var third = publishElsewhere(publisher, Frames.frame(3));
        awaitHeldBack(publisher, 1);

        // Then
        assertThat(third).isNotDone();
        assertThat(kafka.history()).hasSize(2);
        assertThat(meters.get(LineMetric.PRODUCER_BACKPRESSURE.meterName())
                        .counter()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void frameThatWasHeldBackIsSentOnceThereIsRoom() throws Exception {
        // Given
        var kafka = Frames.slowKafka();
        var publisher = publisher(kafka);
        publisher.publish(Frames.frame(1));
        publisher.publish(Frames.frame(2));
        var third = publishElsewhere(publisher, Frames.frame(3));
        awaitHeldBack(publisher, 1);
        clock.advance(Duration.ofSeconds(3));

        // When
        kafka.completeNext();

        // Then
        third.get();
        assertThat(sequences(kafka)).containsExactly(1L, 2L, 3L);
        assertThat(publisher.totals().waited()).isEqualTo(Duration.ofSeconds(3));
        assertThat(meters.get(LineMetric.PRODUCER_BACKPRESSURE_TIME.meterName())
                        .timer()
                        .totalTime(TimeUnit.SECONDS))
                .isEqualTo(3);
    }

    @Test
    void waitForAClusterThatIsNotKnownYetIsBackPressureToo() throws InterruptedException {
        // Given
        var publisher = publisher(Frames.promptKafka());

        // When
        publisher.publish(Frames.frame(1), acknowledgedWhileSending -> clock.advance(Duration.ofSeconds(3)));

        // Then
        assertThat(publisher.totals()).isEqualTo(new Published(1, 0, 0, 0, 0, 1, Duration.ofSeconds(3), 1));
    }

    @Test
    void failureMakesRoomToo() throws Exception {
        // Given
        var kafka = Frames.slowKafka();
        var publisher = publisher(kafka);
        publisher.publish(Frames.frame(1));
        publisher.publish(Frames.frame(2));
        var third = publishElsewhere(publisher, Frames.frame(3));
        awaitHeldBack(publisher, 1);

        // When
        kafka.errorNext(new RecordTooLargeException("too large"));

        // Then
        third.get();
        assertThat(sequences(kafka)).containsExactly(1L, 2L, 3L);
    }

    @Test
    void bytesInFlightAreBoundedToo() throws Exception {
        // Given
        var kafka = Frames.slowKafka();
        var publisher = publisher(kafka);
        publisher.publish(Frames.frame(1, MAX_BYTES - 1));
        var second = publishElsewhere(publisher, Frames.frame(2, 2));
        awaitHeldBack(publisher, 1);

        // When
        kafka.completeNext();

        // Then
        second.get();
        assertThat(sequences(kafka)).containsExactly(1L, 2L);
    }

    @Test
    void frameLargerThanTheBoundPassesAlone() throws InterruptedException {
        // Given
        var kafka = Frames.slowKafka();
        var publisher = publisher(kafka);

        // When
        publisher.publish(Frames.frame(1, MAX_BYTES + 1));

        // Then
        assertThat(sequences(kafka)).containsExactly(1L);
    }

    @Test
    void interruptedWaitSendsNothingAndKeepsNoRoom() throws Exception {
        // Given
        var kafka = Frames.slowKafka();
        var publisher = publisher(kafka);
        publisher.publish(Frames.frame(1));
        publisher.publish(Frames.frame(2));
        var waiting = new FutureTask<>(() -> catchThrowable(() -> publisher.publish(Frames.frame(3))));
        var thread = new Thread(waiting);
        thread.start();
        awaitHeldBack(publisher, 1);

        // When
        thread.interrupt();

        // Then
        thread.join();
        assertThat(waiting.get()).isInstanceOf(InterruptedException.class);
        assertThat(sequences(kafka)).containsExactly(1L, 2L);
        assertThat(meters.get(LineMetric.PRODUCER_IN_FLIGHT.meterName()).gauge().value())
                .isEqualTo(2);
    }

    @Test
    void closedPublisherRefusesFramesAndTakesItsGaugeAlong() {
        // Given
        var publisher = publisher(Frames.promptKafka());
        publisher.close();

        // When
        var refusal = catchThrowable(() -> publisher.publish(Frames.frame(1)));

        // Then
        assertThat(refusal).isInstanceOf(IllegalStateException.class);
        assertThat(meters.find(LineMetric.PRODUCER_IN_FLIGHT.meterName()).gauge())
                .isNull();
    }

    @Test
    void frameForWhichThereIsNoRoomIsNotTakenAndNotCounted() throws Exception {
        // Given
        var kafka = Frames.slowKafka();
        var publisher = publisher(kafka);
        publisher.publish(Frames.frame(1));
        publisher.publish(Frames.frame(2));

        // When
        boolean taken = publisher.tryPublish(Frames.frame(3), FrameReceipt.NONE);

        // Then
        assertThat(taken).isFalse();
        assertThat(kafka.history()).hasSize(2);
        assertThat(publisher.totals().heldBack()).isZero();
    }

    @Test
    void receiptSaysThatAFrameIsLost() throws Exception {
        // Given
        var kafka = Frames.slowKafka();
        var lost = new ArrayList<String>();
        var publisher = publisher(kafka);
        publisher.publish(Frames.frame(1), new FrameReceipt() {
            @Override
            public void published(Frame frame) {}

            @Override
            public void lost(Frame frame, Exception reason) {
                lost.add(frame.id() + ": " + reason.getMessage());
            }
        });

        // When
        kafka.errorNext(new RuntimeException("full"));

        // Then
        assertThat(lost).containsExactly("line-1/camera-1/1: full");
    }

    private FramePublisher publisher(MockProducer<String, Frame> kafka) {
        return new FramePublisher(kafka, meters, new InFlight(MAX_FRAMES, MAX_BYTES), FrameTracing.OFF);
    }

    private double frames(String outcome) {
        return meters.get(LineMetric.PRODUCER_FRAMES.meterName())
                .tags("line", "line-1", "camera", "camera-1", "outcome", outcome)
                .counter()
                .count();
    }

    private static Iterable<Long> sequences(MockProducer<String, Frame> kafka) {
        return kafka.history().stream().map(record -> record.value().sequence()).toList();
    }

    private static CompletableFuture<Void> publishElsewhere(FramePublisher publisher, Frame frame) {
        return CompletableFuture.runAsync(() -> {
            try {
                publisher.publish(frame);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        });
    }

    private static void awaitHeldBack(FramePublisher publisher, int times) {
        while (publisher.totals().heldBack() < times) {
            Thread.onSpinWait();
        }
    }
}
