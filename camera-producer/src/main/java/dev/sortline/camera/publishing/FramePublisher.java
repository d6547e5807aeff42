// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera.publishing;

import dev.sortline.contract.Frame;
import dev.sortline.contract.FrameSerializer;
import dev.sortline.contract.Topic;
import dev.sortline.metrics.LineMetric;
import dev.sortline.tracing.FrameTracing;
import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.kafka.KafkaClientMetrics;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings frames to {@link Topic#FRAMES} through one idempotent Kafka producer: each frame once, a line's frames in the
 * order in which they were handed over. Any number of threads may publish.
 *
 * <p>What is in flight is bounded in frames and bytes. At the bound, and while the cluster is not known, {@link #publish}
 * blocks: back-pressure, which is counted and timed (see {@link LineMetric}) and drops no frame. A frame that the
 * cluster refuses, or that it does not acknowledge in time ({@code delivery.timeout.ms} and {@code max.block.ms}, 30 s each),
 * is lost, counted as failed and logged once per kind of failure; it may be on the topic all the same.
 */
public final class FramePublisher implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FramePublisher.class);
    private static final int IN_FLIGHT_FRAMES = 64;
    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(15);
    private static final long BLOCKED_SEND_NANOS = Duration.ofMillis(50).toNanos();

    private final Producer<String, Frame> producer;
    private final InFlight inFlight;
    private final FrameTracing tracing;
    private final MeterRegistry meters;
    private final Clock clock;
    private final Counter holds;
    private final Timer holdTime;
    private final Gauge inFlightGauge;
    private final KafkaClientMetrics ofProducer;
    private final Set<String> loggedFailures = ConcurrentHashMap.newKeySet();
    private final Set<Path> loggedFiles = ConcurrentHashMap.newKeySet();

    private final LongAdder published = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final LongAdder skipped = new LongAdder();
    private final LongAdder dropped = new LongAdder();
    private final LongAdder notAsked = new LongAdder();
    private final LongAdder heldBack = new LongAdder();
    private final LongAdder waitedNanos = new LongAdder();
    private final LongAdder bytes = new LongAdder();

    /**
     * Makes a publisher. No connection is needed yet: the producer looks for the cluster in the background.
     *
     * @param kafkaProperties Kafka client properties, at least {@code bootstrap.servers}. They win over the defaults made for frames,
     *     except {@code acks}, {@code enable.idempotence}, {@code partitioner.ignore.keys} and {@code transactional.id}, without which a
     *     frame could be lost, doubled or overtaken
     * @param meters where the metrics go; it must not hold those of another open publisher
     * @throws KafkaException when a property cannot be used
     */
    public FramePublisher(Map<String, Object> kafkaProperties, MeterRegistry meters) {
        this(kafkaProperties, meters, FrameTracing.OFF);
    }

    /**
     * As {@link #FramePublisher(Map, MeterRegistry)}, with frames that are traced.
     *
     * @param tracing is not closed with this
     */
    public FramePublisher(Map<String, Object> kafkaProperties, MeterRegistry meters, FrameTracing tracing) {
        this(producer(ProducerProperties.with(kafkaProperties)), meters, inFlight(), tracing);
    }

    /**
     * As {@link #FramePublisher(Map, MeterRegistry, FrameTracing)}, for cameras whose frames are worth nothing a few seconds later: what is not acknowledged within 5 s is lost,
     * so that after an outage frames are fresh.
     */
    public static FramePublisher ofLiveCameras(
            Map<String, Object> kafkaProperties, MeterRegistry meters, FrameTracing tracing) {
        return new FramePublisher(
                producer(ProducerProperties.ofLiveCameras(kafkaProperties)), meters, inFlight(), tracing);
    }

    private static Producer<String, Frame> producer(Map<String, Object> properties) {
        return new KafkaProducer<>(properties, new StringSerializer(), new FrameSerializer());
    }

    private static InFlight inFlight() {
        return new InFlight(IN_FLIGHT_FRAMES, ProducerProperties.IN_FLIGHT_BYTES);
    }

    /**
     * Makes a publisher through a producer that is there, and that it closes.
     *
     * @param frames most frames in flight
     * @param bytes most image bytes in flight
     */
    public static FramePublisher through(
            Producer<String, Frame> producer, MeterRegistry meters, int frames, int bytes) {
        return new FramePublisher(producer, meters, new InFlight(frames, bytes), FrameTracing.OFF);
    }

    FramePublisher(Producer<String, Frame> producer, MeterRegistry meters, InFlight inFlight, FrameTracing tracing) {
        this.producer = producer;
        this.inFlight = inFlight;
        this.tracing = tracing;
        this.meters = meters;
        this.clock = meters.config().clock();
        this.holds = LineMetric.PRODUCER_BACKPRESSURE.counter(meters).withTags();
        this.holdTime = LineMetric.PRODUCER_BACKPRESSURE_TIME.timer(meters).withTags();
        this.inFlightGauge = LineMetric.PRODUCER_IN_FLIGHT.gauge(meters, inFlight::count);
        this.ofProducer = new KafkaClientMetrics(producer);
        ofProducer.bindTo(meters);
    }

    /**
     * Sends a frame, waiting for room first. Returns when the frame is on its way; {@link #totals} tell what became of it.
     *
     * @throws InterruptedException when interrupted while waiting; the frame was not sent
     * @throws IllegalStateException when the publisher is closed
     */
    public void publish(Frame frame) throws InterruptedException {
        publish(frame, FrameReceipt.NONE);
    }

    /** As {@link #publish(Frame)}, and tells what became of it. */
    public void publish(Frame frame, FrameReceipt receipt) throws InterruptedException {
        var unused = publish(frame, receipt, () -> true);
    }

    /**
     * As {@link #publish(Frame, FrameReceipt)}, for a frame that grows old while it waits.
     *
     * @param wanted asked after a wait for room: whether the frame is still to be sent
     * @return whether it is on its way; if not, nobody is told of it and nothing is counted
     */
    public boolean publish(Frame frame, FrameReceipt receipt, BooleanSupplier wanted) throws InterruptedException {
        int frameBytes = frame.image().length;
        if (!inFlight.tryEnter(frameBytes)) {
            hold(frameBytes);
            if (!wanted.getAsBoolean()) {
                inFlight.leave(frameBytes);
                return false;
            }
        }
        send(frame, receipt);
        return true;
    }

    /**
     * Sends a frame if there is room for it now. While the cluster is not known it may block for {@code max.block.ms} all the same.
     *
     * @return whether it is on its way; if not, nobody is told of it and nothing is counted
     * @throws InterruptedException when interrupted while waiting; the frame was not sent
     * @throws IllegalStateException when the publisher is closed
     */
    public boolean tryPublish(Frame frame, FrameReceipt receipt) throws InterruptedException {
        if (!inFlight.tryEnter(frame.image().length)) {
            return false;
        }
        send(frame, receipt);
        return true;
    }

    private void send(Frame frame, FrameReceipt receipt) throws InterruptedException {
        int frameBytes = frame.image().length;
        long began = clock.monotonicTime();
        var message = frameRecord(frame);
        var sending = tracing.sending(frame, message.headers());
        try {
            var unused = producer.send(message, (metadata, failure) -> {
                sending.settled(failure);
                settle(frame, failure, receipt);
            });
        } catch (InterruptException e) {
            inFlight.leave(frameBytes);
            // Kafka sets the flag as well as throwing.
            var unused = Thread.interrupted();
            var interrupted = new InterruptedException();
            interrupted.initCause(e);
            throw interrupted;
        } catch (KafkaException e) {
            sending.settled(e);
            settle(frame, e, receipt);
        } catch (RuntimeException e) {
            inFlight.leave(frameBytes);
            throw e;
        } finally {
            noticeBlockedSend(clock.monotonicTime() - began);
        }
    }

    /** Makes the counts of a camera, so that each is there with 0 before the first: a rate over a first count would miss it. */
    public void expect(LineCamera camera) {
        for (String outcome : ProducerMetrics.OUTCOMES) {
            var unused = frames(camera.lineId(), camera.cameraId(), outcome);
        }
        var unused = bytes(camera.lineId(), camera.cameraId());
    }

    /** Counts a frame of which it was found later that the cluster has it. */
    public void foundPublished(LineCamera camera) {
        published.increment();
        frames(camera.lineId(), camera.cameraId(), ProducerMetrics.OUTCOME_PUBLISHED)
                .increment();
    }

    /** Counts a picture for which a newer one of its camera was sent, or that has waited for too long. */
    public void dropped(LineCamera camera) {
        dropped.increment();
        frames(camera.lineId(), camera.cameraId(), ProducerMetrics.OUTCOME_DROPPED)
                .increment();
    }

    /** Counts a picture that its camera's trigger did not ask for. */
    public void notAsked(LineCamera camera) {
        notAsked.increment();
        frames(camera.lineId(), camera.cameraId(), ProducerMetrics.OUTCOME_NOT_ASKED)
                .increment();
    }

    /** Counts a picture that cannot be sent. */
    public void skipped(LineCamera camera) {
        skipped.increment();
        frames(camera.lineId(), camera.cameraId(), ProducerMetrics.OUTCOME_SKIPPED)
                .increment();
    }

    /** Counts an image that never became a frame; names its file the first time. */
    public void skipped(LineCamera camera, Path file, IOException reason) {
        skipped(camera);
        if (loggedFiles.add(file)) {
            LOG.warn("{}: the picture in {} is skipped: {}", camera, file, reason.toString());
        }
    }

    /** What was done so far. Frames in flight are in no count yet. */
    public Published totals() {
        return new Published(
                published.sum(),
                failed.sum(),
                skipped.sum(),
                dropped.sum(),
                notAsked.sum(),
                heldBack.sum(),
                Duration.ofNanos(waitedNanos.sum()),
                bytes.sum());
    }

    /**
     * Waits up to 15 s for what is in flight; what is not acknowledged by then counts as failed. After it {@link #totals}
     * are final. Stop the cameras first. Closing twice is fine.
     */
    @Override
    public void close() {
        ofProducer.close();
        producer.close(CLOSE_WITHIN);
        meters.remove(inFlightGauge);
    }

    private void hold(int frameBytes) throws InterruptedException {
        long began = clock.monotonicTime();
        countHold();
        try {
            inFlight.enter(frameBytes);
        } finally {
            addHoldTime(clock.monotonicTime() - began);
        }
    }

    /** Kafka's producer itself blocks while it does not know the cluster: at its start, and after losing all brokers. */
    private void noticeBlockedSend(long nanos) {
        if (nanos >= BLOCKED_SEND_NANOS) {
            countHold();
            addHoldTime(nanos);
        }
    }

    private void countHold() {
        heldBack.increment();
        holds.increment();
    }

    private void addHoldTime(long nanos) {
        waitedNanos.add(nanos);
        holdTime.record(nanos, TimeUnit.NANOSECONDS);
    }

    private void settle(Frame frame, @Nullable Exception failure, FrameReceipt receipt) {
        inFlight.leave(frame.image().length);
        if (failure != null) {
            if (!receipt.looksAfterLosses()) {
                failed.increment();
                frames(frame.lineId(), frame.cameraId(), ProducerMetrics.OUTCOME_FAILED)
                        .increment();
            }
            if (loggedFailures.add(failure.getClass().getName())) {
                LOG.warn(
                        "frame {} was not published: {} (further ones are only counted)",
                        frame.id(),
                        failure.toString());
            }
            receipt.lost(frame, failure);
            return;
        }
        published.increment();
        bytes.add(frame.image().length);
        frames(frame.lineId(), frame.cameraId(), ProducerMetrics.OUTCOME_PUBLISHED)
                .increment();
        bytes(frame.lineId(), frame.cameraId()).increment(frame.image().length);
        receipt.published(frame);
    }

    private Counter frames(String line, String camera, String outcome) {
        return LineMetric.PRODUCER_FRAMES
                .counter(meters)
                .withTags(ProducerMetrics.LINE, line, ProducerMetrics.CAMERA, camera, ProducerMetrics.OUTCOME, outcome);
    }

    private Counter bytes(String line, String camera) {
        return LineMetric.PRODUCER_BYTES
                .counter(meters)
                .withTags(ProducerMetrics.LINE, line, ProducerMetrics.CAMERA, camera);
    }

    private static ProducerRecord<String, Frame> frameRecord(Frame frame) {
        return new ProducerRecord<>(
                Topic.FRAMES.topicName(), null, frame.capturedAt().toEpochMilli(), frame.lineId(), frame);
    }
}
