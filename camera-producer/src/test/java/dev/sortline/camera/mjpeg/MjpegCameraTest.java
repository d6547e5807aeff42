// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera.mjpeg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.sortline.camera.HandClock;
import dev.sortline.camera.Jpegs;
import dev.sortline.camera.source.CameraFault;
import dev.sortline.camera.source.CameraFault.Kind;
import dev.sortline.camera.source.CameraSource;
import dev.sortline.camera.source.PictureSink.Unusable;
import dev.sortline.camera.source.StreamFormat;
import dev.sortline.camera.time.CaptureTime;
import dev.sortline.loopback.LoopbackPort;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class MjpegCameraTest {
    private static final String STREAM =
            "HTTP/1.0 200 OK\r\nContent-Type: multipart/x-mixed-replace; boundary=myboundary";
    private static final byte[] FIRST = Jpegs.small(1);
    private static final byte[] SECOND = Jpegs.small(2);

    private final HandClock clock = new HandClock();
    private final Album album = new Album();

    @Test
    void picturesComeUntouchedUntilTheCameraEndsTheStream() throws Exception {
        try (var camera = FakeCamera.answering(
                STREAM, new Parts().whole(FIRST).whole(SECOND).bytes())) {
            // Given
            var source = source(camera);

            // When
            var fault = catchThrowableOfType(CameraFault.class, () -> source.film(album));

            // Then
            assertThat(album.opened()).containsExactly(StreamFormat.JPEGS);
            assertThat(album.bytes()).containsExactly(FIRST, SECOND);
            assertThat(album.unusable()).isEmpty();
            assertThat(fault.kind()).isEqualTo(Kind.ENDED);
            assertThat(fault).hasMessage(camera.url() + ": it ended the stream");
        }
    }

    @Test
    void streamInChunksIsReadToo() throws Exception {
        try (var camera = FakeCamera.answering((request, out) -> {
            out.write(
                    FakeCamera.head("HTTP/1.1 200 OK\r\nContent-Type: multipart/x-mixed-replace;boundary=\"myboundary\""
                            + "\r\nTransfer-Encoding: chunked"));
            byte[] sent = new Parts().whole(FIRST).whole(SECOND).bytes();
            for (int at = 0; at < sent.length; at += 100) {
                byte[] chunk = Arrays.copyOfRange(sent, at, Math.min(at + 100, sent.length));
                out.write((Integer.toHexString(chunk.length) + "\r\n").getBytes(StandardCharsets.US_ASCII));
                out.write(chunk);
                out.write("\r\n".getBytes(StandardCharsets.US_ASCII));
            }
            request.close();
        })) {
            // Given
            var source = source(camera);

            // When
            var fault = catchThrowableOfType(CameraFault.class, () -> source.film(album));

            // Then
            assertThat(album.bytes()).containsExactly(FIRST, SECOND);
            assertThat(fault.kind()).isEqualTo(Kind.ENDED);
        }
    }

    @Test
    void pictureIsThereBeforeTheCameraSendsMore() throws Exception {
        var more = new CountDownLatch(1);
        try (var camera = FakeCamera.answering((request, out) -> {
            out.write(FakeCamera.head(STREAM));
            out.write(new Parts()
                    .text("--myboundary\r\nContent-Type: image/jpeg\r\n\r\n")
                    .raw(FIRST)
                    .bytes());
            out.flush();
            more.await();
            request.close();
        })) {
            // Given
            var filming = film(source(camera));

            // When
            await().until(() -> !album.pictures().isEmpty());

            // Then
            assertThat(album.bytes()).containsExactly(FIRST);
            assertThat(filming).isNotDone();
            more.countDown();
        }
    }

    @Test
    void timeOfCaptureIsThatOfTheArrivalLessTheSetDelay() throws Exception {
        try (var camera = FakeCamera.answering(STREAM, new Parts().whole(FIRST).bytes())) {
            // Given
            var source = new MjpegSettings(camera.url(), null, null, null, null, 80L, null).open(clock);

            // When
            var unused = catchThrowable(() -> source.film(album));

            // Then
            assertThat(album.pictures().get(0).captured())
                    .isEqualTo(CaptureTime.ofArrival(HandClock.START, Duration.ofMillis(80)));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "404 Not Found, NOT_FOUND",
        "403 Forbidden, REFUSED",
        "400 Bad Request, NO_VIDEO",
        "503 Service Unavailable, ENDED"
    })
    void answerThatIsNoneIsToldByItsStatus(String status, Kind kind) throws Exception {
        try (var camera = FakeCamera.answering("HTTP/1.1 " + status + "\r\nContent-Length: 2", new byte[2])) {
            // Given
            var source = source(camera);

            // When
            var fault = catchThrowableOfType(CameraFault.class, () -> source.film(album));

            // Then
            assertThat(fault.kind()).isEqualTo(kind);
            assertThat(fault).hasMessageStartingWith(camera.url() + ": ");
        }
    }

    @Test
    void cameraThatSendsOnIsNotFollowedButTold() throws Exception {
        try (var camera = FakeCamera.answering(
                "HTTP/1.1 302 Found\r\nContent-Length: 0\r\nLocation: https://camera/video?token=geheim",
                new byte[0])) {
            // Given
            var source = source(camera);

            // When
            var fault = catchThrowableOfType(CameraFault.class, () -> source.film(album));

            // Then
            assertThat(fault)
                    .hasMessage(camera.url() + ": it sends on to 'https://camera/video'; set url to what is right");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/html; charset=utf-8",
                "application/json",
                "video/mp4",
                "multipart/x-mixed-replace",
                "image/jpeg"
            })
    void answerWithoutPicturesIsNoVideo(String type) throws Exception {
        try (var camera = FakeCamera.answering(
                "HTTP/1.1 200 OK\r\nContent-Type: " + type,
                "<html>Please sign in.</html>\r\n".repeat(20_000).getBytes(StandardCharsets.US_ASCII))) {
            // Given
            var source = source(camera);

            // When
            var fault = catchThrowableOfType(CameraFault.class, () -> source.film(album));

            // Then
            assertThat(fault.kind()).isEqualTo(Kind.NO_VIDEO);
            assertThat(fault).hasMessageContaining("it answers with " + type.replaceAll(";.*", ""));
        }
    }

    @Test
    void whatDoesNotSpeakHttpIsNoVideo() throws Exception {
        try (var camera = FakeCamera.answering((request, out) -> {
            out.write("SSH-2.0-OpenSSH_9.2\r\n".repeat(2000).getBytes(StandardCharsets.US_ASCII));
            request.close();
        })) {
            // Given
            var source = source(camera);

            // When
            var fault = catchThrowableOfType(CameraFault.class, () -> source.film(album));

            // Then
            assertThat(fault.kind()).isIn(Kind.NO_VIDEO, Kind.ENDED);
            assertThat(album.opened()).isEmpty();
        }
    }

    @Test
    void whereNobodyListensNobodyIsReached() throws IOException {
        // Given
        int port = LoopbackPort.free();
        var source = MjpegSettings.at("http://127.0.0.1:" + port + "/").open(clock);

        // When
        var fault = catchThrowableOfType(CameraFault.class, () -> source.film(album));

        // Then
        assertThat(fault.kind()).isEqualTo(Kind.UNREACHABLE);
        assertThat(fault).hasMessageContaining("nobody answers there");
    }

    @Test
    void cameraThatTakesTheConnectionAndSaysNothingIsSilent() throws Exception {
        try (var camera =
                FakeCamera.answering((request, out) -> Thread.currentThread().join())) {
            // Given
            var source = impatient(camera);

            // When
            var fault = catchThrowableOfType(CameraFault.class, () -> source.film(album));

            // Then
            assertThat(fault.kind()).isEqualTo(Kind.SILENT);
            assertThat(fault).hasMessageContaining("does not answer within 600 ms");
        }
    }

    @Test
    void silenceAfterHalfAPictureIsToldAndTheHalfCounted() throws Exception {
        try (var camera = FakeCamera.answering((request, out) -> {
            out.write(FakeCamera.head(STREAM));
            out.write(new Parts()
                    .whole(FIRST)
                    .raw(Arrays.copyOf(new Parts().whole(SECOND).bytes(), 500))
                    .bytes());
            out.flush();
            Thread.currentThread().join();
        })) {
            // Given
            var source = impatient(camera);

            // When
            var fault = catchThrowableOfType(CameraFault.class, () -> source.film(album));

            // Then
            assertThat(album.bytes()).containsExactly(FIRST);
            assertThat(album.unusable()).containsExactly(Unusable.CUT);
            assertThat(fault.kind()).isEqualTo(Kind.SILENT);
            assertThat(fault).hasMessageContaining("no whole picture came for 600 ms");
        }
    }

    @Test
    void silenceAfterWhatIsNoPictureIsToldAndItIsCounted() throws Exception {
        try (var camera = FakeCamera.answering((request, out) -> {
            out.write(FakeCamera.head(STREAM));
            out.write(new Parts()
                    .whole(FIRST)
                    .text("--" + Parts.BOUNDARY + "\r\nContent-Type: text/plain\r\n\r\nthe lens is cold\r\n")
                    .bytes());
            out.flush();
            Thread.currentThread().join();
        })) {
            // Given
            var source = impatient(camera);

            // When
            var fault = catchThrowableOfType(CameraFault.class, () -> source.film(album));

            // Then
            assertThat(album.unusable()).containsExactly(Unusable.NO_PICTURE);
            assertThat(fault.kind()).isEqualTo(Kind.SILENT);
        }
    }

    @Test
    void cameraThatSendsBytesButNothingWholeIsSilent() throws Exception {
        try (var camera = FakeCamera.answering((request, out) -> {
            out.write(FakeCamera.head(STREAM));
            out.write(Arrays.copyOf(new Parts().whole(SECOND).bytes(), 1000));
            while (true) {
                out.write(1);
                out.flush();
                TimeUnit.MILLISECONDS.sleep(20);
            }
        })) {
            // Given
            var source = impatient(camera);

            // When
            var fault = catchThrowableOfType(CameraFault.class, () -> source.film(album));

            // Then
            assertThat(fault.kind()).isEqualTo(Kind.SILENT);
            assertThat(album.unusable()).containsExactly(Unusable.CUT);
        }
    }

    @Test
    void connectionThatBreaksInAPictureIsToldAndThePictureCounted() throws Exception {
        try (var camera = FakeCamera.answering((request, out) -> {
            out.write(FakeCamera.head(STREAM));
            out.write(new Parts()
                    .whole(FIRST)
                    .raw(Arrays.copyOf(new Parts().whole(SECOND).bytes(), 1000))
                    .bytes());
            out.flush();
            await().until(() -> !album.pictures().isEmpty());
            request.connection().setSoLinger(true, 0);
            request.close();
        })) {
            // Given
            var source = source(camera);

            // When
            var fault = catchThrowableOfType(CameraFault.class, () -> source.film(album));

            // Then
            assertThat(fault.kind()).isEqualTo(Kind.ENDED);
            assertThat(album.unusable()).containsExactly(Unusable.CUT);
        }
    }

    @Test
    void pictureOfTwentyMegabytesIsCountedAndTheNextComes() throws Exception {
        try (var camera = FakeCamera.answering((request, out) -> {
            out.write(FakeCamera.head(STREAM));
            out.write(new Parts()
                    .text("--myboundary\r\nContent-Length: 20000000\r\n\r\n")
                    .raw(Arrays.copyOf(FIRST, FIRST.length - 2))
                    .bytes());
            byte[] megabyte = new byte[1_000_000];
            for (int count = 0; count < 20; count++) {
                out.write(megabyte);
            }
            out.write(new Parts()
                    .raw(new byte[] {(byte) 0xFF, (byte) 0xD9})
                    .text("\r\n")
                    .whole(SECOND)
                    .bytes());
            request.close();
        })) {
            // Given
            var source = source(camera);

            // When
            var unused = catchThrowable(() -> source.film(album));

            // Then
            assertThat(album.unusable()).containsExactly(Unusable.TOO_LARGE);
            assertThat(album.bytes()).containsExactly(SECOND);
        }
    }

    @Test
    void cameraOfSinglePicturesIsAskedAgainThroughTheSameConnection() throws Exception {
        var asked = new AtomicInteger();
        try (var camera = FakeCamera.answering((request, out) -> {
            byte[] picture = Jpegs.small(asked.incrementAndGet());
            out.write(FakeCamera.head(
                    "HTTP/1.1 200 OK\r\nContent-Type: image/jpeg\r\nContent-Length: " + picture.length));
            out.write(picture);
            if (asked.get() == 5) {
                request.close();
            }
        })) {
            // Given
            var source = new MjpegSettings(camera.url(), null, null, null, null, null, 1L).open(clock);
            var filming = film(source);

            // When
            await().until(() -> album.pictures().size() >= 5);

            // Then
            assertThat(album.bytes().subList(0, 4))
                    .containsExactly(Jpegs.small(1), Jpegs.small(2), Jpegs.small(3), Jpegs.small(4));
            assertThat(album.opened()).hasSize(1);
            assertThat(camera.requests().get(3).connection())
                    .isSameAs(camera.requests().get(0).connection());
            filming.cancel(true);
        }
    }

    @Test
    void cameraThatEndsEachConnectionWithoutSayingSoIsAskedAgain() throws Exception {
        var asked = new AtomicInteger();
        try (var camera = FakeCamera.answering((request, out) -> {
            byte[] picture = Jpegs.small(asked.incrementAndGet());
            if (asked.get() == 5) {
                out.write(FakeCamera.head("HTTP/1.1 404 Not Found\r\nContent-Length: 0"));
            } else {
                out.write(FakeCamera.head(
                        "HTTP/1.1 200 OK\r\nContent-Type: image/jpeg\r\nContent-Length: " + picture.length));
                out.write(picture);
            }
            request.close();
        })) {
            // Given
            var source = new MjpegSettings(camera.url(), null, null, null, null, null, 1L).open(clock);

            // When
            var fault = catchThrowableOfType(CameraFault.class, () -> source.film(album));

            // Then
            assertThat(fault.kind()).isEqualTo(Kind.NOT_FOUND);
            assertThat(album.bytes()).containsExactly(Jpegs.small(1), Jpegs.small(2), Jpegs.small(3), Jpegs.small(4));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", STREAM})
    void interruptEndsTheWaitForACamera(String answered) throws Exception {
        try (var camera = FakeCamera.answering((request, out) -> {
            if (!answered.isEmpty()) {
                out.write(FakeCamera.head(answered));
                out.write(new Parts().whole(FIRST).text("--myboundary").bytes());
                out.flush();
            }
            Thread.currentThread().join();
        })) {
            // Given
            var source = new MjpegSettings(camera.url(), null, null, null, 3_600_000L, null, null).open(clock);
            var ended = new CompletableFuture<Throwable>();
            var thread = new Thread(() -> ended.complete(catchThrowable(() -> source.film(album))));
            thread.start();
            await().until(() -> answered.isEmpty()
                    ? !camera.requests().isEmpty()
                    : !album.pictures().isEmpty());

            // When
            thread.interrupt();

            // Then
            assertThat(ended).succeedsWithin(Duration.ofSeconds(30)).isInstanceOf(InterruptedException.class);
            assertThat(album.unusable()).isEmpty();
        }
    }

    private CameraSource source(FakeCamera camera) {
        return MjpegSettings.at(camera.url()).open(clock);
    }

    /** Only for tests of silence: with others the machine may take its time. */
    private CameraSource impatient(FakeCamera camera) {
        return new MjpegSettings(camera.url(), null, null, null, 600L, null, null).open(clock);
    }

    private FutureTask<Void> film(CameraSource source) {
        var filming = new FutureTask<Void>(() -> {
            source.film(album);
            return null;
        });
        new Thread(filming).start();
        return filming;
    }
}
