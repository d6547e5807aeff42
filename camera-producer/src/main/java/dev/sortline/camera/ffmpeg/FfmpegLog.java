// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera.ffmpeg;

import java.util.function.Consumer;
import org.bytedeco.ffmpeg.avutil.LogCallback;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;
import org.jspecify.annotations.Nullable;

/**
 * What FFmpeg says of troubles. It goes to whoever listens on the thread that FFmpeg works for, and nowhere else: it comes at any rate, and
 * there are passwords in it.
 */
final class FfmpegLog extends LogCallback {
    private static final ThreadLocal<@Nullable Consumer<String>> LISTENER = new ThreadLocal<>();

    /** Native code calls it as long as the process lives. */
    private static final FfmpegLog LOG = new FfmpegLog();

    private FfmpegLog() {}

    static void begin() {
        avutil.av_log_set_level(avutil.AV_LOG_WARNING);
        avutil.setLogCallback(LOG);
    }

    /** Hands what is said on this thread from now on to a listener; null for nobody. */
    static void listen(@Nullable Consumer<String> listener) {
        if (listener == null) {
            LISTENER.remove();
        } else {
            LISTENER.set(listener);
        }
    }

    @Override
    public void call(int level, BytePointer line) {
        @Nullable Consumer<String> listener = LISTENER.get();
        if (listener != null && level <= avutil.AV_LOG_WARNING) {
            listener.accept(line.getString().strip());
        }
    }
}
