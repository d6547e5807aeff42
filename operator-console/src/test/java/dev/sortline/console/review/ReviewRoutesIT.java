// SPDX-License-Identifier: Apache-2.0
package dev.sortline.console.review;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sortline.console.Events;
import dev.sortline.console.ServedRoutes;
import dev.sortline.contract.ItemLabel;
import dev.sortline.contract.ItemLabelSerde;
import dev.sortline.contract.ReviewRequest;
import dev.sortline.contract.ReviewRequest.Cause;
import dev.sortline.contract.ReviewRequestSerde;
import dev.sortline.contract.Topic;
import dev.sortline.loopback.EmbeddedBroker;
import dev.sortline.loopback.TopicReader;
import dev.sortline.metrics.LineMetric;
import dev.sortline.sorting.BeltGeometry;
import dev.sortline.sorting.Line;
import dev.sortline.sorting.PlanEdition;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReviewRoutesIT {
    private static final int PARTITIONS = 3;
    private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");
    private static final List<String> LABELS = List.of("can", "green-glass", "white-glass", "empty");
    private static final Map<String, Line> LINES = Map.of(
            "line-1",
            new Line(
                    "line-1",
                    new BeltGeometry(1, 0, "R", null, null, Map.of()),
                    new PlanEdition("plan", "0123456789ab", Events.PLAN)));
    private static final String A = "/api/reviews/line-1/a";

    private SimpleMeterRegistry meters;
    private EmbeddedBroker broker;
    private KafkaProducer<String, ReviewRequest> producer;
    private ReviewRoutes routes;
    private ServedRoutes served;

    @BeforeEach
    void start() throws Exception {
        broker = EmbeddedBroker.start();
        try (Admin admin = Admin.create(broker.clientProperties())) {
            admin.createTopics(List.of(
                            new NewTopic(Topic.REVIEWS.topicName(), PARTITIONS, (short) 1)
                                    .configs(Map.of("max.message.bytes", "5242880")),
                            new NewTopic(Topic.LABELS.topicName(), PARTITIONS, (short) 1)
                                    .configs(Map.of("cleanup.policy", "compact"))))
                    .all()
                    .get();
        }
        Map<String, Object> properties = new HashMap<>(broker.clientProperties());
        properties.put("max.request.size", 5 << 20);
        producer = new KafkaProducer<>(properties, new StringSerializer(), new ReviewRequestSerde().serializer());
        serve(1 << 20);
    }

    private void serve(long shelfBytes) {
        meters = new SimpleMeterRegistry();
        routes = new ReviewRoutes(broker.clientProperties(), LINES, LABELS, () -> NOON, meters, shelfBytes);
        served = ServedRoutes.start(routes);
    }

    private void stopServing() {
        served.close();
        routes.close();
    }

    @AfterEach
    void stop() throws Exception {
        stopServing();
        producer.close();
        broker.close();
    }

    @Test
    void oldestOpenItemIsShownWithItsPicture() throws Exception {
        // Given
        ask(Cause.UNSURE, "b", 2, 100);
        ask(Cause.SAMPLE, "a", 1, 200);

        // When
        JsonNode list = awaitOpen(2);

        // Then
        JsonNode first = list.get("items").get(0);
        assertThat(first.get("item").textValue()).isEqualTo("a");
        assertThat(first.get("cause").textValue()).isEqualTo("sample");
        assertThat(first.get("decidedAt").textValue()).isEqualTo("2026-03-02T12:00:01Z");
        assertThat(first.get("probabilities").get("green-glass").doubleValue()).isEqualTo(0.9);
        var picture = served.get(first.get("image").textValue());
        assertThat(picture.body()).isEqualTo(picture(200));
        assertThat(picture.headers().firstValue("Content-Type")).hasValue("image/jpeg");
    }

    @Test
    void whatIsSaidIsPublishedAndClosesTheItem() throws Exception {
        // Given
        ask(Cause.SAMPLE, "a", 1, 100);
        awaitOpen(1);

        // When
        var answer = say("{\"said\":\"LABEL\",\"label\":\"white-glass\"}");

        // Then
        assertThat(answer.statusCode()).isEqualTo(204);
        JsonNode list = served.json("/api/reviews");
        assertThat(list.get("open").intValue()).isZero();
        assertThat(list.get("said").intValue()).isEqualTo(1);
        assertThat(list.get("purity").get("right").intValue()).isEqualTo(1);
        var word = published(1).get(0);
        assertThat(word.key()).isEqualTo("line-1/a");
        assertThat(word.value())
                .isEqualTo(new ItemLabel("line-1", "a", ItemLabel.Said.LABEL, "white-glass", "operator", NOON));
    }

    @Test
    void whatIsTakenBackOpensTheItemAgain() throws Exception {
        // Given
        ask(Cause.UNSURE, "a", 1, 100);
        awaitOpen(1);
        say("{\"said\":\"NOTHING\",\"label\":null}");

        // When
        var answer = served.ask("DELETE", A, "");

        // Then
        assertThat(answer.statusCode()).isEqualTo(204);
        assertThat(served.json("/api/reviews").get("open").intValue()).isEqualTo(1);
        assertThat(published(2).get(1).value()).isNull();
    }

    @Test
    void ofTwoReviewersTheLastWordCountsForBoth() throws Exception {
        // Given
        ask(Cause.SAMPLE, "a", 1, 100);
        awaitOpen(1);
        try (var othersRoutes = new ReviewRoutes(
                        broker.clientProperties(), LINES, LABELS, () -> NOON, new SimpleMeterRegistry(), 1 << 20);
                var other = ServedRoutes.start(othersRoutes)) {
            await().until(() -> other.get("/api/reviews").statusCode() == 200);
            say("{\"said\":\"LABEL\",\"label\":\"green-glass\"}");

            // When
            other.ask("PUT", A, "{\"said\":\"LABEL\",\"label\":\"can\"}");

            // Then
            await().untilAsserted(() -> {
                assertThat(served.json("/api/reviews")
                                .get("purity")
                                .get("right")
                                .intValue())
                        .isZero();
                assertThat(other.json("/api/reviews")).isEqualTo(served.json("/api/reviews"));
            });
        }
    }

    @Test
    void pictureThatFellOutOfMemoryIsReadAgain() throws Exception {
        // Given
        stopServing();
        serve(150);
        ask(Cause.UNSURE, "a", 1, 100);
        ask(Cause.UNSURE, "b", 2, 101);
        ask(Cause.UNSURE, "c", 3, 102);
        awaitOpen(3);

        // When
        var pictures = List.of(
                served.get(A + "/image").body(),
                served.get("/api/reviews/line-1/b/image").body(),
                served.get(A + "/image").body());

        // Then
        assertThat(pictures).containsExactly(picture(100), picture(101), picture(100));
    }

    @Test
    void largePictureIsReadAgainWhole() throws Exception {
        // Given
        stopServing();
        serve(150);
        ask(Cause.UNSURE, "a", 1, 3 << 20);
        awaitOpen(1);

        // When
        var answer = served.get(A + "/image");

        // Then
        assertThat(answer.body()).hasSize(3 << 20);
    }

    @Test
    void pictureThatTheTopicHoldsNoLongerIsNotThere() throws Exception {
        // Given
        stopServing();
        serve(1);
        ask(Cause.UNSURE, "a", 1, 100);
        awaitOpen(1);
        var partition = new TopicPartition(Topic.REVIEWS.topicName(), Topic.partitionOf("line-1", PARTITIONS));
        try (Admin admin = Admin.create(broker.clientProperties())) {
            admin.deleteRecords(Map.of(partition, RecordsToDelete.beforeOffset(1)))
                    .all()
                    .get();
        }

        // When
        var answer = served.get(A + "/image");

        // Then
        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(ServedRoutes.json(answer).get("code").textValue()).isEqualTo("not-found");
    }

    @Test
    void nextRunOfTheConsoleKnowsAllAgain() throws Exception {
        // Given
        ask(Cause.SAMPLE, "a", 1, 100);
        ask(Cause.UNSURE, "b", 2, 100);
        ask(Cause.UNSURE, "c", 3, 100);
        awaitOpen(3);
        say("{\"said\":\"LABEL\",\"label\":\"green-glass\"}");
        served.ask("PUT", "/api/reviews/line-1/b", "{\"said\":\"SEVERAL_ITEMS\",\"label\":null}");
        served.ask("DELETE", "/api/reviews/line-1/b", "");
        JsonNode before = served.json("/api/reviews");
        double right = right();
        stopServing();

        // When
        serve(1 << 20);

        // Then
        assertThat(awaitOpen(2)).isEqualTo(before);
        assertThat(right()).isEqualTo(right).isEqualTo(1);
    }

    @Test
    void whatNobodyCanMeanIsRefused() throws Exception {
        // Given
        ask(Cause.UNSURE, "a", 1, 100);
        awaitOpen(1);

        // When
        var answers = List.of(
                say("{\"said\":\"LABEL\",\"label\":\"unicorn\"}"),
                say("{\"said\":\"LABEL\",\"label\":null}"),
                say("{\"said\":\"NOTHING\",\"label\":\"can\"}"),
                say("{\"said\":\"MAYBE\",\"label\":null}"),
                say("{}"),
                say("rubbish"),
                served.get("/api/reviews?limit=0"),
                served.get("/api/reviews?limit=many"));

        // Then
        assertThat(answers).extracting(answer -> answer.statusCode()).containsOnly(400);
        assertThat(answers)
                .extracting(answer -> ServedRoutes.json(answer).get("code").textValue())
                .containsOnly("bad-request");
    }

    @Test
    void ofAnItemThatIsNotThereNothingIsSaid() {
        // Given
        await().until(() -> served.get("/api/reviews").statusCode() == 200);

        // When
        var answer = served.ask("PUT", "/api/reviews/line-1/none", "{\"said\":\"NOTHING\"}");

        // Then
        assertThat(answer.statusCode()).isEqualTo(404);
    }

    /** As Prometheus is told. */
    private double right() {
        return meters
                .get(LineMetric.REVIEWED_ITEMS.meterName())
                .tags("cause", "sample", "label", "green-glass", "answer", "right")
                .gauges()
                .stream()
                .mapToDouble(Gauge::value)
                .sum();
    }

    private HttpResponse<byte[]> say(String body) {
        return served.ask("PUT", A, body);
    }

    private JsonNode awaitOpen(int open) {
        await().until(() -> {
            var answer = served.get("/api/reviews");
            return answer.statusCode() == 200
                    && ServedRoutes.json(answer).get("open").intValue() == open;
        });
        return served.json("/api/reviews");
    }

    private void ask(Cause cause, String item, long second, int bytes) throws Exception {
        var request = new ReviewRequest(
                Events.glass("line-1", item, NOON.plusSeconds(second)), cause, "image/jpeg", picture(bytes));
        producer.send(new ProducerRecord<>(Topic.REVIEWS.topicName(), "line-1", request))
                .get();
    }

    private List<ConsumerRecord<String, ItemLabel>> published(int count) {
        List<ConsumerRecord<String, ItemLabel>> words = new CopyOnWriteArrayList<>();
        try (var reader = TopicReader.fromItsBeginning(
                broker.clientProperties(),
                Topic.LABELS.topicName(),
                new LabelOrNothing(),
                (message, at) -> words.add(message))) {
            await().until(() -> words.size() == count);
        }
        return words;
    }

    /** A record without a value is a word taken back. */
    private static final class LabelOrNothing implements Deserializer<ItemLabel> {
        private final Deserializer<ItemLabel> labels = new ItemLabelSerde().deserializer();

        @Override
        public ItemLabel deserialize(String topic, byte[] data) {
            throw new UnsupportedOperationException();
        }

        @Override
        public ItemLabel deserialize(String topic, Headers headers, byte[] data) {
            return data == null ? null : labels.deserialize(topic, headers, data);
        }
    }

    private static byte[] picture(int bytes) {
        byte[] picture = new byte[bytes];
        picture[0] = (byte) 0xFF;
        picture[1] = (byte) 0xD8;
        picture[2] = (byte) 0xFF;
        return picture;
    }
}
