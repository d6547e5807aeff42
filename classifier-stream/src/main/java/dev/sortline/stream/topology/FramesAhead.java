// SPDX-License-Identifier: Apache-2.0
package dev.sortline.stream.topology;

import dev.sortline.sorting.Line;
import dev.sortline.stream.camera.CameraWatch;
import dev.sortline.stream.flight.Flights;
import dev.sortline.stream.flight.Takeoff;
import dev.sortline.stream.item.FrameReading.TakenFrame;
import dev.sortline.stream.item.ServiceTime;
import dev.sortline.stream.model.LineModels;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.streams.KafkaClientSupplier;

/**
 * Frames are taken up, decoded and looked at by threads of their own, several of a line at the same time, before Kafka Streams gets them:
 * as soon as its consumers have read them, and when they are not too old by then. So its threads wait for no single frame.
 */
public final class FramesAhead implements AutoCloseable {
    /** Far above what a frame takes. Of one that takes longer nothing is freed. */
    private static final Duration STOP_WITHIN = Duration.ofSeconds(2);

    private final Map<String, Line> lines;
    private final LineModels models;
    private final LineMetrics metrics;
    private final CameraWatch watch;
    private final CameraGates gates;
    private final Beside beside;
    private final InstantSource clock;
    private final ServiceTime serviceTime = new ServiceTime();
    private final Flights<AdmittedFrame> flights;
    private final AtomicInteger threads = new AtomicInteger();
    private final ExecutorService lookers = Executors.newCachedThreadPool(this::thread);

    /** Nothing is looked at yet. */
    public FramesAhead(
            Map<String, Line> lines,
            LineModels models,
            LineMetrics metrics,
            CameraWatch watch,
            CameraGates gates,
            Beside beside,
            InstantSource clock) {
        this.lines = lines;
        this.models = models;
        this.metrics = metrics;
        this.watch = watch;
        this.gates = gates;
        this.beside = beside;
        this.clock = clock;
        this.flights = new Flights<>(this::takeoff, models::framesAtOnce);
    }

    /** Clients for Kafka Streams by whose consumers frames come here first. */
    public KafkaClientSupplier clients() {
        return flights.clients();
    }

    /** How long a frame takes from when it is taken up. */
    ServiceTime serviceTime() {
        return serviceTime;
    }

    /** For the records of a partition that this instance has just taken up. */
    FrameAdmission admission() {
        return new FrameAdmission(lines, watch, beside, serviceTime, clock);
    }

    /** What is known of the record that the calling stream thread has in hand; nothing where it did not come through {@link #clients}. */
    Optional<AdmittedFrame> of(String topic, int partition, long offset) {
        return flights.of(new TopicPartition(topic, partition), offset);
    }

    /** A look at a frame, with the model that is in force now; whoever asks for it runs it. */
    FrameLook look(TakenFrame taken) {
        boolean trial = beside.isTrial(taken.line());
        return new FrameLook(taken, models.take(taken.line().id()), gates.of(taken), metrics, time -> {
            if (!trial) {
                // Pictures of any size come there: other lines must not give up frames for how long those take.
                serviceTime.took(time);
            }
        });
    }

    /** A thread waits for the network most of its time: there are as many as frames are in hand. */
    private Thread thread(Runnable work) {
        var thread = new Thread(work, "frame-" + threads.incrementAndGet());
        thread.setDaemon(true);
        return thread;
    }

    Takeoff<AdmittedFrame> takeoff() {
        var admission = admission();
        var keys = new StringDeserializer();
        return (message, isLone, landed) -> {
            try {
                var admitted = admission.admit(
                        keys.deserialize(message.topic(), message.key()),
                        message.value(),
                        message.headers(),
                        message.offset());
                return admitted instanceof Admission.Taken frame
                        ? begin(frame, isLone, landed)
                        : new AdmittedFrame(admitted, null, false);
            } catch (RuntimeException e) {
                // It is told when the record is processed: then it is known which one is to be set aside.
                return new AdmittedFrame(new Admission.Failed(e), null, false);
            }
        };
    }

    private AdmittedFrame begin(Admission.Taken frame, boolean isLone, Runnable landed) {
        FrameLook look = look(frame.taken());
        boolean trial = beside.isTrial(frame.taken().line());
        if (isLone && !trial) {
            // No other thread need be woken, which takes longer than anything else that could be done meanwhile.
            look.run();
            return new AdmittedFrame(frame, look, false);
        }
        try {
            lookers.execute(() -> {
                look.run();
                landed.run();
            });
        } catch (RejectedExecutionException e) {
            // Nothing is looked at any more. The frame is left as it is to whoever has its line next.
            look.abandon();
            look.run();
        }
        // Where people try out pictures of any size, one at a time: those of other lines do not wait for all of them.
        return new AdmittedFrame(frame, look, trial);
    }

    /** To be called when the stream stands: waits until the frames that are being looked at are out of hand, for 2 s at most. */
    @Override
    public void close() {
        lookers.shutdown();
        try {
            var unused = lookers.awaitTermination(STOP_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
