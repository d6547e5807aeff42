// SPDX-License-Identifier: Apache-2.0
package dev.sortline.console.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sortline.contract.MissingTopics;
import dev.sortline.contract.Topic;
import dev.sortline.loopback.EmbeddedBroker;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TopicTailIT {
    private static final Duration WITHIN = Duration.ofSeconds(20);
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    private final List<String> heard = new CopyOnWriteArrayList<>();
    private EmbeddedBroker broker;
    private Admin admin;
    private KafkaProducer<String, byte[]> producer;

    @BeforeEach
    void start() throws Exception {
        broker = EmbeddedBroker.start();
        admin = Admin.create(broker.clientProperties());
        producer = new KafkaProducer<>(broker.clientProperties(), new StringSerializer(), new ByteArraySerializer());
    }

    @AfterEach
    void stop() throws Exception {
        producer.close(Duration.ZERO);
        admin.close(Duration.ZERO);
        broker.close();
    }

    @Test
    void fromTheBeginningAllIsReadAndThenWhatComes() throws Exception {
        // Given
        MissingTopics.create(admin, EnumSet.of(Topic.LABELS));
        send(Topic.LABELS, "line-1", "before", NOON);

        // When
        try (var tail = tail(Topic.LABELS, From.BEGINNING)) {
            await().atMost(WITHIN).until(tail::caughtUp);
            send(Topic.LABELS, "line-1", "after", NOON);
            await().atMost(WITHIN).until(() -> heard.size() == 2);
        }

        // Then
        assertThat(heard).containsExactly("before", "after");
    }

    @Test
    void fromTheEndNothingIsReadOfWhatWasThere() throws Exception {
        // Given
        MissingTopics.create(admin, EnumSet.of(Topic.ANSWERS));
        send(Topic.ANSWERS, "line-1", "before", NOON);

        // When
        try (var tail = tail(Topic.ANSWERS, From.END)) {
            await().atMost(WITHIN).until(tail::caughtUp);
            send(Topic.ANSWERS, "line-1", "after", NOON);
            await().atMost(WITHIN).until(() -> !heard.isEmpty());
        }

        // Then
        assertThat(heard).containsExactly("after");
    }

    @Test
    void sinceATimeOnlyWhatIsNoOlderIsRead() throws Exception {
        // Given
        MissingTopics.create(admin, EnumSet.of(Topic.LABELS));
        send(Topic.LABELS, "line-1", "too old", NOON.minusSeconds(1));
        send(Topic.LABELS, "line-1", "just so", NOON);
        send(Topic.LABELS, "line-2", "another", NOON.plusSeconds(1));

        // When
        try (var tail = tail(Topic.LABELS, From.since(NOON))) {
            await().atMost(WITHIN).until(() -> tail.caughtUp() && heard.size() == 2);
        }

        // Then
        assertThat(heard).containsExactlyInAnyOrder("just so", "another");
    }

    @Test
    void topicThatIsMissingIsWaitedForAndThenReadWhole() throws Exception {
        // Given
        try (var tail = tail(Topic.OUTCOMES, From.END)) {
            await().atMost(WITHIN).until(() -> tail.reachable() && tail.caughtUp());

            // When
            MissingTopics.create(admin, EnumSet.of(Topic.OUTCOMES));
            send(Topic.OUTCOMES, "line-1", "first", NOON);

            // Then
            await().atMost(WITHIN).until(() -> heard.equals(List.of("first")));
        }
    }

    @Test
    void recordThatTheReaderFailsOnIsPassedOver() throws Exception {
        // Given
        MissingTopics.create(admin, EnumSet.of(Topic.LABELS));
        send(Topic.LABELS, "line-1", "bad", NOON);
        send(Topic.LABELS, "line-1", "good", NOON);

        // When
        try (var tail =
                TopicTail.start("test", broker.clientProperties(), Map.of(Topic.LABELS, From.BEGINNING), message -> {
                    String value = text(message.value());
                    if (value.equals("bad")) {
                        throw new IllegalStateException(value);
                    }
                    heard.add(value);
                })) {
            await().atMost(WITHIN).until(() -> tail.caughtUp() && !heard.isEmpty());
        }

        // Then
        assertThat(heard).containsExactly("good");
    }

    private TopicTail tail(Topic topic, From from) {
        return TopicTail.start(
                "test", broker.clientProperties(), Map.of(topic, from), message -> heard.add(text(message.value())));
    }

    private void send(Topic topic, String key, String value, Instant at) throws Exception {
        var message = new ProducerRecord<>(
                topic.topicName(), null, at.toEpochMilli(), key, value.getBytes(StandardCharsets.UTF_8));
        var unused = producer.send(message).get();
    }

    private static String text(byte[] value) {
        return new String(value, StandardCharsets.UTF_8);
    }
}
