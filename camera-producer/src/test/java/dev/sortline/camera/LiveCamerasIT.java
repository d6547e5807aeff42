// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sortline.camera.folder.FolderSettings;
import dev.sortline.camera.live.CameraSettings;
import dev.sortline.camera.mjpeg.FakeCamera;
import dev.sortline.camera.mjpeg.MjpegSettings;
import dev.sortline.camera.mjpeg.Parts;
import dev.sortline.camera.outside.OutsideSettings;
import dev.sortline.camera.publishing.FramePublisher;
import dev.sortline.camera.publishing.LineCamera;
import dev.sortline.camera.push.PushSettings;
import dev.sortline.camera.push.PushSourceSettings;
import dev.sortline.contract.Frame;
import dev.sortline.loopback.EmbeddedBroker;
import dev.sortline.loopback.LoopbackPort;
import dev.sortline.tracing.FrameTracing;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Live cameras of several kinds at once, against a real broker: each picture has one fate, and no camera suffers from another. */
@Timeout(60)
class LiveCamerasIT {
    private static final String ANSWER =
            "HTTP/1.1 200 OK\r\nContent-Type: multipart/x-mixed-replace; boundary=" + Parts.BOUNDARY;
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final LineCamera STREAMING = new LineCamera("line-1", "streaming");
    private static final LineCamera DROPPING = new LineCamera("line-1", "dropping");
    private static final LineCamera PUSHING = new LineCamera("line-2", "pushing");
    private static final LineCamera ASKED = new LineCamera("line-2", "asked");
    private static final LineCamera OTHER = new LineCamera("line-3", "other");

    private static EmbeddedBroker broker;

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final HttpClient http = HttpClient.newHttpClient();
    private FramesOfTopic topic;
    private FramePublisher publisher;
    private int pushPort;

    @TempDir
    private Path folder;

    @BeforeAll
    static void startBroker() throws IOException {
        broker = EmbeddedBroker.start();
    }

    @AfterAll
    static void stopBroker() throws IOException {
        broker.close();
    }

    @BeforeEach
    void start() throws Exception {
        topic = FramesOfTopic.fromNowOn(broker);
        publisher = FramePublisher.ofLiveCameras(broker.clientProperties(), meters, FrameTracing.OFF);
        pushPort = LoopbackPort.free();
    }

    @AfterEach
    void stop() {
        publisher.close();
        topic.close();
    }

    @Test
    void picturesOfAllKindsOfCamerasAreOnTheTopicOnceOrCounted() throws Exception {
        // Given
        Path drops = Files.createDirectory(folder.resolve("drops"));
        var shown = new AtomicInteger();
        try (var streaming = camera(shown, 40);
                var asked = camera(new AtomicInteger(), Integer.MAX_VALUE);
                var cameras = film(Map.of(
                        STREAMING, mjpeg(streaming),
                        DROPPING, new CameraSettings(new FolderSettings(drops, 20, null, null)),
                        PUSHING, new CameraSettings(new PushSourceSettings()),
                        ASKED,
                                new CameraSettings(
                                        MjpegSettings.at(asked.url()),
                                        new OutsideSettings(null, 5_000, null, null),
                                        null,
                                        null)))) {
            for (int number = 0; number < 5; number++) {
                Files.write(drops.resolve(number + ".jpg"), Jpegs.small(number));
                post("/frames/line-2/pushing", Jpegs.small(number));
            }
            int refused = send("/frames/line-2/pushing", new byte[100]).statusCode();
            await().atMost(SOON).until(() -> Counted.of(meters, ASKED).all() > 0);

            // When
            for (int item = 1; item <= 3; item++) {
                post(
                        "/triggers/line-2/asked",
                        "{\"itemId\": \"item-%d\"}".formatted(item).getBytes(StandardCharsets.UTF_8));
            }

            // Then
            await().atMost(SOON).until(() -> Counted.of(meters, STREAMING).all() == 40);
            await().atMost(SOON).until(() -> Counted.of(meters, DROPPING).published() == 5);
            assertThat(cameras.troubles()).isEmpty();
            assertThat(refused).isEqualTo(415);
        }
        publisher.close();
        assertThat(Counted.of(meters, PUSHING)).isEqualTo(new Counted(5, 0, 1, 0, 0));
        assertThat(Counted.of(meters, DROPPING)).isEqualTo(new Counted(5, 0, 0, 0, 0));
        assertThat(Counted.of(meters, STREAMING).all()).isEqualTo(40);
        assertThatTopicHoldsWhatWasCounted(STREAMING, DROPPING, PUSHING, ASKED);
        assertThat(topic.of(ASKED)).extracting(Frame::itemId).containsExactly("item-1", "item-2", "item-3");
    }

    @Test
    void wrongPasswordLeavesTheOthersAloneAndIsTold() throws Exception {
        // Given
        Path password = Files.writeString(folder.resolve("password"), "hunter2");
        var shown = new AtomicInteger();
        try (var locked = FakeCamera.answering(
                        (request, out) -> out.write(
                                FakeCamera.head(
                                        "HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: Basic realm=\"camera\"\r\nContent-Length: 0")));
                var open = camera(shown, Integer.MAX_VALUE)) {
            var refused =
                    new CameraSettings(new MjpegSettings(locked.url(), "admin", password, null, null, null, null));

            // When
            try (var cameras = film(Map.of(OTHER, refused, STREAMING, mjpeg(open)))) {
                await().atMost(SOON).until(() -> topic.of(STREAMING).size() > 5);
                await().atMost(SOON).until(() -> locked.requests().size() > 3);

                // Then
                assertThat(cameras.troubles())
                        .singleElement()
                        .asString()
                        .startsWith("line-3/other: ")
                        .contains("user")
                        .doesNotContain("hunter2");
            }
        }
    }

    @Test
    void cameraThatIsSwitchedOffAndOnGoesOn() throws Exception {
        // Given
        int port = LoopbackPort.free();
        var shown = new AtomicInteger();
        var before = FakeCamera.answering(port, streaming(shown, Integer.MAX_VALUE));
        try (var cameras = film(Map.of(STREAMING, mjpeg(before)))) {
            await().atMost(SOON).until(() -> topic.of(STREAMING).size() > 5);
            before.close();
            await().atMost(SOON).until(() -> !cameras.troubles().isEmpty());
            int then = topic.of(STREAMING).size();

            // When
            try (var after = FakeCamera.answering(port, streaming(shown, Integer.MAX_VALUE))) {

                // Then
                await().atMost(SOON).until(() -> topic.of(STREAMING).size() > then + 5);
                assertThat(cameras.troubles()).isEmpty();
                assertThat(after.connections()).isEqualTo(1);
            }
        }
        publisher.close();
        assertThatTopicHoldsWhatWasCounted(STREAMING);
    }

    @Test
    void camerasThatHangDoNotHoldUpTheEnd() throws Exception {
        // Given
        try (var silent = FakeCamera.answering((request, out) -> TimeUnit.MINUTES.sleep(1));
                var halfAPicture = FakeCamera.answering((request, out) -> {
                    out.write(FakeCamera.head(ANSWER));
                    out.write(Jpegs.small(1), 0, 200);
                    TimeUnit.MINUTES.sleep(1);
                })) {
            var cameras = film(Map.of(OTHER, mjpeg(silent), STREAMING, mjpeg(halfAPicture)));
            await().atMost(SOON)
                    .until(() -> silent.requests().size() == 1
                            && halfAPicture.requests().size() == 1);
            long began = System.nanoTime();

            // When
            cameras.close();

            // Then
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(3));
        }
    }

    private void assertThatTopicHoldsWhatWasCounted(LineCamera... cameras) {
        for (LineCamera camera : cameras) {
            Counted counted = Counted.of(meters, camera);
            await().atMost(SOON).until(() -> topic.of(camera).size() >= counted.published());
            assertThat(topic.of(camera)).as("%s", camera).hasSize((int) counted.published());
            assertThat(counted.failed()).as("%s", camera).isZero();
        }
        assertThat(topic.ids()).doesNotHaveDuplicates();
    }

    private LiveCameras film(Map<LineCamera, CameraSettings> cameras) {
        return LiveCameras.start(
                cameras,
                new PushSettings(pushPort, null, null),
                broker.clientProperties(),
                publisher,
                meters,
                InstantSource.system());
    }

    private static CameraSettings mjpeg(FakeCamera camera) {
        return new CameraSettings(MjpegSettings.at(camera.url()));
    }

    private static FakeCamera camera(AtomicInteger shown, int most) throws IOException {
        return FakeCamera.answering(streaming(shown, most));
    }

    /** Shows a picture 50 times a second, so many in all, and then nothing. */
    private static FakeCamera.Script streaming(AtomicInteger shown, int most) {
        return (request, out) -> {
            out.write(FakeCamera.head(ANSWER));
            while (shown.get() < most) {
                show(out, shown.incrementAndGet());
                TimeUnit.MILLISECONDS.sleep(20);
            }
            TimeUnit.MINUTES.sleep(1);
        };
    }

    private static void show(OutputStream out, int number) throws IOException {
        out.write(new Parts().whole(Jpegs.small(number)).bytes());
    }

    private void post(String path, byte[] body) throws IOException, InterruptedException {
        var answer = send(path, body);
        if (answer.statusCode() != 200) {
            throw new IOException("POST %s: %d %s".formatted(path, answer.statusCode(), answer.body()));
        }
    }

    private HttpResponse<String> send(String path, byte[] body) throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + pushPort + path))
                        .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }
}
