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
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * A live camera: keeps it connected, and brings its pictures to Kafka, the newest first where not all can be sent. Reads and sends on two
 * threads of its own, from {@link #start} until {@link #close}; what goes wrong with it touches no other camera.
 */
public final class LiveCamera implements AutoCloseable {
    private final LineCamera camera;
    private final LumaReader small;
    private final PictureShape shape;
    private final CameraState state;
    private final Thread reading;
    private final Thread sending;

    /**
     * Makes it; it connects when it is started.
     *
     * @param source what it speaks
     * @param trigger which of its pictures become frames; used by this camera alone
     * @param publisher takes the frames; may be shared by any number of cameras and is not closed by them
     * @param meters where the camera's own metrics go
     * @param clock tells sequence numbers and delays
     * @throws CameraFault when FFmpeg's library, which looks at pictures, is missing on this machine
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
        small = LumaReader.open();
        shape = PictureShape.open(settings.pictureOrUntouched());
        var metrics = new LiveCameraMetrics(camera, meters);
        state = new CameraState(camera.toString(), metrics);
        metrics.watch(state);
        publisher.expect(camera);
        var outbox = new CameraOutbox(camera, publisher, clock, this::frame, metrics::sent);
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
    }

    /** Ends it: nothing more is read, what waits is dropped, and what is on its way is the publisher's. */
    @Override
    public void close() {
        end(reading);
        end(sending);
        small.close();
        shape.close();
    }

    private static void end(Thread thread) {
        thread.interrupt();
        boolean interrupted = false;
        while (true) {
            try {
                thread.join();
                break;
            } catch (InterruptedException e) {
                // What it uses must not be freed before it has ended.
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
