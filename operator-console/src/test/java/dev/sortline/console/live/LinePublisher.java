// SPDX-License-Identifier: Apache-2.0
package dev.sortline.console.live;

import dev.sortline.contract.Frame;
import dev.sortline.contract.FrameSerializer;
import dev.sortline.contract.GatewayStatus;
import dev.sortline.contract.GatewayStatusSerde;
import dev.sortline.contract.Heartbeat;
import dev.sortline.contract.HeartbeatSerde;
import dev.sortline.contract.ItemOutcome;
import dev.sortline.contract.ItemOutcomeSerde;
import dev.sortline.contract.RoutingEvent;
import dev.sortline.contract.RoutingEventSerde;
import dev.sortline.contract.Topic;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Publishes what cameras, classifiers and gateways do. */
final class LinePublisher implements AutoCloseable {
    private final FrameSerializer frames = new FrameSerializer();
    private final Serializer<RoutingEvent> events = new RoutingEventSerde().serializer();
    private final Serializer<ItemOutcome> outcomes = new ItemOutcomeSerde().serializer();
    private final Serializer<Heartbeat> heartbeats = new HeartbeatSerde().serializer();
    private final Serializer<GatewayStatus> statuses = new GatewayStatusSerde().serializer();
    private final KafkaProducer<String, byte[]> producer;

    LinePublisher(Map<String, Object> kafka) {
        producer = new KafkaProducer<>(kafka, new StringSerializer(), new ByteArraySerializer());
    }

    void publish(Frame frame) {
        send(Topic.FRAMES, frame.lineId(), frames, frame);
    }

    void publish(RoutingEvent event) {
        send(Topic.ACTUATIONS, event.lineId(), events, event);
    }

    void publish(ItemOutcome outcome) {
        send(Topic.OUTCOMES, outcome.lineId(), outcomes, outcome);
    }

    void publish(Heartbeat heartbeat) {
        send(Topic.HEARTBEATS, heartbeat.lineId(), heartbeats, heartbeat);
    }

    void publish(GatewayStatus status) {
        send(Topic.HEARTBEATS, status.key(), statuses, status);
    }

    private <E> void send(Topic topic, String key, Serializer<E> serializer, E event) {
        var headers = new RecordHeaders();
        byte[] value = serializer.serialize(topic.topicName(), headers, event);
        var unused = producer.send(new ProducerRecord<>(topic.topicName(), null, key, value, headers));
    }

    @Override
    public void close() {
        producer.close(Duration.ZERO);
    }
}
