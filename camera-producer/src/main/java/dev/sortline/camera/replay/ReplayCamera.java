// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera.replay;

import dev.sortline.camera.publishing.FramePublisher;
import dev.sortline.camera.publishing.LineCamera;
import dev.sortline.contract.Frame;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A camera that shows a folder's images instead of a belt. It runs once, on a thread of its own, until every image was
 * shown, or for ever when it loops.
 *
 * <p>The order is random but the same for the same camera every time; each round has another. A frame counts as captured
 * when it is handed to the publisher, so what back-pressure holds back is late on the belt, not in the measurement, and
 * never dropped. A file that cannot be read is skipped and counted, and named once in the log.
 *
 * <p>Sequence numbers start at the clock's epoch milliseconds and go up by one. At no more than a thousand frames a
 * second they stay behind the clock, so a camera that is restarted never repeats one (unless the clock is set back).
 */
public final class ReplayCamera implements Runnable {
    private final LineCamera camera;
    private final ReplaySettings settings;
    private final FramePublisher publisher;
    private final InstantSource clock;
    private final Ticks ticks;
    private final Consumer<Frame> onPublished;
    private final ReplayOrder order;
    private final double phase;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private @Nullable Thread runner;

    /**
     * Makes a camera; it starts when it is run.
     *
     * @param images at least one; the files are read when their turn comes
     * @param publisher takes the frames; may be shared by any number of cameras and is not closed by them
     * @param clock tells sequence numbers and capture times
     * @param onPublished is told of each frame that the cluster has acknowledged, on the publisher's thread, so it must
     *     not block. Who reads the line may see the frame before this is called
     */
    public ReplayCamera(
            LineCamera camera,
            List<ReplayImage> images,
            ReplaySettings settings,
            FramePublisher publisher,
            InstantSource clock,
            Consumer<Frame> onPublished) {
        this(camera, images, settings, publisher, clock, Ticks.SYSTEM, onPublished);
    }

    ReplayCamera(
            LineCamera camera,
            List<ReplayImage> images,
            ReplaySettings settings,
            FramePublisher publisher,
            InstantSource clock,
            Ticks ticks,
            Consumer<Frame> onPublished) {
        if (images.isEmpty()) {
            throw new IllegalArgumentException("images is empty: %s needs at least one to show".formatted(camera));
        }
        this.camera = camera;
        this.settings = settings;
        this.publisher = publisher;
        this.clock = clock;
        this.ticks = ticks;
        this.onPublished = onPublished;
        // Ids differ in a digit: mixed, their cameras start neither in the same order nor at the same moment.
        var random = new Random(new SplittableRandom(camera.toString().hashCode()).nextLong());
        this.phase = random.nextDouble();
        this.order = new ReplayOrder(images, random);
        publisher.expect(camera);
    }

    /** Shows the images and returns after the last, or after {@link #stop}; frames may then still be in flight. */
    @Override
    public void run() {
        if (!begin()) {
            return;
        }
        try {
            show();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            end();
        }
    }

    /**
     * Ends the camera from any thread: it publishes nothing more and {@link #run} returns at once, also when it waits for
     * its turn or for the publisher. Stopping it before it runs, or twice, is fine.
     */
    public void stop() {
        synchronized (this) {
            stopped.countDown();
            if (runner != null) {
                runner.interrupt();
            }
        }
    }

    private void show() throws InterruptedException {
        long sequence = clock.millis();
        var pace = new Pace(settings.framesPerSecond(), ticks.nanos() + Math.round(phase * firstWaitNanos()));
        do {
            for (ReplayImage image : order.nextRound()) {
                if (ticks.await(stopped, pace.untilNext(ticks.nanos()))) {
                    return;
                }
                byte[] bytes = read(image);
                if (bytes != null) {
                    publisher.publish(frame(sequence, image, bytes), onPublished::accept);
                    sequence++;
                }
            }
        } while (settings.loop());
    }

    private Frame frame(long sequence, ReplayImage image, byte[] bytes) {
        return new Frame(
                camera.lineId(),
                camera.cameraId(),
                sequence,
                null,
                clock.instant(),
                null,
                image.contentType(),
                image.truth(),
                bytes);
    }

    /** Cameras that start together shall not fire together; but nobody wants to wait long for a slow one's first frame. */
    private double firstWaitNanos() {
        return 1e9 / Math.max(1, settings.framesPerSecond());
    }

    private byte @Nullable [] read(ReplayImage image) throws InterruptedException {
        try {
            return image.read();
        } catch (IOException e) {
            // An interrupt fails the read as well: then the file is not at fault.
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            publisher.skipped(camera, image.file(), e);
            return null;
        }
    }

    private synchronized boolean begin() {
        if (stopped.getCount() == 0) {
            return false;
        }
        if (runner != null) {
            throw new IllegalStateException(camera + " runs already");
        }
        runner = Thread.currentThread();
        return true;
    }

    private synchronized void end() {
        runner = null;
        if (stopped.getCount() == 0) {
            // The interrupt was ours: the thread goes back as it came.
            var unused = Thread.interrupted();
        }
        stopped.countDown();
    }
}
