// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera.live;

import dev.sortline.camera.ffmpeg.LumaReader;
import dev.sortline.camera.ffmpeg.PictureShape;
import dev.sortline.camera.picture.Picture;
import dev.sortline.camera.publishing.FramePublisher;
import dev.sortline.camera.publishing.LineCamera;
import dev.sortline.camera.sight.SightWatch;
import dev.sortline.camera.source.CameraFault;
import dev.sortline.camera.source.CameraRun;
import dev.sortline.camera.source.CameraSource;
import dev.sortline.camera.trigger.FrameTrigger;
import dev.sortline.contract.Frame;
import dev.sortline.trouble.TroubleLog;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A live camera: keeps it connected, and brings its pictures to Kafka, the newest first where not all can be sent. Reads and sends on two
 * threads of its own, from {@link #start} until {@link #close}; what goes wrong with it touches no other camera.
 */
public final class LiveCamera implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LiveCamera.class);
    private static final TroubleLog TROUBLE = new TroubleLog(LOG);

    /** What a library holds longer is left to it. */
    private static final long ENDS_WITHIN = Duration.ofSeconds(5).toNanos();

    private final LineCamera camera;
    private final @Nullable LumaReader small;
    private final PictureShape shape;
    private final CameraState state;
    private final Thread reading;
    private final Thread sending;
    private long haltedNanos;
    private boolean halted;

    /** Makes what looks at pictures. */
    @FunctionalInterface
    interface Looking {
        LumaReader open() throws CameraFault;
    }

    /**
     * Makes it; it connects when it is started.
     *
     * @param source what it speaks
     * @param trigger which of its pictures become frames; used by this camera alone
     * @param publisher takes the frames; may be shared by any number of cameras and is not closed by them
     * @param meters where the camera's own metrics go
     * @param clock tells sequence numbers and delays
     * @throws CameraFault when FFmpeg's library, which looks at pictures, is missing on this machine and its trigger or shape needs it
     */
    public LiveCamera(
            LineCamera camera,
            CameraSettings settings,
            CameraSource source,
            FrameTrigger trigger,
            FramePublisher publisher,
            MeterRegistry meters,
            InstantSource clock)
            throws CameraFault {
        this.camera = camera;
        small = looking(camera, settings, LumaReader::open);
        shape = PictureShape.open(settings.pictureOrUntouched());
        var metrics = new LiveCameraMetrics(camera, meters);
        String name = camera.toString();
        var log = new CameraLog(name, LOG::info, line -> TROUBLE.warn(name, line), System::nanoTime);
        state = new CameraState(name, List.of(metrics, log));
        metrics.watch(state);
        publisher.expect(camera);
        var outbox = new CameraOutbox(camera, publisher, clock, System::nanoTime, this::frame, metrics::sent);
        var path = new PicturePath(
                camera,
                trigger,
                new SightWatch(settings.sightOrDefault()),
                small,
                publisher,
                state,
                outbox::put,
                System::nanoTime);
        reading = new Thread(
                new CameraRun(
                        source,
                        path,
                        state,
                        new SplittableRandom(camera.toString().hashCode())),
                "camera " + camera);
        sending = new Thread(outbox, "sending " + camera);
        // One that hangs must not keep the process.
        reading.setDaemon(true);
        sending.setDaemon(true);
    }

    /** Connects, and goes on until it is closed. Returns at once. */
    public void start() {
        sending.start();
        reading.start();
    }

    /** What is wrong with it now, a line each for a person; none when all is well. */
    public List<String> troubles() {
        return state.troubles();
    }

    private Optional<Frame> frame(ChosenPicture chosen, long sequence) {
        return shape.shape(chosen.picture())
                .filter(picture -> picture.bytes().length <= Picture.MAX_BYTES)
                .map(picture -> new Frame(
                        camera.lineId(),
                        camera.cameraId(),
                        sequence,
                        chosen.of().itemId(),
                        picture.captured().at(),
                        chosen.of().encoder(),
                        picture.contentType(),
                        null,
                        picture.bytes()));
    }

    /** Tells it to end, and does not wait for it. */
    public void halt() {
        reading.interrupt();
        if (!halted) {
            halted = true;
            haltedNanos = System.nanoTime();
        }
    }

    /**
     * Ends it: nothing more is read, what waits is dropped, and what is on its way is the publisher's. Returns at the latest 5 s after it was
     * told to end: a connection that hangs in a library is left behind.
     */
    @Override
    public void close() {
        halt();
        if (!endedBy(haltedNanos + ENDS_WITHIN, reading)) {
            LOG.warn("{} does not end: its connection is left behind", camera);
        } else if (small != null) {
            small.close();
        }
        sending.interrupt();
        if (endedBy(System.nanoTime() + ENDS_WITHIN, sending)) {
            shape.close();
        }
    }

    /** Null for a camera that needs none, where there is none. */
    static @Nullable LumaReader looking(LineCamera camera, CameraSettings settings, Looking looking)
            throws CameraFault {
        try {
            return looking.open();
        } catch (CameraFault e) {
            if (settings.triggerOrEvery().looksAtPictures()) {
                throw e;
            }
            LOG.warn("{}: nobody looks whether it sees well: {}", camera, e.getMessage());
            return null;
        }
    }

    /** What a thread uses must not be freed before it has ended. */
    private static boolean endedBy(long deadlineNanos, Thread thread) {
        boolean interrupted = false;
        while (thread.isAlive()) {
            long left = deadlineNanos - System.nanoTime();
            if (left <= 0) {
                break;
            }
            try {
                TimeUnit.NANOSECONDS.timedJoin(thread, left);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return !thread.isAlive();
    }
}
