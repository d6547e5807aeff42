// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera.live;

import dev.sortline.camera.live.WaitingPictures.Waiting;
import dev.sortline.camera.publishing.FramePublisher;
import dev.sortline.camera.publishing.FrameReceipt;
import dev.sortline.camera.publishing.LineCamera;
import dev.sortline.contract.Frame;
import dev.sortline.trouble.TroubleLog;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * What a camera has for Kafka: at most {@value #IN_FLIGHT} frames on their way, and the few that wait ({@link WaitingPictures}), none for
 * long. A cluster that does not keep up makes drops, which are counted, and never a growing delay. Runs on a thread of its own until it is
 * interrupted.
 */
final class CameraOutbox implements Runnable {
    /** Enough for a round trip at 60 frames a second. */
    static final int IN_FLIGHT = 4;

    private static final TroubleLog TROUBLE = new TroubleLog(LoggerFactory.getLogger(CameraOutbox.class));

    private final LineCamera camera;
    private final FramePublisher publisher;
    private final InstantSource clock;
    private final LongSupplier nanos;
    private final Making making;
    private final Consumer<Duration> delays;
    private final Semaphore room = new Semaphore(IN_FLIGHT);
    private final Object lock = new Object();
    private final WaitingPictures waiting = new WaitingPictures();
    private boolean ended;
    private long sequence;

    /** Makes a frame of a picture; empty when it cannot be decoded where it must be. Called by the outbox's thread alone. */
    @FunctionalInterface
    interface Making {
        Optional<Frame> frame(ChosenPicture chosen, long sequence);
    }

    /**
     * Nothing waits yet.
     *
     * @param nanos time that only moves forward
     * @param delays hears how long after its capture each frame was acknowledged
     */
    CameraOutbox(
            LineCamera camera,
            FramePublisher publisher,
            InstantSource clock,
            LongSupplier nanos,
            Making making,
            Consumer<Duration> delays) {
        this.camera = camera;
        this.publisher = publisher;
        this.clock = clock;
        this.nanos = nanos;
        this.making = making;
        this.delays = delays;
        // Upwards for each camera, also after a restart: no camera takes a thousand frames a second.
        sequence = clock.millis();
    }

    /** Puts a picture up; others that still wait may be dropped for it. Never blocks. */
    void put(ChosenPicture chosen) {
        List<ChosenPicture> dropped;
        boolean late;
        synchronized (lock) {
            late = ended;
            dropped = late ? List.of() : waiting.put(chosen, nanos.getAsLong());
            lock.notifyAll();
        }
        if (late) {
            // As what is left at the end: the cluster has nothing to do with it.
            publisher.dropped(camera);
        }
        dropped.forEach(this::dropped);
    }

    @Override
    public void run() {
        try {
            while (true) {
                room.acquire();
                send(next());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            leave();
        }
    }

    /** What is left will not be sent, and is counted all the same. */
    private void leave() {
        List<ChosenPicture> left;
        synchronized (lock) {
            ended = true;
            left = waiting.dropAll();
        }
        left.forEach(each -> publisher.dropped(camera));
    }

    private void dropped(ChosenPicture chosen) {
        publisher.dropped(camera);
        @Nullable String item = chosen.of().itemId();
        if (item != null) {
            TROUBLE.warn(
                    camera + " dropped",
                    "A picture of item %s of %s was dropped: the cluster does not keep up".formatted(item, camera));
        }
    }

    private Waiting next() throws InterruptedException {
        while (true) {
            List<ChosenPicture> stale;
            @Nullable Waiting next;
            synchronized (lock) {
                stale = waiting.dropStale(nanos.getAsLong());
                next = waiting.take();
                if (next == null && stale.isEmpty()) {
                    lock.wait();
                }
            }
            stale.forEach(this::dropped);
            if (next != null) {
                return next;
            }
        }
    }

    private void send(Waiting taken) throws InterruptedException {
        boolean sent = false;
        try {
            @Nullable Frame frame = made(taken.chosen());
            if (frame == null) {
                publisher.skipped(camera);
                return;
            }
            sent = publisher.publish(frame, new Receipt(), () -> isWanted(taken));
            if (sent) {
                sequence++;
            } else {
                dropped(taken.chosen());
            }
        } catch (InterruptedException e) {
            publisher.dropped(camera);
            throw e;
        } catch (RuntimeException | Error e) {
            // The next may do better.
            publisher.dropped(camera);
            TROUBLE.error(camera + " sending", "A picture of " + camera + " cannot be sent: " + e);
        } finally {
            if (!sent) {
                room.release();
            }
        }
    }

    private @Nullable Frame made(ChosenPicture chosen) {
        try {
            return making.frame(chosen, sequence).orElse(null);
        } catch (RuntimeException | Error e) {
            TROUBLE.error(camera + " making", "A picture of " + camera + " cannot be made a frame: " + e);
            return null;
        }
    }

    /** Whether a picture that was held up is still the one to send. */
    private boolean isWanted(Waiting taken) {
        synchronized (lock) {
            return taken.isFresh(nanos.getAsLong()) && !waiting.isOvertaken(taken);
        }
    }

    private final class Receipt implements FrameReceipt {
        @Override
        public void published(Frame frame) {
            room.release();
            delays.accept(Duration.between(frame.capturedAt(), clock.instant()));
        }

        @Override
        public void lost(Frame frame, Exception reason) {
            room.release();
        }
    }
}
