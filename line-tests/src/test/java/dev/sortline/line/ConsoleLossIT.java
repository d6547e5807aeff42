// SPDX-License-Identifier: Apache-2.0
package dev.sortline.line;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.sortline.classifier.model.ModelPackage;
import dev.sortline.contract.Decision;
import dev.sortline.contract.ItemLabel;
import dev.sortline.contract.ReviewRequest;
import dev.sortline.contract.ReviewRequest.Cause;
import dev.sortline.contract.ReviewRequestSerde;
import dev.sortline.contract.RoutingEvent;
import dev.sortline.contract.RoutingEventSerde;
import dev.sortline.contract.Topic;
import dev.sortline.line.peers.RoleProcess;
import dev.sortline.line.peers.Samples;
import dev.sortline.line.peers.TestLineFile;
import dev.sortline.line.peers.TopicLog;
import dev.sortline.loopback.EmbeddedBroker;
import dev.sortline.loopback.LoopbackPort;
import dev.sortline.loopback.PrometheusText;
import dev.sortline.process.TopicSetup;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code sortline console} is killed, and started again: what it shows lies in topics, so it is there again, each thing once. */
@Timeout(180)
class ConsoleLossIT {
    private static final Duration SOON = Duration.ofMinutes(1);
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(10);
    private static final String LINE = "line-1";
    private static final int ITEMS = 20;
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final JsonMapper JSON = new JsonMapper();
    /** That of which the page tells the drift. */
    private static final RoutingEvent.Model MODEL = model(ModelPackage.load(Samples.model()));

    private final byte[] picture = Samples.picture("glass");
    /** Of the events that are there before the loss; the model's figures are of an hour. */
    private final Instant began = Instant.now().minusSeconds(600).truncatedTo(ChronoUnit.SECONDS);

    private int page;
    private EmbeddedBroker broker;
    private KafkaProducer<String, RoutingEvent> events;
    private KafkaProducer<String, ReviewRequest> requests;
    private TopicLog<byte[]> words;
    private String lineFile;
    private RoleProcess console;

    @TempDir
    private Path folder;

    @BeforeEach
    void start() throws Exception {
        page = LoopbackPort.free();
        broker = EmbeddedBroker.start();
        TopicSetup.createMissing(broker.clientProperties());
        events = new KafkaProducer<>(
                broker.clientProperties(), new StringSerializer(), new RoutingEventSerde().serializer());
        requests = new KafkaProducer<>(
                broker.clientProperties(), new StringSerializer(), new ReviewRequestSerde().serializer());
        words = new TopicLog<>(broker, Topic.LABELS.topicName(), new ByteArrayDeserializer());
        lineFile = TestLineFile.of(broker.bootstrapServers(), List.of(LINE), 1.0, LoopbackPort.free())
                + "console: { port: %d }%n".formatted(page);
        console = RoleProcess.start("console", lineFile, folder);
    }

    @AfterEach
    void stop() throws Exception {
        console.close();
        words.close();
        requests.close();
        events.close();
        broker.close();
    }

    @Test
    void reviewsReportAndModelsFiguresAreThereAgainAndNothingIsThereTwice() throws Exception {
        // Given
        for (int item = 0; item < ITEMS; item++) {
            route("item-" + item, began.plusSeconds(item));
        }
        // As a classifier does that was killed before it knew that its event was out.
        route("item-0", began);
        for (String item : List.of("a", "b", "c", "d")) {
            ask(item, Cause.SAMPLE);
        }
        awaitReviews(4, 0);
        say("a", "glass");
        say("b", "glass");
        // Somebody thinks again: once of what it is, once of whether to say it.
        say("b", "metal");
        say("c", "glass");
        takeBack("c");
        JsonNode reviews = awaitReviews(2, 2);
        JsonNode report = json(shift());
        Map<String, Double> reviewed = reviewed();

        // When
        console.kill();
        ask("e", Cause.UNSURE);
        route("item-while-away", began.plusSeconds(120));
        console = RoleProcess.start("console", lineFile, folder);

        // Then
        JsonNode after = awaitReviews(3, 2);
        assertThat(after.get("purity")).isEqualTo(reviews.get("purity"));
        assertThat(after.get("purity").get("items").intValue()).isEqualTo(2);
        assertThat(after.get("items").findValuesAsText("item")).containsExactly("c", "d", "e");
        assertThat(json(shift())).isEqualTo(report);
        assertThat(report.get("lines").get(0).get("items").intValue()).isEqualTo(ITEMS);
        await().atMost(SOON).untilAsserted(() -> assertThat(
                        json("/api/model").get("drift").get("items").intValue())
                .isEqualTo(ITEMS + 1));
        assertThat(reviewed()).isEqualTo(reviewed).containsValues(1.0);
        assertThat(words.records())
                .extracting(ConsumerRecord::key)
                .containsExactlyInAnyOrder(key("a"), key("b"), key("b"), key("c"), key("c"));
    }

    @Test
    void everyWordThatThePageHasTakenStandsAfterAKillBetweenTwoOfThem() throws Exception {
        // Given
        List<String> items =
                IntStream.range(0, 100).mapToObj(item -> "item-" + item).toList();
        for (String item : items) {
            ask(item, Cause.SAMPLE);
        }
        awaitReviews(items.size(), 0);
        Set<String> taken = ConcurrentHashMap.newKeySet();
        var reviewer = new Thread(() -> sayAll(items, taken), "reviewer");
        reviewer.start();
        await().atMost(SOON).until(() -> taken.size() > 20);

        // When
        console.kill();
        reviewer.join();
        console = RoleProcess.start("console", lineFile, folder);

        // Then
        awaitPage().until(() -> get("/api/reviews").statusCode() == 200);
        Set<String> standing = new HashSet<>();
        words.records().forEach(word -> standing.add(word.key()));
        assertThat(taken).hasSizeBetween(21, items.size() - 1);
        assertThat(standing).containsAll(taken.stream().map(ConsoleLossIT::key).toList());
        // One may have been on its way, and nobody was told.
        assertThat(standing.size() - taken.size()).isBetween(0, 1);
        assertThat(words.records()).hasSameSizeAs(standing);
        assertThat(json("/api/reviews").get("said").intValue()).isEqualTo(standing.size());
    }

    /** Until the page is gone. */
    private void sayAll(List<String> items, Set<String> taken) {
        for (String item : items) {
            try {
                say(item, "glass");
                taken.add(item);
            } catch (IOException e) {
                return;
            }
        }
    }

    private JsonNode awaitReviews(int open, int said) {
        awaitPage().untilAsserted(() -> {
            JsonNode reviews = json("/api/reviews");
            assertThat(reviews.get("open").intValue()).isEqualTo(open);
            assertThat(reviews.get("said").intValue()).isEqualTo(said);
        });
        try {
            return json("/api/reviews");
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Nobody answers before it is up. */
    private static ConditionFactory awaitPage() {
        return await().atMost(SOON).ignoreExceptionsInstanceOf(IOException.class);
    }

    /** A report of the time before the loss alone. */
    private String shift() {
        return "/api/report?from=%s&to=%s".formatted(began.minusSeconds(60), began.plusSeconds(60));
    }

    /** What Prometheus is told of reviewed items, without those of which there is none. */
    private Map<String, Double> reviewed() {
        Map<String, Double> counts = new TreeMap<>();
        await().atMost(SOON).untilAsserted(() -> {
            counts.clear();
            PrometheusText.series(console.get("/metrics")).stream()
                    .filter(series -> series.name().equals("sortline_reviewed_items") && series.value() != 0)
                    .forEach(series -> counts.put(new TreeMap<>(series.labels()).toString(), series.value()));
            assertThat(counts).hasSize(2).doesNotContainValue(Double.NaN);
        });
        return counts;
    }

    private void say(String item, String label) throws IOException {
        String body = "{\"said\":\"LABEL\",\"label\":\"%s\"}".formatted(label);
        assertThat(send("PUT", "/api/reviews/" + key(item), body).statusCode()).isEqualTo(204);
    }

    private void takeBack(String item) throws IOException {
        assertThat(send("DELETE", "/api/reviews/" + key(item), "").statusCode()).isEqualTo(204);
    }

    private JsonNode json(String path) throws IOException {
        var answer = get(path);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body());
    }

    private HttpResponse<String> get(String path) throws IOException {
        return send("GET", path, "");
    }

    private HttpResponse<String> send(String method, String path, String body) throws IOException {
        try {
            return HTTP.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + page + path))
                            .timeout(ANSWER_WITHIN)
                            .header("X-Sortline", "1")
                            .header("Content-Type", "application/json")
                            .method(method, BodyPublishers.ofString(body, StandardCharsets.UTF_8))
                            .build(),
                    BodyHandlers.ofString());
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static String key(String item) {
        return ItemLabel.key(LINE, item);
    }

    private void route(String item, Instant decidedAt) throws Exception {
        publish(events, Topic.ACTUATIONS, event(item, decidedAt), decidedAt);
    }

    private void ask(String item, Cause cause) throws Exception {
        Instant decidedAt = began.plusSeconds(item.charAt(0));
        var request = new ReviewRequest(event(item, decidedAt), cause, "image/jpeg", picture);
        publish(requests, Topic.REVIEWS, request, decidedAt);
    }

    private <V> void publish(KafkaProducer<String, V> producer, Topic topic, V value, Instant at) throws Exception {
        producer.send(new ProducerRecord<>(topic.topicName(), null, at.toEpochMilli(), LINE, value))
                .get();
    }

    private static RoutingEvent.Model model(ModelPackage shipped) {
        return new RoutingEvent.Model(shipped.name(), shipped.version());
    }

    private static RoutingEvent event(String item, Instant decidedAt) {
        return new RoutingEvent(
                LINE,
                item,
                List.of(LINE + "/camera-1/" + item),
                Decision.SORT,
                "glass",
                "glass",
                "glass",
                1,
                0.9,
                0.8,
                null,
                Map.of("glass", 0.9, "metal", 0.1),
                decidedAt.minusMillis(20),
                decidedAt,
                decidedAt.plusSeconds(1),
                decidedAt.plusSeconds(1),
                null,
                MODEL,
                "six-fractions",
                null,
                null,
                null,
                new RoutingEvent.StageMicros(1, 1, 1, 1));
    }
}
