// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera.push;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import dev.sortline.camera.Frames;
import dev.sortline.camera.HandClock;
import dev.sortline.camera.Jpegs;
import dev.sortline.camera.picture.Picture;
import dev.sortline.camera.publishing.FramePublisher;
import dev.sortline.camera.trigger.CallOutcome;
import dev.sortline.camera.trigger.OutsideCall;
import dev.sortline.contract.Frame;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PushServerTest {
    private static final byte[] PICTURE = Jpegs.small(1);
    private static final String FRAMES = "/frames/line-1/camera-1";
    private static final String TRIGGERS = "/triggers/line-1/camera-1";

    private final HandClock clock = new HandClock();
    private final HttpClient http = HttpClient.newHttpClient();
    private final List<AutoCloseable> open = new ArrayList<>();
    private final List<OutsideCall> calls = new ArrayList<>();

    @TempDir
    private Path folder;

    private CallOutcome outcome =
            new CallOutcome(CallOutcome.Fate.TAKEN, "item-7", HandClock.START, "a picture was taken");

    @AfterEach
    void close() throws Exception {
        for (int last = open.size() - 1; last >= 0; last--) {
            open.get(last).close();
        }
    }

    @Test
    void pictureBecomesAFrameWithWhatItsSenderTellsOfIt() throws Exception {
        // Given
        var kafka = Frames.promptKafka();
        var server = serve(delivery(kafka));
        var request = to(server, FRAMES)
                .header("X-Captured-At", "2026-01-01T13:59:59.250+02:00")
                .header("X-Item-Id", "item-7")
                .header("X-Encoder", "-4711")
                .POST(BodyPublishers.ofByteArray(PICTURE))
                .build();

        // When
        HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());

        // Then
        long sequence = HandClock.START.toEpochMilli();
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("{\"id\":\"line-1/camera-1/" + sequence + "\"}");
        assertThat(kafka.history()).singleElement().satisfies(record -> assertThat(record.value())
                .usingRecursiveComparison()
                .isEqualTo(new Frame(
                        "line-1",
                        "camera-1",
                        sequence,
                        "item-7",
                        Instant.parse("2026-01-01T11:59:59.250Z"),
                        -4711L,
                        "image/jpeg",
                        null,
                        PICTURE)));
    }

    @Test
    void pictureWithoutATimeWasTakenWhenItArrived() throws Exception {
        // Given
        var kafka = Frames.promptKafka();
        var server = serve(delivery(kafka));

        // When
        var answer = post(server, FRAMES, Jpegs.png(1));

        // Then
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(kafka.history().get(0).value().capturedAt()).isEqualTo(HandClock.START);
        assertThat(kafka.history().get(0).value().contentType()).isEqualTo("image/png");
    }

    @Test
    void answerComesAfterTheBrokersAcknowledgement() throws Exception {
        // Given
        var kafka = Frames.slowKafka();
        var server = serve(delivery(kafka));
        var answer = http.sendAsync(
                to(server, FRAMES).POST(BodyPublishers.ofByteArray(PICTURE)).build(), BodyHandlers.ofString());
        await().until(() -> kafka.history().size() == 1);
        boolean before = answer.isDone();

        // When
        kafka.completeNext();

        // Then
        assertThat(before).isFalse();
        assertThat(answer.get().statusCode()).isEqualTo(200);
    }

    @Test
    void frameThatTheBrokerRefusesIsTold() throws Exception {
        // Given
        var kafka = Frames.slowKafka();
        var server = serve(delivery(kafka));
        var answer = http.sendAsync(
                to(server, FRAMES).POST(BodyPublishers.ofByteArray(PICTURE)).build(), BodyHandlers.ofString());
        await().until(() -> kafka.history().size() == 1);

        // When
        kafka.errorNext(new RecordTooLargeException("too large"));

        // Then
        assertThat(answer.get().statusCode()).isEqualTo(503);
        assertThat(answer.get().body())
                .contains("\"code\":\"not-acknowledged\"")
                .doesNotContain("Exception");
    }

    @Test
    void brokerThatDoesNotAnswerInTimeIsTold() throws Exception {
        // Given
        Delivery never = frame -> Optional.of(new CompletableFuture<>());
        var server = serve(never, new PushSettings(0, null, null), Duration.ofMillis(200));

        // When
        var answer = post(server, FRAMES, PICTURE);

        // Then
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body()).contains("it may be there all the same");
        assertThat(answer.headers().firstValue("Retry-After")).contains("1");
    }

    @Test
    void whereThereIsNoRoomTheSenderIsToldToComeAgain() throws Exception {
        // Given
        var server = serve(frame -> Optional.empty());

        // When
        var answer = post(server, FRAMES, PICTURE);

        // Then
        assertThat(answer.statusCode()).isEqualTo(429);
        assertThat(answer.headers().firstValue("Retry-After")).contains("1");
        assertThat(answer.body()).contains("\"code\":\"no-room\"");
    }

    @Test
    void senderOfALargePictureMayFinishAndIsToldThen() throws Exception {
        // Given
        var server = serve(frame -> Optional.empty());
        byte[] large = new byte[2 * Picture.MAX_BYTES];

        // When
        var answer = post(server, FRAMES, large);

        // Then
        assertThat(answer.statusCode()).isEqualTo(413);
    }

    @Test
    void largePictureIsRefusedBeforeItIsReadWhereTheSenderAsks() throws Exception {
        // Given
        var server = serve(frame -> Optional.empty());
        try (var sender = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            String head = new String(head(FRAMES, Picture.MAX_BYTES + 1), StandardCharsets.US_ASCII);
            sender.getOutputStream()
                    .write(head.replace("Host:", "Expect: 100-continue\r\nHost:")
                            .getBytes(StandardCharsets.US_ASCII));

            // When
            String answer = new String(sender.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

            // Then
            assertThat(answer).startsWith("HTTP/1.1 413 ").contains("\"code\":\"too-large\"");
        }
    }

    @Test
    void largePictureWhoseLengthIsNotToldIsRefusedToo() throws Exception {
        // Given
        var server = serve(frame -> Optional.empty());
        var request = to(server, FRAMES)
                .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(new byte[Picture.MAX_BYTES + 1])))
                .build();

        // When
        HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());

        // Then
        assertThat(answer.statusCode()).isEqualTo(413);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<html></html>", "GIF89a...", "RIFF....WEBP"})
    void whatIsNoPictureIsRefused(String body) throws Exception {
        // Given
        var server = serve(frame -> Optional.empty());

        // When
        var answer = post(server, FRAMES, body.getBytes(StandardCharsets.UTF_8));

        // Then
        assertThat(answer.statusCode()).isEqualTo(415);
    }

    @ParameterizedTest
    @CsvSource({
        "/frames/line-1/camera-2, 404",
        "/frames/line-2/camera-1, 404",
        "/frames/line%201/camera-1, 404",
        "/frames/line-1, 404",
        "/, 404",
        "/triggers/line-9/camera-1, 404"
    })
    void whatIsNotThereIsNotFound(String path, int status) throws Exception {
        // Given
        var server = serve(frame -> Optional.empty());

        // When
        var answer = post(server, path, new byte[0]);

        // Then
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.body()).contains("\"code\":\"not-found\"");
    }

    @Test
    void nothingIsGivenOut() throws Exception {
        // Given
        var server = serve(frame -> Optional.empty());

        // When
        var answer = http.send(to(server, FRAMES).GET().build(), BodyHandlers.ofString());

        // Then
        assertThat(answer.statusCode()).isEqualTo(405);
    }

    @ParameterizedTest
    @CsvSource({
        "X-Captured-At, yesterday",
        "X-Captured-At, 2026-01-01T12:00:00",
        "X-Captured-At, +12026-01-01T12:00:00Z",
        "X-Item-Id, item 7",
        "X-Encoder, 12.5"
    })
    void headerThatCannotBeIsNamed(String header, String value) throws Exception {
        // Given
        var server = serve(frame -> Optional.empty());
        var request = to(server, FRAMES)
                .header(header, value)
                .POST(BodyPublishers.ofByteArray(PICTURE))
                .build();

        // When
        HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());

        // Then
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains(header + " is '" + value + "'");
    }

    @ParameterizedTest
    @CsvSource({", 401", "Bearer wrong, 401", "Basic geheim, 401", "Bearer geheim, 200", "bearer geheim, 200"})
    void onlyWhoHasTheTokenIsLetIn(String authorization, int status) throws Exception {
        // Given
        Path file = Files.writeString(folder.resolve("token"), "geheim\n");
        var server = serve(delivery(Frames.promptKafka()), new PushSettings(0, null, file), Duration.ofSeconds(20));
        var request = to(server, FRAMES).POST(BodyPublishers.ofByteArray(PICTURE));
        if (authorization != null) {
            request.header("Authorization", authorization);
        }

        // When
        HttpResponse<String> answer = http.send(request.build(), BodyHandlers.ofString());

        // Then
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.headers().firstValue("WWW-Authenticate").isPresent()).isEqualTo(status == 401);
    }

    @Test
    void sendersWhoStopHalfwayHoldNoMoreThanTheirPlaces() throws Exception {
        // Given
        var server = serve(delivery(Frames.promptKafka()));
        List<Socket> slow = new ArrayList<>();
        for (int count = 0; count < 8; count++) {
            var sender = new Socket(InetAddress.getLoopbackAddress(), server.port());
            open.add(sender);
            slow.add(sender);
            sender.getOutputStream().write(head(FRAMES, PICTURE.length));
            sender.getOutputStream().write(PICTURE, 0, 100);
        }
        await().until(() -> post(server, FRAMES, PICTURE).statusCode() == 429);

        // When
        for (Socket sender : slow) {
            sender.close();
        }

        // Then
        await().until(() -> post(server, FRAMES, PICTURE).statusCode() == 200);
    }

    @ParameterizedTest
    @CsvSource({"TAKEN, 200", "REPEATED, 200", "NO_FRAME, 504", "FULL, 429", "REFUSED, 422"})
    void triggerIsAnsweredWithWhatBecameOfIt(CallOutcome.Fate fate, int status) throws Exception {
        // Given
        outcome = new CallOutcome(fate, "item-7", HandClock.START, "so it was");
        var server = serve(frame -> Optional.empty());

        // When
        var answer = post(
                server,
                TRIGGERS,
                "{\"itemId\": \"item-7\", \"encoder\": 4711, \"at\": \"2026-01-01T12:00:00Z\"}"
                        .getBytes(StandardCharsets.UTF_8));

        // Then
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.body())
                .isEqualTo("{\"fate\":\"" + fate.word()
                        + "\",\"itemId\":\"item-7\",\"capturedAt\":\"2026-01-01T12:00:00Z\",\"detail\":\"so it was\"}");
        assertThat(calls).containsExactly(new OutsideCall("item-7", 4711L, HandClock.START));
    }

    @Test
    void triggerNeedsNoBody() throws Exception {
        // Given
        var server = serve(frame -> Optional.empty());

        // When
        var answer = post(server, TRIGGERS, new byte[0]);

        // Then
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(calls).containsExactly(new OutsideCall(null, null, null));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "item-7",
                "null",
                "[]",
                "{\"itemId\": \"item 7\"}",
                "{\"encoder\": \"many\"}",
                "{\"at\": \"now\"}",
                "{\"item\": \"item-7\"}",
                "{} {}"
            })
    void triggerThatCannotBeReadIsRefused(String body) throws Exception {
        // Given
        var server = serve(frame -> Optional.empty());

        // When
        var answer = post(server, TRIGGERS, body.getBytes(StandardCharsets.UTF_8));

        // Then
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).doesNotContain("dev.sortline");
        assertThat(calls).isEmpty();
    }

    @Test
    void portThatIsTakenIsTold() throws Exception {
        // Given
        var server = serve(frame -> Optional.empty());

        // When
        Throwable failure = catchThrowable(() ->
                serve(frame -> Optional.empty(), new PushSettings(server.port(), null, null), Duration.ofSeconds(20)));

        // Then
        assertThat(failure)
                .isInstanceOf(CannotListenException.class)
                .hasMessageStartingWith("cannot take pictures on 127.0.0.1:" + server.port() + ": ");
    }

    private PushServer serve(Delivery delivery) {
        return serve(delivery, new PushSettings(0, null, null), Duration.ofSeconds(20));
    }

    private PushServer serve(Delivery delivery, PushSettings settings, Duration patience) {
        var server = PushServer.start(
                settings,
                Set.of(Frames.CAMERA),
                delivery,
                (camera, call) -> {
                    if (!camera.equals(Frames.CAMERA)) {
                        return Optional.empty();
                    }
                    calls.add(call);
                    return Optional.of(CompletableFuture.completedFuture(outcome));
                },
                clock,
                patience);
        open.add(server);
        return server;
    }

    private Delivery delivery(MockProducer<String, Frame> kafka) {
        var delivery =
                new BoundedDelivery(FramePublisher.through(kafka, new SimpleMeterRegistry(), 64, 32 << 20), clock);
        open.add(delivery);
        return delivery;
    }

    private HttpResponse<String> post(PushServer server, String path, byte[] body)
            throws IOException, InterruptedException {
        return http.send(to(server, path).POST(BodyPublishers.ofByteArray(body)).build(), BodyHandlers.ofString());
    }

    private static HttpRequest.Builder to(PushServer server, String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                .version(HttpClient.Version.HTTP_1_1);
    }

    private static byte[] head(String path, int length) {
        return ("POST " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: " + length + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }
}
