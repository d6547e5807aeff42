// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera.mjpeg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.sortline.camera.Jpegs;
import dev.sortline.camera.source.CameraFault;
import dev.sortline.camera.source.CameraFault.Kind;
import dev.sortline.camera.source.CameraSource;
import dev.sortline.loopback.LoopbackPort;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** FFmpeg as the camera, a server that others wrote. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@EnabledIf(value = "isFfmpegInstalled", disabledReason = "FFmpeg is not installed: no ffmpeg in PATH")
class FfmpegMjpegIT {
    private static final int WIDTH = 320;
    private static final int HEIGHT = 240;

    @TempDir
    private Path folder;

    private final Album album = new Album();

    static boolean isFfmpegInstalled() {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1))
                .anyMatch(place -> Path.of(place, "ffmpeg").toFile().canExecute());
    }

    @Test
    void picturesOfFfmpegComeUntilItIsKilled() throws Exception {
        // Given
        int port = LoopbackPort.free();
        Process ffmpeg = ffmpeg(port);
        var fault = new CompletableFuture<CameraFault>();
        try {
            var source = MjpegSettings.at("http://127.0.0.1:" + port + "/").open(InstantSource.system());
            new Thread(() -> fault.complete(untilItEnds(source))).start();
            await().atMost(60, TimeUnit.SECONDS).until(() -> album.pictures().size() >= 10);

            // When
            ffmpeg.destroyForcibly();

            // Then
            assertThat(fault.get(60, TimeUnit.SECONDS).kind()).isEqualTo(Kind.ENDED);
            assertThat(album.opened()).hasSize(1);
            assertThat(album.bytes())
                    .allSatisfy(jpeg -> assertThat(Jpegs.pixels(jpeg)).hasSize(WIDTH * HEIGHT));
        } finally {
            ffmpeg.destroyForcibly().waitFor();
        }
    }

    /** FFmpeg takes a while to listen. */
    private CameraFault untilItEnds(CameraSource source) {
        while (true) {
            var fault = catchThrowableOfType(CameraFault.class, () -> source.film(album));
            if (fault.kind() != Kind.UNREACHABLE) {
                return fault;
            }
        }
    }

    private Process ffmpeg(int port) throws IOException {
        return new ProcessBuilder(List.of(
                        "ffmpeg",
                        "-nostdin",
                        "-hide_banner",
                        "-loglevel",
                        "error",
                        "-re",
                        "-f",
                        "lavfi",
                        "-i",
                        "testsrc=size=" + WIDTH + "x" + HEIGHT + ":rate=20",
                        "-c:v",
                        "mjpeg",
                        "-f",
                        "mpjpeg",
                        "-listen",
                        "1",
                        "http://127.0.0.1:" + port + "/"))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("ffmpeg.log").toFile())
                .start();
    }
}
