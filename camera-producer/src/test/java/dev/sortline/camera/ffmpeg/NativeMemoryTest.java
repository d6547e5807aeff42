// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sortline.camera.picture.Picture;
import dev.sortline.camera.source.CameraFault;
import dev.sortline.camera.time.CaptureTime;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.Test;

/** Looks at a process of its own, for in this one the heap moves too. */
class NativeMemoryTest {
    private static final int PICTURES_EACH = 20;

    @Test
    void hundredsOfPicturesLeaveNoNativeMemoryBehind() throws IOException, InterruptedException {
        // Given
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var command = new ProcessBuilder(
                java,
                "-Xms64m",
                "-Xmx64m",
                "-XX:+AlwaysPreTouch",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Pictures.class.getName());
        Process process = command.redirectErrorStream(true).start();

        // When
        String told = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();

        // Then
        assertThat(process.waitFor()).as(told).isZero();
        assertThat(Long.parseLong(told)).isLessThan(8L << 20);
    }

    /** The process. */
    static final class Pictures {
        private static final Picture LARGE = picture(480, 320);
        private static final Picture SMALL = picture(240, 200);

        private Pictures() {}

        public static void main(String[] arguments) throws CameraFault {
            work(8);
            long before = Pointer.physicalBytes();
            work(24);
            System.out.println(Pointer.physicalBytes() - before);
        }

        /** Twenty pictures of both sizes for each opening. */
        private static void work(int openings) throws CameraFault {
            for (int i = 0; i < openings; i++) {
                try (PictureShape shape = PictureShape.open(new PictureShapeSettings(200, 80, null, 90));
                        LumaReader reader = LumaReader.open()) {
                    for (int picture = 0; picture < PICTURES_EACH; picture++) {
                        Picture given = picture % 2 == 0 ? LARGE : SMALL;
                        if (reader.read(given.bytes()).isEmpty()
                                || shape.shape(given).isEmpty()) {
                            throw new IllegalStateException("a whole picture was not decoded");
                        }
                    }
                }
            }
        }

        private static Picture picture(int width, int height) {
            return new Picture(
                    Painted.noisyJpeg(width, height),
                    Picture.JPEG,
                    CaptureTime.ofArrival(Instant.EPOCH, Duration.ZERO));
        }
    }
}
