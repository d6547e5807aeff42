// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera.ffmpeg;

import dev.sortline.camera.source.CameraFault;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avdevice;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.ffmpeg.global.swscale;
import org.bytedeco.javacpp.Loader;
import org.jspecify.annotations.Nullable;

/** FFmpeg's native libraries, loaded once in a process. Safe for use by any number of threads. */
public final class Ffmpeg {
    private static final int LONGEST_WORDS = 256;

    private Ffmpeg() {}

    /**
     * Loads what decodes, encodes and receives; the first call unpacks it and takes up to a second, later ones take nothing. What FFmpeg says of
     * troubles no longer goes to the standard error from then on.
     *
     * @throws CameraFault of kind {@link CameraFault.Kind#NOT_INSTALLED} when it cannot be loaded on this machine
     */
    public static void load() throws CameraFault {
        check(Libraries.MISSING);
    }

    /**
     * Loads what reads this machine's cameras too. On Linux it needs libraries of the system that the others do not.
     *
     * @throws CameraFault of kind {@link CameraFault.Kind#NOT_INSTALLED} when it cannot be loaded on this machine
     */
    public static void loadDevices() throws CameraFault {
        load();
        check(Devices.MISSING);
    }

    /** What FFmpeg says of one of its error numbers. */
    public static String words(int error) {
        byte[] words = new byte[LONGEST_WORDS];
        avutil.av_strerror(error, words, words.length);
        int end = 0;
        while (end < words.length && words[end] != 0) {
            end++;
        }
        return new String(words, 0, end, StandardCharsets.UTF_8);
    }

    private static void check(@Nullable String missing) throws CameraFault {
        if (missing != null) {
            throw new CameraFault(CameraFault.Kind.NOT_INSTALLED, missing);
        }
    }

    /** Why it cannot be done; null when it could. */
    static @Nullable String attempt(String what, Callable<?> loading) {
        try {
            loading.call();
            return null;
        } catch (Exception | LinkageError e) {
            return "%s cannot be loaded on %s: %s".formatted(what, Loader.getPlatform(), rootCause(e));
        }
    }

    private static String rootCause(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return String.valueOf(cause.getMessage());
    }

    private static final class Libraries {
        private static final @Nullable String MISSING = attempt("FFmpeg", () -> {
            FfmpegLog.begin();
            avcodec.avcodec_version();
            swscale.swscale_version();
            return avformat.avformat_network_init();
        });
    }

    private static final class Devices {
        private static final @Nullable String MISSING = attempt(
                "FFmpeg's reading of devices (on Debian: apt install libxcb1 libxcb-shm0 libasound2 libpulse0)", () -> {
                    avdevice.avdevice_register_all();
                    return avdevice.avdevice_version();
                });
    }
}
