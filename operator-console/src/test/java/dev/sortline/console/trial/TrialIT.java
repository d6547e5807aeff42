// SPDX-License-Identifier: Apache-2.0
package dev.sortline.console.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sortline.classifier.image.ImageBounds;
import dev.sortline.console.Events;
import dev.sortline.console.feed.LineFeed;
import dev.sortline.console.web.ConsoleServer;
import dev.sortline.console.web.Gate;
import dev.sortline.console.web.Json;
import dev.sortline.console.web.Passwords;
import dev.sortline.contract.Decision;
import dev.sortline.contract.Frame;
import dev.sortline.contract.FrameAnswer;
import dev.sortline.contract.FrameAnswerSerde;
import dev.sortline.contract.FrameDeserializer;
import dev.sortline.contract.MissingTopics;
import dev.sortline.contract.RoutingEvent;
import dev.sortline.contract.RoutingEventSerde;
import dev.sortline.contract.Topic;
import dev.sortline.loopback.EmbeddedBroker;
import dev.sortline.loopback.TopicReader;
import dev.sortline.sorting.BeltGeometry;
import dev.sortline.sorting.Line;
import dev.sortline.sorting.PlanEdition;
import dev.sortline.sorting.PlanInForce;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.assertj.core.data.Offset;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Photos by HTTP, a real broker, and a classifier that says what it is told to. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TrialIT {
    private static final Duration WITHIN = Duration.ofSeconds(60);
    private static final String LINE = "try";
    private static final byte[] JPEG = {(byte) 0xFF, (byte) 0xD8, (byte) 0xFF, 1};
    private static final RoutingEvent.Model MODEL = new RoutingEvent.Model("waste", "1");
    private static final RoutingEvent.Model OTHER = new RoutingEvent.Model("waste-b", "2");
    private static final Map<String, Double> GLASS =
            Map.of("green-glass", 0.8, "white-glass", 0.1, "can", 0.06, "empty", 0.04);
    private static final Map<String, Double> EMPTY =
            Map.of("green-glass", 0.1, "white-glass", 0.0, "can", 0.0, "empty", 0.9);

    private final HttpClient client = HttpClient.newHttpClient();
    private final List<Frame> frames = new CopyOnWriteArrayList<>();
    private volatile Consumer<Frame> classifier = frame -> {};
    private EmbeddedBroker broker;
    private KafkaProducer<String, byte[]> producer;
    private TopicReader<Frame> reader;
    private TrialRoutes trials;
    private LineFeed feed;
    private ConsoleServer server;

    @BeforeAll
    void start() throws Exception {
        broker = EmbeddedBroker.start();
        Map<String, Object> kafka = broker.clientProperties();
        try (Admin admin = Admin.create(kafka)) {
            MissingTopics.create(admin);
        }
        producer = new KafkaProducer<>(kafka, new StringSerializer(), new ByteArraySerializer());
        reader = TopicReader.fromNowOn(
                kafka, Topic.FRAMES.topicName(), new FrameDeserializer(), (message, at) -> classify(message.value()));
        var plan = new PlanInForce(new PlanEdition("materials", "000000000001", Events.PLAN));
        var line = new Line(LINE, new BeltGeometry(1, 0, "R", null, null, Map.of()), plan);
        trials = new TrialRoutes(kafka, Optional.of(line), List.of(plan), true, InstantSource.system());
        var gate = new Gate(Passwords.of(Optional.empty(), Optional.empty()), InstantSource.system(), false);
        server = ConsoleServer.start(new ConsoleServer.Place("127.0.0.1", 0, Optional.empty()), gate, List.of(trials));
        feed = LineFeed.start(kafka, InstantSource.system(), List.of(trials.listener()));
        await().atMost(WITHIN).until(() -> feed.caughtUp());
    }

    @AfterAll
    void stop() throws Exception {
        feed.close();
        server.close();
        trials.close();
        reader.close();
        producer.close(Duration.ZERO);
        broker.close();
    }

    @BeforeEach
    void forget() {
        frames.clear();
        classifier = frame -> {};
    }

    private void classify(Frame frame) {
        frames.add(frame);
        classifier.accept(frame);
    }

    @Test
    void photoIsAnsweredWithWhatTheLineDecidesAndEachPlanWould() throws Exception {
        // Given
        classifier = frame -> {
            publish(answer(frame, MODEL, false, GLASS));
            publish(event(frame));
        };

        // When
        var answer = attempt("camera=a-1", "image/jpeg", JPEG);

        // Then
        assertThat(answer.statusCode()).isEqualTo(200);
        JsonNode told = Json.mapper().readTree(answer.body());
        Frame frame = frames.get(0);
        assertThat(frame.lineId()).isEqualTo(LINE);
        assertThat(frame.cameraId()).isEqualTo("try-a-1");
        assertThat(frame.image()).isEqualTo(JPEG);
        assertThat(told.path("id").asText()).isEqualTo(frame.itemId());
        assertThat(told.path("seen").asText()).isEqualTo("item");
        assertThat(told.path("event").path("fraction").asText()).isEqualTo("glass");
        assertThat(told.path("probabilities").path("green-glass").asDouble()).isEqualTo(0.8);
        assertThat(told.path("judgements").path(0).path("decision").asText()).isEqualTo("SORT");
        assertThat(told.path("judgements").path(0).path("confidence").asDouble())
                .isCloseTo(0.9, Offset.offset(1e-9));
        assertThat(told.path("judgements").path(0).path("rival").asText()).isEqualTo("metal");
        assertThat(told.path("micros").path("decode").asLong()).isEqualTo(2000);
        assertThat(told.path("micros").path("total").asLong()).isPositive();
        assertThat(told.path("shadow").isNull()).isTrue();
    }

    @Test
    void eventAloneIsAnswerEnough() throws Exception {
        // Given
        classifier = frame -> publish(event(frame));

        // When
        var answer = attempt("camera=a", "image/jpeg", JPEG);

        // Then
        assertThat(answer.body()).contains("\"seen\":\"item\"", "\"model\":{\"name\":\"waste\",\"version\":\"1\"}");
    }

    @Test
    void emptyBeltHasNoEventAndNoJudgement() throws Exception {
        // Given
        classifier = frame -> publish(answer(frame, MODEL, false, EMPTY));

        // When
        var answer = attempt("camera=a", "image/jpeg", JPEG);

        // Then
        assertThat(answer.body())
                .contains("\"seen\":\"empty\"", "\"event\":null", "\"judgements\":[]", "\"queue\":null");
    }

    @Test
    void secondModelsAnswerComesAlongWhenItIsThere() throws Exception {
        // Given
        classifier = frame -> {
            publish(answer(frame, OTHER, true, EMPTY));
            await().atMost(WITHIN)
                    .until(() ->
                            get("/api/trials/" + frame.itemId() + "/shadow").statusCode() == 200);
            publish(event(frame));
        };

        // When
        var answer = attempt("camera=a", "image/jpeg", JPEG);

        // Then
        assertThat(Json.mapper().readTree(answer.body()).path("shadow").toString())
                .contains("\"name\":\"waste-b\"", "\"seen\":\"empty\"", "\"judgements\":[]");
    }

    @Test
    void secondModelsAnswerThatComesLaterCanBeAskedFor() throws Exception {
        // Given
        classifier = frame -> publish(event(frame));
        var answer = attempt("camera=a", "image/jpeg", JPEG);
        String path = "/api/trials/"
                + Json.mapper().readTree(answer.body()).path("id").asText() + "/shadow";
        assertThat(get(path).statusCode()).isEqualTo(404);

        // When
        publish(answer(frames.get(0), OTHER, true, GLASS));

        // Then
        await().atMost(WITHIN).until(() -> get(path).statusCode() == 200);
        assertThat(get(path).body()).contains("\"seen\":\"item\"", "\"plan\":\"materials\"");
    }

    @Test
    void photoThatCannotBeReadIsToldWithTheReason() throws Exception {
        // Given
        classifier = frame -> publish(unreadable(frame, "the image is cut off"));

        // When
        var answer = attempt("camera=a", "image/jpeg", JPEG);

        // Then
        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body()).isEqualTo("{\"code\":\"unreadable\",\"detail\":\"the image is cut off\"}");
    }

    @Test
    void classifierThatDoesNotAnswerIsToldAfterFiveSeconds() throws Exception {
        // When
        var answer = attempt("camera=a", "image/jpeg", JPEG);

        // Then
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body()).contains("line-away");
    }

    @ParameterizedTest
    @CsvSource({
        "camera=a, image/gif, 415",
        "camera=a, text/html, 415",
        "camera=a, image/png, 415",
        "camera=a_b, image/jpeg, 400",
        "camera=, image/jpeg, 400",
        "x=y, image/jpeg, 400"
    })
    void whatIsNoPhotoIsRefusedBeforeAnybodyHearsOfIt(String query, String type, int status) throws Exception {
        // Given
        byte[] text = "GIF89a".getBytes(StandardCharsets.US_ASCII);

        // When
        var answer = attempt(query, type, text);

        // Then
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(frames).isEmpty();
    }

    @Test
    void photoThatIsTooLargeIsRefused() throws Exception {
        // Given
        byte[] large = new byte[ImageBounds.DEFAULT.maxBytes() + 1];

        // When
        var answer = attempt("camera=a", "image/jpeg", large);

        // Then
        assertThat(answer.statusCode()).isEqualTo(413);
    }

    private HttpResponse<String> attempt(String query, String type, byte[] body) throws Exception {
        return client.send(
                HttpRequest.newBuilder(URI.create("http://localhost:" + server.port() + "/api/trials?" + query))
                        .timeout(WITHIN)
                        .header("X-Sortline", "1")
                        .header("Content-Type", type)
                        .POST(BodyPublishers.ofByteArray(body))
                        .build(),
                BodyHandlers.ofString());
    }

    private HttpResponse<String> get(String path) throws Exception {
        return client.send(
                HttpRequest.newBuilder(URI.create("http://localhost:" + server.port() + path))
                        .timeout(WITHIN)
                        .build(),
                BodyHandlers.ofString());
    }

    private static FrameAnswer answer(
            Frame frame, RoutingEvent.Model model, boolean shadow, Map<String, Double> probabilities) {
        return new FrameAnswer(frame.lineId(), frame.id(), frame.item(), model, shadow, probabilities, null, now());
    }

    private static RoutingEvent event(Frame frame) {
        return event(frame, Decision.SORT, "green-glass", GLASS, null);
    }

    private static RoutingEvent unreadable(Frame frame, String reason) {
        return event(frame, Decision.UNREADABLE, null, Map.of(), reason);
    }

    private static RoutingEvent event(
            Frame frame,
            Decision decision,
            @Nullable String label,
            Map<String, Double> probabilities,
            @Nullable String reason) {
        boolean classified = label != null;
        return new RoutingEvent(
                frame.lineId(),
                frame.item(),
                List.of(frame.id()),
                decision,
                label,
                classified ? "glass" : null,
                "G",
                null,
                classified ? 0.9 : null,
                classified ? 0.85 : null,
                null,
                probabilities,
                frame.capturedAt(),
                now(),
                null,
                null,
                null,
                MODEL,
                "materials",
                "000000000001",
                reason,
                null,
                new RoutingEvent.StageMicros(1000, 2000, 3000, 4));
    }

    private static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MILLIS);
    }

    private void publish(RoutingEvent event) {
        publish(Topic.ACTUATIONS, new RoutingEventSerde().serializer(), event);
    }

    private void publish(FrameAnswer answer) {
        publish(Topic.ANSWERS, new FrameAnswerSerde().serializer(), answer);
    }

    private <E> void publish(Topic topic, Serializer<E> serializer, E event) {
        var headers = new RecordHeaders();
        byte[] value = serializer.serialize(topic.topicName(), headers, event);
        var unused = producer.send(new ProducerRecord<>(topic.topicName(), null, null, LINE, value, headers));
    }
}
