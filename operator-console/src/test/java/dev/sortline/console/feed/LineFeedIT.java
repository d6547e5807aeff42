// SPDX-License-Identifier: Apache-2.0
package dev.sortline.console.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sortline.contract.FrameAnswer;
import dev.sortline.contract.FrameAnswerSerde;
import dev.sortline.contract.GatewayStatus;
import dev.sortline.contract.GatewayStatusSerde;
import dev.sortline.contract.Heartbeat;
import dev.sortline.contract.HeartbeatSerde;
import dev.sortline.contract.ItemOutcome;
import dev.sortline.contract.ItemOutcomeSerde;
import dev.sortline.contract.MissingTopics;
import dev.sortline.contract.RoutingEvent;
import dev.sortline.contract.Topic;
import dev.sortline.loopback.EmbeddedBroker;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LineFeedIT {
    private static final Duration WITHIN = Duration.ofSeconds(40);
    private static final Instant AT = Instant.parse("2026-01-01T12:00:00Z");
    private static final RoutingEvent.Model MODEL = new RoutingEvent.Model("trash", "1");

    private final Heard heard = new Heard();
    private EmbeddedBroker broker;
    private KafkaProducer<String, byte[]> producer;

    @BeforeEach
    void start() throws Exception {
        broker = EmbeddedBroker.start();
        try (Admin admin = Admin.create(broker.clientProperties())) {
            MissingTopics.create(admin);
        }
        producer = new KafkaProducer<>(broker.clientProperties(), new StringSerializer(), new ByteArraySerializer());
    }

    @AfterEach
    void stop() throws Exception {
        producer.close(Duration.ZERO);
        broker.close();
    }

    @Test
    void everyKindReachesItsListenersAndWhatIsNoneIsPassedOver() throws Exception {
        // Given
        try (var feed = feed()) {
            await().atMost(WITHIN).until(feed::caughtUp);
            send(Topic.HEARTBEATS, "line-1", new byte[] {1}, new RecordHeaders());
            send(Topic.HEARTBEATS, "line-1", new byte[] {1}, headers("dev.sortline.something.v9"));
            send(Topic.HEARTBEATS, "line-1", new byte[] {1}, headers(Heartbeat.TYPE));

            // When
            send(Topic.HEARTBEATS, "line-1", new HeartbeatSerde().serializer(), heartbeat());
            send(Topic.HEARTBEATS, "gateway/g-1", new GatewayStatusSerde().serializer(), status());
            send(Topic.ANSWERS, "line-1", new FrameAnswerSerde().serializer(), answer());
            send(Topic.OUTCOMES, "line-1", new ItemOutcomeSerde().serializer(), outcome());

            // Then
            await().atMost(WITHIN).until(() -> heard.all.size() == 4);
            assertThat(heard.all).containsExactlyInAnyOrder(heartbeat(), status(), answer(), outcome());
        }
    }

    private LineFeed feed() {
        return LineFeed.start(broker.clientProperties(), InstantSource.system(), List.of(heard));
    }

    private static Heartbeat heartbeat() {
        return new Heartbeat("line-1", "c-1", MODEL, "plan", AT);
    }

    private static GatewayStatus status() {
        return new GatewayStatus("g-1", List.of("line-1"), false, List.of(), List.of(), AT);
    }

    private static FrameAnswer answer() {
        return new FrameAnswer("line-1", "line-1/c/1", "item-1", MODEL, true, Map.of("glass", 1.0), null, AT);
    }

    private static ItemOutcome outcome() {
        return new ItemOutcome("line-1", "item-1", "g-1", "fired", 1, AT);
    }

    private static Headers headers(String type) {
        return new RecordHeaders().add("ce_type", type.getBytes(StandardCharsets.UTF_8));
    }

    private <E> void send(Topic topic, String key, Serializer<E> serializer, E event) throws Exception {
        var headers = new RecordHeaders();
        byte[] value = serializer.serialize(topic.topicName(), headers, event);
        send(topic, key, value, headers);
    }

    private void send(Topic topic, String key, byte[] value, Headers headers) throws Exception {
        var unused = producer.send(new ProducerRecord<>(topic.topicName(), null, null, key, value, headers))
                .get();
    }

    /** Keeps all that it hears of. */
    private static final class Heard implements FeedListener {
        private final List<Object> all = new CopyOnWriteArrayList<>();

        @Override
        public void routed(RoutingEvent event) {
            all.add(event);
        }

        @Override
        public void answered(FrameAnswer answer) {
            all.add(answer);
        }

        @Override
        public void settled(ItemOutcome outcome) {
            all.add(outcome);
        }

        @Override
        public void alive(Heartbeat heartbeat) {
            all.add(heartbeat);
        }

        @Override
        public void gateway(GatewayStatus status) {
            all.add(status);
        }
    }
}
