// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera.device;

import dev.sortline.camera.ffmpeg.Ffmpeg;
import dev.sortline.camera.ffmpeg.OpeningFault;
import dev.sortline.camera.ffmpeg.VideoPlace;
import dev.sortline.camera.ffmpeg.VideoReader;
import dev.sortline.camera.picture.HuffmanTables;
import dev.sortline.camera.source.CameraFault;
import dev.sortline.camera.source.CameraSource;
import dev.sortline.camera.source.PictureSink;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

/** A camera at this machine, by FFmpeg. It is asked for JPEGs first, for they need no work here; then for whatever it gives. */
final class DeviceCamera implements CameraSource {
    private static final int QUALITY = 90;
    private static final double USUAL_RATE = 30;

    private final DeviceSettings settings;
    private final InstantSource clock;

    DeviceCamera(DeviceSettings settings, InstantSource clock) {
        this.settings = settings;
        this.clock = clock;
    }

    @Override
    public void film(PictureSink pictures) throws CameraFault, InterruptedException {
        Ffmpeg.loadDevices();
        var faults = new DeviceFaults(settings.path());
        Map<String, String> jpegs = options();
        jpegs.put("input_format", "mjpeg");
        try {
            film(jpegs, noJpegs(faults), pictures);
        } catch (NoJpegs e) {
            film(options(), faults, pictures);
        }
    }

    private void film(Map<String, String> options, OpeningFault faults, PictureSink pictures)
            throws CameraFault, InterruptedException {
        var place = new VideoPlace(
                settings.place(), "v4l2", settings.path().toString(), options, settings.silentAfter(), true, QUALITY);
        double rate = settings.framesPerSecond() == null ? USUAL_RATE : settings.framesPerSecond();
        var kernel = new KernelClock(Duration.ofNanos(Math.round(1e9 / rate)));
        new VideoReader(place, faults, kernel, clock, HuffmanTables::completed).film(pictures);
    }

    private Map<String, String> options() {
        Map<String, String> options = new HashMap<>();
        options.put("timestamps", "abs");
        if (settings.width() != null) {
            options.put("video_size", settings.width() + "x" + settings.height());
        }
        if (settings.framesPerSecond() != null) {
            options.put("framerate", settings.framesPerSecond().toString());
        }
        return options;
    }

    private static OpeningFault noJpegs(DeviceFaults faults) {
        return (error, said, waited) -> {
            if (error == DeviceFaults.NOT_SO) {
                throw new NoJpegs();
            }
            return faults.of(error, said, waited);
        };
    }

    /** The device opens, but not for JPEGs. */
    private static final class NoJpegs extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }
}
