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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TopicTailIT {
    private static final Duration WITHIN = Duration.ofSeconds(60);
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
        try (var tail = tail(Topic.LABELS, From.BEGINNING, ReadingPace.AT_ONCE, value -> {
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

    @Test
    void whatGathersIsReadAfterAWhileAndAtOnceWhereSomebodyIsInAHurry() throws Exception {
        // Given
        MissingTopics.create(admin, EnumSet.of(Topic.ANSWERS));
        var hurry = new AtomicBoolean();
        var pace = new ReadingPace(Duration.ofDays(1), hurry::get, ReadingPace.ALL);
        try (var tail = tail(Topic.ANSWERS, From.END, pace, heard::add)) {
            await().atMost(WITHIN).until(tail::caughtUp);
            send(Topic.ANSWERS, "line-1", "first", NOON);
            send(Topic.ANSWERS, "line-1", "second", NOON);
            send(Topic.ANSWERS, "line-1", "third", NOON);
            assertThat(heard).hasSizeLessThan(3);

            // When
            hurry.set(true);

            // Then
            await().atMost(WITHIN).until(() -> heard.equals(List.of("first", "second", "third")));
        }
    }

    @Test
    void olderRecordsThanTheNewestThatArePacedForArePassedOver() throws Exception {
        // Given
        MissingTopics.create(admin, EnumSet.of(Topic.LABELS));
        var hurry = new AtomicBoolean();
        var pace = new ReadingPace(Duration.ofDays(1), hurry::get, 2);
        var first = new CountDownLatch(1);
        send(Topic.LABELS, "line-1", "first", NOON);
        try (var tail = tail(Topic.LABELS, From.BEGINNING, pace, value -> {
            heard.add(value);
            first.countDown();
        })) {
            await().atMost(WITHIN).until(() -> tail.caughtUp() && first.getCount() == 0);

            // When
            for (int number = 0; number < 100; number++) {
                send(Topic.LABELS, "line-1", "number " + number, NOON);
            }
            hurry.set(true);

            // Then
            await().atMost(WITHIN).until(() -> heard.contains("number 99"));
            assertThat(heard).contains("number 98").hasSizeLessThan(101);
        }
    }

    private TopicTail tail(Topic topic, From from) {
        return tail(topic, from, ReadingPace.AT_ONCE, heard::add);
    }

    private TopicTail tail(Topic topic, From from, ReadingPace pace, Consumer<String> onValue) {
        Map<String, Object> kafka = new HashMap<>(broker.clientProperties());
        // What is sent by itself is fetched by itself.
        kafka.put("consumer.max.partition.fetch.bytes", 1);
        return TopicTail.start(
                "test", kafka, Map.of(topic, from), pace, message -> onValue.accept(text(message.value())));
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
