// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sortline.camera.rtsp.H264Film;
import dev.sortline.camera.source.CameraFault;
import dev.sortline.camera.source.PictureSink.Unusable;
import dev.sortline.camera.time.CaptureTime;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class VideoReaderTest {
    @TempDir
    private Path folder;

    @Test
    void jpegsTravelAsTheyAre() throws Exception {
        // Given
        var film = new ByteArrayOutputStream();
        for (int i = 0; i < 20; i++) {
            film.writeBytes(Painted.jpeg(64 + i, 48));
        }
        VideoReader reader = reader("mjpeg", file(film.toByteArray()), false);
        try (Filmed filmed = Filmed.by(reader::film)) {

            // When
            @Nullable CameraFault end = filmed.end();

            // Then
            assertThat(end).isNotNull().hasMessageContaining("has ended the stream");
            assertThat(end.kind()).isEqualTo(CameraFault.Kind.ENDED);
            assertThat(filmed.pictures()).hasSize(20);
            for (int i = 0; i < 20; i++) {
                assertThat(filmed.pictures().get(i).bytes()).isEqualTo(Painted.jpeg(64 + i, 48));
            }
            assertThat(filmed.formats()).singleElement().satisfies(format -> assertThat(format.width())
                    .isEqualTo(64));
        }
    }

    @Test
    void jpegWithoutItsEndIsCut() throws Exception {
        // Given
        byte[] whole = Painted.jpeg(64, 48);
        var film = new ByteArrayOutputStream();
        film.writeBytes(whole);
        film.writeBytes(Arrays.copyOf(whole, whole.length - 50));
        VideoReader reader = reader("mjpeg", file(film.toByteArray()), false);
        try (Filmed filmed = Filmed.by(reader::film)) {

            // When
            filmed.end();

            // Then
            assertThat(filmed.pictures()).hasSize(1);
            assertThat(filmed.unusable()).containsExactly(Unusable.CUT);
        }
    }

    @Test
    void rawPicturesAsDevicesGiveThemBecomeJpegs() throws Exception {
        // Given
        VideoReader reader = reader("rawvideo", file(gray(25 * 320 * 240)), true);
        try (Filmed filmed = Filmed.by(reader::film)) {

            // When
            @Nullable CameraFault end = filmed.end();

            // Then
            assertThat(end).isNotNull();
            assertThat(end.kind()).isEqualTo(CameraFault.Kind.ENDED);
            assertThat(filmed.pictures()).hasSize(25);
            assertThat(Painted.read(filmed.pictures().get(24).bytes()).getWidth())
                    .isEqualTo(320);
            assertThat(filmed.formats()).singleElement().satisfies(format -> assertThat(format.height())
                    .isEqualTo(240));
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void endlessVideoEndsWithAnInterrupt() {
        // Given
        VideoReader reader = reader("rawvideo", "/dev/zero", true);
        try (Filmed filmed = Filmed.by(reader::film)) {
            await().until(() -> !filmed.pictures().isEmpty());

            // When
            filmed.interrupt();

            // Then
            assertThat(filmed.end()).isNull();
        }
    }

    @Test
    void videoOfWhichNoPictureBeginsIsToldAsSuch() throws Exception {
        // Given
        var withoutKeyFrame = new ByteArrayOutputStream();
        H264Film.of(9).stream().skip(1).forEach(withoutKeyFrame::writeBytes);
        VideoReader reader = reader("h264", file(withoutKeyFrame.toByteArray()), false);
        try (Filmed filmed = Filmed.by(reader::film)) {

            // When
            @Nullable CameraFault end = filmed.end();

            // Then
            assertThat(end).isNotNull().hasMessageContaining("no key frame for 0 s");
            assertThat(end.kind()).isEqualTo(CameraFault.Kind.NO_KEY_FRAME);
            assertThat(filmed.unusable()).isNotEmpty().containsOnly(Unusable.CUT);
        }
    }

    @Test
    void formatThatThisMachineCannotReadIsNotInstalled() {
        // Given
        VideoReader reader = reader("no-such-format", "x", false);
        try (Filmed filmed = Filmed.by(reader::film)) {

            // When
            @Nullable CameraFault end = filmed.end();

            // Then
            assertThat(end).isNotNull();
            assertThat(end.kind()).isEqualTo(CameraFault.Kind.NOT_INSTALLED);
        }
    }

    @Test
    void whatCannotBeLoadedIsToldInOneLine() {
        // When
        @Nullable String missing = Ffmpeg.attempt("FFmpeg", () -> {
            throw new ExceptionInInitializerError(new UnsatisfiedLinkError("no jniavutil in java.library.path"));
        });

        // Then
        assertThat(missing).startsWith("FFmpeg cannot be loaded on ").endsWith(": no jniavutil in java.library.path");
    }

    /** Pairs of pixels, each pair brightness, blue, brightness, red. */
    private static byte[] gray(int pixels) {
        byte[] bytes = new byte[2 * pixels];
        Arrays.fill(bytes, (byte) 128);
        return bytes;
    }

    private String file(byte[] bytes) throws Exception {
        return Files.write(folder.resolve("film"), bytes).toString();
    }

    private static VideoReader reader(String format, String url, boolean polled) {
        Map<String, String> options = format.equals("rawvideo")
                ? Map.of("pixel_format", "yuyv422", "video_size", "320x240", "framerate", "25")
                : Map.of();
        return new VideoReader(
                new VideoPlace("film", format, url, options, Duration.ofSeconds(20), polled, 90),
                (error, said, waited) -> new CameraFault(CameraFault.Kind.NO_VIDEO, said),
                (arrived, stamped) -> CaptureTime.ofArrival(arrived, Duration.ZERO),
                InstantSource.system(),
                UnaryOperator.identity(),
                Duration.ZERO);
    }
}
