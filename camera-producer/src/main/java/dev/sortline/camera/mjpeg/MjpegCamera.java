// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera.mjpeg;

import dev.sortline.camera.picture.Picture;
import dev.sortline.camera.source.CameraFault;
import dev.sortline.camera.source.CameraSource;
import dev.sortline.camera.source.PictureSink;
import dev.sortline.camera.source.StreamFormat;
import java.io.IOException;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A camera that gives JPEGs over HTTP: as a stream, or picture by picture, for which it is asked again and again. A stream that ends is a
 * fault, as is one that holds no picture.
 *
 * <p>The pictures' bytes are not changed, but for the Huffman tables where a JPEG comes without any. Each picture is handed over as soon as
 * its last byte is there.
 */
final class MjpegCamera implements CameraSource {
    private static final StreamFormat PNGS = new StreamFormat("png", 0, 0, 0);
    private static final int OK = 200;

    private final MjpegSettings settings;
    private final InstantSource clock;
    private final WebFaults faults;

    /** @param clock says when pictures arrive */
    MjpegCamera(MjpegSettings settings, InstantSource clock) {
        this.settings = settings;
        this.clock = clock;
        this.faults = new WebFaults(settings);
    }

    @Override
    public void film(PictureSink pictures) throws CameraFault, InterruptedException {
        try (var web = CameraWeb.to(settings)) {
            var view = new View(pictures);
            while (true) {
                long asked = System.nanoTime();
                watch(web, view);
                long rest = settings.snapshotEvery().toNanos() - (System.nanoTime() - asked);
                TimeUnit.NANOSECONDS.sleep(Math.max(rest, 0));
            }
        }
    }

    /** Returns after a picture for which the camera is to be asked again. */
    private void watch(CameraWeb web, View view) throws CameraFault, InterruptedException {
        try (CameraWeb.Answer answer = ask(web)) {
            if (answer.status() != OK) {
                throw faults.of(answer);
            }
            ContentKind kind = answer.kind();
            if (!kind.mayHoldPictures()) {
                throw faults.noVideo(kind);
            }
            boolean any = view.look(answer, kind);
            if (!any) {
                throw faults.noVideo(kind);
            }
            if (!kind.isPicture()) {
                throw faults.ended();
            }
        } catch (IOException e) {
            throwIfInterrupted();
            throw faults.broken(e);
        }
    }

    private CameraWeb.Answer ask(CameraWeb web) throws CameraFault, InterruptedException {
        try {
            return web.ask();
        } catch (IOException e) {
            throwIfInterrupted();
            throw faults.notAnswered(e);
        }
    }

    /** An interrupt closes the socket, which fails whatever goes on there. */
    private static void throwIfInterrupted() throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
    }

    /** What is seen through one connection. */
    private final class View {
        private final PictureSink pictures;
        private boolean opened;

        View(PictureSink pictures) {
            this.pictures = pictures;
        }

        /** Hands over what an answer holds, to its end; says whether that was any picture. */
        boolean look(CameraWeb.Answer answer, ContentKind kind) throws IOException {
            var still = new StillStream(answer.body(), settings.silentAfter());
            var stream = new PictureStream(still, kind.boundary(), clock);
            try {
                for (Found found = stream.next(); hand(found); found = stream.next()) {
                    if (isWhole(found)) {
                        still.heard();
                    }
                }
            } catch (IOException e) {
                PictureSink.@Nullable Unusable begun = stream.begun();
                if (begun != null && !Thread.currentThread().isInterrupted()) {
                    hand(new Found.Unusable(begun));
                }
                throw e;
            }
            return stream.anyPicture();
        }

        private static boolean isWhole(Found found) {
            return found instanceof Found.Whole
                    || (found instanceof Found.Unusable unusable && unusable.why() == PictureSink.Unusable.TOO_LARGE);
        }

        /** Whether more may follow. */
        private boolean hand(Found found) {
            if (found instanceof Found.Whole whole) {
                open(whole.contentType());
                pictures.take(new Picture(
                        whole.bytes(),
                        whole.contentType(),
                        SenderTime.of(whole.sent(), whole.arrived(), settings.delay())));
                return true;
            }
            if (found instanceof Found.Unusable unusable) {
                open(Picture.JPEG);
                pictures.unusable(unusable.why());
                return true;
            }
            return false;
        }

        private void open(String contentType) {
            if (!opened) {
                opened = true;
                pictures.opened(contentType.equals(Picture.PNG) ? PNGS : StreamFormat.JPEGS);
            }
        }
    }
}
