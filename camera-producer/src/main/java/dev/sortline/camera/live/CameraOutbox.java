// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera.live;

import dev.sortline.camera.publishing.FramePublisher;
import dev.sortline.camera.publishing.FrameReceipt;
import dev.sortline.camera.publishing.LineCamera;
import dev.sortline.contract.Frame;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What a camera has for Kafka: at most {@value #IN_FLIGHT} frames on their way and one picture that waits, the newest. A cluster that does
 * not keep up makes drops, which are counted, and never a growing delay. Runs on a thread of its own until it is interrupted.
 */
final class CameraOutbox implements Runnable {
    /** Enough for a round trip at 60 frames a second. */
    static final int IN_FLIGHT = 4;

    private final LineCamera camera;
    private final FramePublisher publisher;
    private final InstantSource clock;
    private final Making making;
    private final Consumer<Duration> delays;
    private final Semaphore room = new Semaphore(IN_FLIGHT);
    private final Object lock = new Object();
    private @Nullable ChosenPicture newest;
    private long sequence;

    /** Makes a frame of a picture; empty when it cannot be decoded where it must be. Called by the outbox's thread alone. */
    @FunctionalInterface
    interface Making {
        Optional<Frame> frame(ChosenPicture chosen, long sequence);
    }

    /**
     * Nothing waits yet.
     *
     * @param delays hears how long after its capture each frame was acknowledged
     */
    CameraOutbox(
            LineCamera camera,
            FramePublisher publisher,
            InstantSource clock,
            Making making,
            Consumer<Duration> delays) {
        this.camera = camera;
        this.publisher = publisher;
        this.clock = clock;
        this.making = making;
        this.delays = delays;
        // Upwards for each camera, also after a restart: no camera takes a thousand frames a second.
        sequence = clock.millis();
    }

    /** Puts a picture up; one that still waits is dropped for it. Never blocks. */
    void put(ChosenPicture chosen) {
        boolean dropped;
        synchronized (lock) {
            dropped = newest != null;
            newest = chosen;
            lock.notifyAll();
        }
        if (dropped) {
            publisher.dropped(camera);
        }
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
        synchronized (lock) {
            if (newest != null) {
                newest = null;
                publisher.dropped(camera);
            }
        }
    }

    private ChosenPicture next() throws InterruptedException {
        synchronized (lock) {
            while (newest == null) {
                lock.wait();
            }
            ChosenPicture taken = newest;
            newest = null;
            return taken;
        }
    }

    private void send(ChosenPicture chosen) throws InterruptedException {
        Optional<Frame> frame;
        try {
            frame = making.frame(chosen, sequence);
        } catch (RuntimeException e) {
            frame = Optional.empty();
        }
        if (frame.isEmpty()) {
            room.release();
            publisher.skipped(camera);
            return;
        }
        sequence++;
        try {
            publisher.publish(frame.get(), new Receipt());
        } catch (InterruptedException e) {
            publisher.dropped(camera);
            throw e;
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
