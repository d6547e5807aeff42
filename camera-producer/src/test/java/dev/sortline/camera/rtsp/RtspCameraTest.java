// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera.rtsp;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sortline.camera.ffmpeg.Filmed;
import dev.sortline.camera.ffmpeg.LumaReader;
import dev.sortline.camera.ffmpeg.VideoPlace;
import dev.sortline.camera.ffmpeg.VideoReader;
import dev.sortline.camera.picture.Picture;
import dev.sortline.camera.source.CameraFault;
import dev.sortline.camera.source.CameraSource;
import dev.sortline.camera.source.PictureSink.Unusable;
import dev.sortline.camera.time.CaptureTime;
import dev.sortline.loopback.LoopbackPort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Against a camera of this test's own, which can be wrong in every way; see RtspPeerIT for real ones. */
@Timeout(60)
class RtspCameraTest {
    private static final int TICKS_A_FRAME = 3_000;
    private static final int PATIENT = 20_000;
    private static final int IMPATIENT = 1_000;

    private static List<byte[]> film = List.of();

    @TempDir
    private Path folder;

    @BeforeAll
    static void makeFilm() throws CameraFault {
        film = H264Film.of(30);
    }

    @Test
    void picturesComeInTheirOrderAndAsBrightAsTheyWere() throws Exception {
        // Given
        try (RtspStub stub = new RtspStub(playing(0, 30));
                Filmed filmed = Filmed.by(camera(stub.url(), PATIENT))) {

            // When
            @Nullable CameraFault end = filmed.end();

            // Then
            assertThat(end).isNotNull();
            assertThat(end.kind()).isEqualTo(CameraFault.Kind.ENDED);
            assertThat(numbers(filmed.pictures()))
                    .isEqualTo(IntStream.range(0, 30).boxed().toList());
            assertThat(filmed.unusable()).isEmpty();
            assertThat(filmed.formats()).singleElement().satisfies(format -> {
                assertThat(format.codec()).isEqualTo("h264");
                assertThat(format.width()).isEqualTo(H264Film.WIDTH);
                assertThat(format.height()).isEqualTo(H264Film.HEIGHT);
            });
        }
    }

    @Test
    void nothingIsSentUntilTheFirstKeyFrame() throws Exception {
        // Given
        try (RtspStub stub = new RtspStub(playing(4, 15));
                Filmed filmed = Filmed.by(camera(stub.url(), PATIENT))) {

            // When
            filmed.end();

            // Then
            assertThat(numbers(filmed.pictures()))
                    .isEqualTo(IntStream.range(10, 15).boxed().toList());
            assertThat(filmed.unusable()).isEqualTo(Collections.nCopies(6, Unusable.CUT));
        }
    }

    @Test
    void afterALossNothingIsSentUntilTheNextKeyFrame() throws Exception {
        // Given
        RtspStub.Camera losing = new RtspStub.Camera() {
            @Override
            public void play(RtspStub.Rtp rtp) throws IOException {
                for (int i = 0; i < 25; i++) {
                    if (i == 5) {
                        rtp.lose(2);
                    } else {
                        rtp.send(film.get(i), (long) i * TICKS_A_FRAME);
                    }
                }
            }
        };
        try (RtspStub stub = new RtspStub(losing);
                Filmed filmed = Filmed.by(camera(stub.url(), PATIENT))) {

            // When
            filmed.end();

            // Then
            List<Integer> numbers = numbers(filmed.pictures());
            assertThat(numbers)
                    .startsWith(0, 1, 2, 3)
                    .doesNotContain(5, 6, 7, 8, 9)
                    .endsWith(23, 24);
            assertThat(numbers).containsAll(IntStream.range(10, 25).boxed().toList());
            assertThat(filmed.unusable()).containsOnly(Unusable.CUT);
            assertThat(numbers.size() + filmed.unusable().size()).isEqualTo(24);
        }
    }

    @Test
    void stampOfASenderReportIsThatOfItsPicture() throws Exception {
        // Given
        Instant noon = Instant.parse("2030-01-01T12:00:00Z");
        RtspStub.Camera reporting = new RtspStub.Camera() {
            @Override
            public void play(RtspStub.Rtp rtp) throws IOException {
                rtp.report(noon, 0);
                for (int i = 0; i < 12; i++) {
                    rtp.send(film.get(i), (long) i * TICKS_A_FRAME);
                }
            }
        };
        List<Instant> stamps = new ArrayList<>();
        try (RtspStub stub = new RtspStub(reporting)) {
            var place = new VideoPlace(
                    "stub", "rtsp", stub.url(), Map.of("rtsp_transport", "tcp"), Duration.ofSeconds(20), false, 90);
            var reader = new VideoReader(
                    place,
                    new RtspFaults("stub", false, Duration.ZERO),
                    (arrived, stamped) -> {
                        stamps.add(stamped == null ? Instant.EPOCH : stamped);
                        return CaptureTime.ofArrival(arrived, Duration.ZERO);
                    },
                    InstantSource.system(),
                    UnaryOperator.identity());
            try (Filmed filmed = Filmed.by(reader::film)) {

                // When
                filmed.end();

                // Then
                assertThat(numbers(filmed.pictures())).hasSize(12);
                for (int i = 1; i < 12; i++) {
                    Instant taken = noon.plusNanos(i * 1_000_000_000L / 30);
                    assertThat(Duration.between(taken, stamps.get(i)).abs()).isLessThan(Duration.ofMillis(1));
                }
            }
        }
    }

    @Test
    void timeIsTheSendersOnceItTellsAndOfArrivalBefore() throws Exception {
        // Given
        RtspStub.Camera reporting = new RtspStub.Camera() {
            @Override
            public void play(RtspStub.Rtp rtp) throws IOException {
                for (int i = 0; i < 12; i++) {
                    if (i == 6) {
                        rtp.report(Instant.now(), 6 * TICKS_A_FRAME);
                    }
                    rtp.send(film.get(i), (long) i * TICKS_A_FRAME);
                }
            }
        };
        try (RtspStub stub = new RtspStub(reporting);
                Filmed filmed = Filmed.by(camera(stub.url(), PATIENT))) {

            // When
            filmed.end();

            // Then
            assertThat(filmed.pictures())
                    .first()
                    .satisfies(picture -> assertThat(picture.captured().basis()).isEqualTo(CaptureTime.Basis.ARRIVAL));
            assertThat(filmed.pictures())
                    .last()
                    .satisfies(picture -> assertThat(picture.captured().basis()).isEqualTo(CaptureTime.Basis.SENDER));
        }
    }

    @Test
    void wrongPasswordIsToldAndNowhereShown() throws Exception {
        // Given
        Path password = Files.writeString(folder.resolve("password"), "s3cr:et@/%\n");
        var settings = new RtspSettings("rtsp://127.0.0.1:1/x", "operator", password, PATIENT, null, null);
        try (RtspStub stub = new RtspStub(answering("401 Unauthorized"))) {
            var there = new RtspSettings(
                    stub.url(), settings.user(), settings.passwordFile(), settings.silentAfterMillis(), null, null);

            // When
            @Nullable CameraFault end = filmedToTheEnd(there);

            // Then
            assertThat(end).isNotNull().hasMessage(stub.url() + ": refuses user or password");
            assertThat(end.kind()).isEqualTo(CameraFault.Kind.REFUSED);
        }
    }

    @Test
    void missingPasswordIsToldWithWhatToSet() throws Exception {
        // Given
        try (RtspStub stub = new RtspStub(answering("401 Unauthorized"))) {

            // When
            @Nullable CameraFault end = filmedToTheEnd(settings(stub.url(), PATIENT));

            // Then
            assertThat(end).isNotNull().hasMessageContaining("set user and passwordFile");
            assertThat(end.kind()).isEqualTo(CameraFault.Kind.REFUSED);
        }
    }

    @Test
    void streamThatIsNotThereIsNotFound() throws Exception {
        // Given
        try (RtspStub stub = new RtspStub(answering("404 Not Found"))) {

            // When
            @Nullable CameraFault end = filmedToTheEnd(settings(stub.url(), PATIENT));

            // Then
            assertThat(end).isNotNull().hasMessageContaining("has no such stream");
            assertThat(end.kind()).isEqualTo(CameraFault.Kind.NOT_FOUND);
        }
    }

    @Test
    void otherRefusalIsToldByItsNumber() throws Exception {
        // Given
        try (RtspStub stub = new RtspStub(answering("453 Not Enough Bandwidth"))) {

            // When
            @Nullable CameraFault end = filmedToTheEnd(settings(stub.url(), PATIENT));

            // Then
            assertThat(end).isNotNull().hasMessageContaining("answers 453 Not Enough Bandwidth to DESCRIBE");
        }
    }

    @Test
    void cameraThatDoesNotAnswerIsSilent() throws Exception {
        // Given
        RtspStub.Camera mute = new RtspStub.Camera() {
            @Override
            public @Nullable String status(String method, boolean authorized) {
                return method.equals("DESCRIBE") ? null : "200 OK";
            }
        };
        try (RtspStub stub = new RtspStub(mute)) {

            // When
            @Nullable CameraFault end = filmedToTheEnd(settings(stub.url(), IMPATIENT));

            // Then
            assertThat(end).isNotNull().hasMessageContaining("does not answer within 1000 ms");
            assertThat(end.kind()).isEqualTo(CameraFault.Kind.SILENT);
        }
    }

    @Test
    void cameraThatGivesNothingAnyMoreIsSilent() throws Exception {
        // Given
        RtspStub.Camera stalling = new RtspStub.Camera() {
            @Override
            public void play(RtspStub.Rtp rtp) throws IOException, InterruptedException {
                playing(0, 5).play(rtp);
                new CountDownLatch(1).await();
            }
        };
        try (RtspStub stub = new RtspStub(stalling);
                Filmed filmed = Filmed.by(camera(stub.url(), IMPATIENT))) {

            // When
            @Nullable CameraFault end = filmed.end();

            // Then
            assertThat(end).isNotNull().hasMessageContaining("gives no picture for 1000 ms");
            assertThat(end.kind()).isEqualTo(CameraFault.Kind.SILENT);
            assertThat(filmed.pictures()).isNotEmpty();
        }
    }

    @Test
    void interruptEndsFilmingAtOnce() throws Exception {
        // Given
        RtspStub.Camera stalling = new RtspStub.Camera() {
            @Override
            public void play(RtspStub.Rtp rtp) throws IOException, InterruptedException {
                playing(0, 5).play(rtp);
                new CountDownLatch(1).await();
            }
        };
        try (RtspStub stub = new RtspStub(stalling);
                Filmed filmed = Filmed.by(camera(stub.url(), 600_000))) {
            await().until(() -> !filmed.pictures().isEmpty());

            // When
            filmed.interrupt();

            // Then
            assertThat(filmed.end()).isNull();
        }
    }

    @Test
    void soundAloneIsNoVideo() throws Exception {
        // Given
        try (RtspStub stub =
                new RtspStub(describing("m=audio 0 RTP/AVP 0\r\na=rtpmap:0 PCMU/8000\r\na=control:track1\r\n"))) {

            // When
            @Nullable CameraFault end = filmedToTheEnd(settings(stub.url(), PATIENT));

            // Then
            assertThat(end).isNotNull();
            assertThat(end.kind()).isEqualTo(CameraFault.Kind.NO_VIDEO);
        }
    }

    @Test
    void videoOfAnUnknownKindIsTold() throws Exception {
        // Given
        try (RtspStub stub =
                new RtspStub(describing("m=video 0 RTP/AVP 96\r\na=rtpmap:96 H299/90000\r\na=control:track1\r\n"))) {

            // When
            @Nullable CameraFault end = filmedToTheEnd(settings(stub.url(), PATIENT));

            // Then
            assertThat(end).isNotNull().hasMessageContaining("set the camera to H.264, H.265 or MJPEG");
            assertThat(end.kind()).isEqualTo(CameraFault.Kind.CODEC);
        }
    }

    @Test
    void nobodyThereIsUnreachable() throws Exception {
        // Given
        int free = LoopbackPort.free();

        // When
        @Nullable CameraFault end = filmedToTheEnd(settings("rtsp://127.0.0.1:%d/x".formatted(free), PATIENT));

        // Then
        assertThat(end).isNotNull().hasMessageContaining("cannot be reached: Connection refused");
        assertThat(end.kind()).isEqualTo(CameraFault.Kind.UNREACHABLE);
    }

    @Test
    void whatSpeaksNoRtspIsNoCamera() throws Exception {
        // Given
        try (var server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            var page = new Thread(() -> {
                try (var connection = server.accept()) {
                    connection.getOutputStream().write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(US_ASCII));
                } catch (IOException e) {
                    // The test has ended.
                }
            });
            page.setDaemon(true);
            page.start();

            // When
            @Nullable CameraFault end =
                    filmedToTheEnd(settings("rtsp://127.0.0.1:%d/x".formatted(server.getLocalPort()), PATIENT));

            // Then
            assertThat(end).isNotNull().hasMessageContaining("speaks no RTSP");
            assertThat(end.kind()).isEqualTo(CameraFault.Kind.NO_VIDEO);
        }
    }

    @Test
    void unknownHostIsUnreachable() {
        // When
        @Nullable CameraFault end = filmedToTheEnd(settings("rtsp://camera.invalid/x", PATIENT));

        // Then
        assertThat(end).isNotNull().hasMessageContaining("nobody knows the host camera.invalid");
        assertThat(end.kind()).isEqualTo(CameraFault.Kind.UNREACHABLE);
    }

    @Test
    void cameraMayBeFilmedAgainAfterAnEnd() throws Exception {
        // Given
        try (RtspStub stub = new RtspStub(playing(0, 5))) {
            var camera = settings(stub.url(), PATIENT).open(InstantSource.system());
            try (Filmed first = Filmed.by(camera)) {
                first.end();
            }

            // When
            try (Filmed again = Filmed.by(camera)) {
                again.end();

                // Then
                assertThat(numbers(again.pictures())).containsExactly(0, 1, 2, 3, 4);
            }
        }
    }

    /** More than native code can have callbacks of one kind. */
    @Test
    void manyCamerasFilmAtOnce() throws Exception {
        // Given
        List<RtspStub> stubs = new ArrayList<>();
        List<Filmed> films = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            stubs.add(new RtspStub(playing(0, 10)));
        }

        // When
        for (RtspStub stub : stubs) {
            films.add(Filmed.by(camera(stub.url(), PATIENT)));
        }

        // Then
        for (Filmed film : films) {
            film.end();
            assertThat(film.pictures()).hasSize(10);
        }
        for (RtspStub stub : stubs) {
            stub.close();
        }
    }

    private static CameraSource camera(String url, int silentAfterMillis) {
        return settings(url, silentAfterMillis).open(InstantSource.system());
    }

    private static RtspSettings settings(String url, int silentAfterMillis) {
        return new RtspSettings(url, null, null, silentAfterMillis, 95, null);
    }

    private static @Nullable CameraFault filmedToTheEnd(RtspSettings settings) {
        try (Filmed filmed = Filmed.by(settings.open(InstantSource.system()))) {
            return filmed.end();
        }
    }

    private static RtspStub.Camera playing(int from, int to) {
        return new RtspStub.Camera() {
            @Override
            public void play(RtspStub.Rtp rtp) throws IOException {
                for (int i = from; i < to; i++) {
                    rtp.send(film.get(i), (long) i * TICKS_A_FRAME);
                }
            }
        };
    }

    private static RtspStub.Camera answering(String status) {
        return new RtspStub.Camera() {
            @Override
            public String status(String method, boolean authorized) {
                return method.equals("DESCRIBE") ? status : "200 OK";
            }
        };
    }

    private static RtspStub.Camera describing(String media) {
        return new RtspStub.Camera() {
            @Override
            public String describe() {
                return media;
            }
        };
    }

    /** Which picture of the film each is, by its brightness. */
    private static List<Integer> numbers(List<Picture> pictures) throws CameraFault {
        try (LumaReader reader = LumaReader.open()) {
            List<Integer> numbers = new ArrayList<>();
            for (Picture picture : pictures) {
                int brightness = reader.read(picture.bytes()).orElseThrow().at(20, 15);
                numbers.add(IntStream.range(0, film.size())
                        .filter(number -> Math.abs(H264Film.brightness(number) - brightness) <= 2)
                        .findFirst()
                        .orElse(-brightness));
            }
            return numbers;
        }
    }
}
