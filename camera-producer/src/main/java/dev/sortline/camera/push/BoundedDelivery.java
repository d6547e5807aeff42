// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera.push;

import dev.sortline.camera.publishing.FramePublisher;
import dev.sortline.camera.publishing.FrameReceipt;
import dev.sortline.camera.publishing.LineCamera;
import dev.sortline.contract.Frame;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Delivers through the process's publisher, as many frames and bytes at a time as are set: there is no room for more until the broker has
 * acknowledged some, and what comes beyond it is counted as dropped. The publisher may block, for the broker or for other cameras; so it is
 * called on one thread of its own.
 *
 * <p>Each frame becomes one: what a camera's trigger and picture settings ask for is not looked at. A camera's sequence starts at the epoch
 * milliseconds of the start and goes up by one.
 */
public final class BoundedDelivery implements Delivery, AutoCloseable {
    private static final int MOST_FRAMES = 32;
    private static final int MOST_BYTES = 16 << 20;

    private final FramePublisher publisher;
    private final long firstSequence;
    private final Semaphore frames;
    private final Semaphore bytes;
    private final int mostBytes;
    private final Map<LineCamera, AtomicLong> sequences = new ConcurrentHashMap<>();
    private final ExecutorService sender = Executors.newSingleThreadExecutor(work -> {
        var thread = new Thread(work, "push");
        thread.setDaemon(true);
        return thread;
    });

    /**
     * Through a publisher, which is not closed by it.
     *
     * @param clock tells where sequences start
     */
    public BoundedDelivery(FramePublisher publisher, InstantSource clock) {
        this(publisher, clock, MOST_FRAMES, MOST_BYTES);
    }

    BoundedDelivery(FramePublisher publisher, InstantSource clock, int mostFrames, int mostBytes) {
        this.publisher = publisher;
        this.firstSequence = clock.millis();
        this.frames = new Semaphore(mostFrames);
        this.bytes = new Semaphore(mostBytes);
        this.mostBytes = mostBytes;
    }

    @Override
    public Optional<CompletableFuture<String>> deliver(PushedFrame pushed) {
        int weight = Math.min(pushed.picture().bytes().length, mostBytes);
        if (!frames.tryAcquire()) {
            publisher.dropped(pushed.camera());
            return Optional.empty();
        }
        if (!bytes.tryAcquire(weight)) {
            frames.release();
            publisher.dropped(pushed.camera());
            return Optional.empty();
        }
        var settled = new CompletableFuture<String>();
        var unused = settled.whenComplete((id, failure) -> {
            bytes.release(weight);
            frames.release();
        });
        try {
            sender.execute(() -> publish(pushed, settled));
        } catch (RejectedExecutionException e) {
            publisher.dropped(pushed.camera());
            settled.completeExceptionally(e);
        }
        return Optional.of(settled.copy());
    }

    @Override
    public void refused(LineCamera camera, boolean forLackOfRoom) {
        if (forLackOfRoom) {
            publisher.dropped(camera);
        } else {
            publisher.skipped(camera);
        }
    }

    /** What is not with the publisher yet is lost, and told so. Close it before the publisher. */
    @Override
    public void close() {
        sender.shutdownNow().forEach(Runnable::run);
    }

    private void publish(PushedFrame pushed, CompletableFuture<String> settled) {
        if (sender.isShutdown()) {
            publisher.dropped(pushed.camera());
            settled.completeExceptionally(new IllegalStateException("no more is sent: the process ends"));
            return;
        }
        try {
            publisher.publish(frame(pushed), new Receipt(settled));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            publisher.dropped(pushed.camera());
            settled.completeExceptionally(e);
        } catch (RuntimeException e) {
            publisher.dropped(pushed.camera());
            settled.completeExceptionally(e);
        }
    }

    private Frame frame(PushedFrame pushed) {
        LineCamera camera = pushed.camera();
        long sequence = sequences
                .computeIfAbsent(camera, first -> new AtomicLong(firstSequence))
                .getAndIncrement();
        return new Frame(
                camera.lineId(),
                camera.cameraId(),
                sequence,
                pushed.itemId(),
                pushed.picture().captured().at(),
                pushed.encoder(),
                pushed.picture().contentType(),
                null,
                pushed.picture().bytes());
    }

    private record Receipt(CompletableFuture<String> settled) implements FrameReceipt {
        @Override
        public void published(Frame frame) {
            settled.complete(frame.id());
        }

        @Override
        public void lost(Frame frame, Exception reason) {
            settled.completeExceptionally(reason);
        }
    }
}
