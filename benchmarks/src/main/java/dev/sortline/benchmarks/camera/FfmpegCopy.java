// SPDX-License-Identifier: Apache-2.0
package dev.sortline.benchmarks.camera;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** {@code ffmpeg -c copy -f null}: reads a camera, decodes nothing and keeps nothing. The least that reading it can take. */
public final class FfmpegCopy implements AutoCloseable {
    private final Program ffmpeg;

    private FfmpegCopy(Program ffmpeg) {
        this.ffmpeg = ffmpeg;
    }

    /** Whether this machine has it. */
    public static boolean isInstalled() {
        return Program.find("ffmpeg").isPresent();
    }

    /** Starts it on a camera. */
    public static FfmpegCopy of(String url, Path folder) throws IOException {
        List<String> command = new ArrayList<>(List.of("ffmpeg", "-nostdin", "-hide_banner", "-loglevel", "error"));
        if (url.startsWith("rtsp")) {
            command.addAll(List.of("-rtsp_transport", "tcp"));
        }
        command.addAll(List.of("-i", url, "-c", "copy", "-f", "null", "-"));
        return new FfmpegCopy(Program.start("ffmpeg", folder, command));
    }

    /**
     * The processors' time that it has used so far.
     *
     * @throws dev.sortline.benchmarks.line.BenchFailure when it has ended
     */
    public Duration processorTime() throws IOException {
        ffmpeg.requireAlive();
        return ffmpeg.processorTime();
    }

    @Override
    public void close() {
        ffmpeg.close();
    }
}
