// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera.genicam;

import dev.sortline.camera.ffmpeg.RawJpegs;
import dev.sortline.camera.picture.Picture;
import dev.sortline.camera.source.CameraFault;
import dev.sortline.camera.source.CameraFault.Kind;
import dev.sortline.camera.source.CameraSource;
import dev.sortline.camera.source.PictureSink;
import dev.sortline.camera.source.PictureSink.Unusable;
import dev.sortline.camera.time.CaptureTime;
import dev.sortline.camera.time.CaptureTime.Basis;
import dev.sortline.camera.time.ClockMapping;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Films with a GenICam camera. Each whole picture becomes a JPEG; its time is the camera's own time stamp, mapped to our clock. Which moment of the
 * exposure that stamp is, the camera's maker says; most take its beginning.
 */
final class GenicamCamera implements CameraSource {
    private static final Duration GLANCE = Duration.ofMillis(100);
    private static final Duration LOOKED_AFTER = Duration.ofSeconds(1);

    /** One that is there takes a few milliseconds. */
    private static final Duration LEFT_WITHIN = Duration.ofMillis(500);

    /** By place: the last that let go of it. */
    private static final Map<String, Thread> LEAVING = new ConcurrentHashMap<>();

    private final GenicamSettings settings;
    private final InstantSource clock;

    GenicamCamera(GenicamSettings settings, InstantSource clock) {
        this.settings = settings;
        this.clock = clock;
    }

    @Override
    public void film(PictureSink pictures) throws CameraFault, InterruptedException {
        Thread leaving = LEAVING.get(settings.place());
        if (leaving != null) {
            // What it writes to the camera at last would end our control of it.
            leaving.join();
        }
        GenicamConnection connection = GenicamConnection.open(settings);
        try (var jpegs = RawJpegs.open(settings.qualityOrDefault())) {
            film(connection, jpegs, pictures);
        } finally {
            leave(connection);
        }
    }

    private void film(GenicamConnection connection, RawJpegs jpegs, PictureSink pictures)
            throws CameraFault, InterruptedException {
        pictures.opened(connection.format());
        var mapping = new ClockMapping(Basis.SENSOR);
        long heard = System.nanoTime();
        long looked = heard;
        while (true) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            Optional<RawPicture> raw = connection.next(GLANCE, pictures);
            Instant arrived = clock.instant();
            long now = System.nanoTime();
            if (raw.isPresent()) {
                heard = now;
                looked = now;
                show(raw.get(), jpegs, captured(raw.get(), arrived, mapping), pictures);
                continue;
            }
            if (now - looked > LOOKED_AFTER.toNanos()) {
                looked = now;
                if (connection.isLost()) {
                    throw new CameraFault(
                            Kind.ENDED,
                            settings.place()
                                    + " does not answer any more, or somebody else controls it: look at its power and cable");
                }
            }
            if (settings.triggerSource() == null
                    && now - heard > settings.silentAfter().toNanos()) {
                throw new CameraFault(
                        Kind.SILENT,
                        "%s has given no whole picture for %d ms: look at its power and cable, for lost packets, and whether it waits for a trigger"
                                .formatted(
                                        settings.place(), settings.silentAfter().toMillis()));
            }
        }
    }

    /** A camera that is off is asked for its leave many times, for ten seconds and more: nobody waits for that but who films again. */
    private void leave(GenicamConnection connection) {
        var leaving = new Thread(connection::close, "leaves " + settings.place());
        leaving.setDaemon(true);
        LEAVING.put(settings.place(), leaving);
        leaving.start();
        boolean interrupted = Thread.interrupted();
        try {
            leaving.join(LEFT_WITHIN.toMillis());
        } catch (InterruptedException e) {
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private CaptureTime captured(RawPicture raw, Instant arrived, ClockMapping mapping) {
        if (raw.stamp() == 0) {
            return CaptureTime.ofArrival(arrived, settings.delay());
        }
        CaptureTime mapped = mapping.captured(raw.stamp(), arrived);
        return new CaptureTime(mapped.at().minus(settings.delay()), mapped.uncertainty(), mapped.basis());
    }

    private static void show(RawPicture raw, RawJpegs jpegs, CaptureTime captured, PictureSink pictures) {
        byte[] jpeg = jpegs.encode(
                raw.format().layout(),
                raw.width(),
                raw.height(),
                raw.format().spread(raw.pixels(), raw.width(), raw.height()));
        if (jpeg.length > Picture.MAX_BYTES) {
            pictures.unusable(Unusable.TOO_LARGE);
        } else {
            pictures.take(new Picture(jpeg, Picture.JPEG, captured));
        }
    }
}
