// SPDX-License-Identifier: Apache-2.0
package dev.sortline.gateway.reading;

import dev.sortline.contract.ClientProperties;
import dev.sortline.contract.EventType;
import dev.sortline.contract.GatewayStatus;
import dev.sortline.contract.Heartbeat;
import dev.sortline.contract.HeartbeatSerde;
import dev.sortline.contract.Topic;
import dev.sortline.gateway.firing.GatewayMetrics;
import io.micrometer.core.instrument.binder.kafka.KafkaClientMetrics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Reads the heartbeats of all lines, from those on that are sent now: what was sent before proves nothing. */
public final class HeartbeatReader implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(500);

    private final KafkaConsumer<String, byte[]> consumer;
    private final KafkaClientMetrics ofConsumer;
    private final EventIntake<Heartbeat> heartbeats;
    private final Consumer<Heartbeat> onHeartbeat;
    private final ReadingLoop loop;

    /**
     * @param onHeartbeat gets each, on the reader's own thread
     * @param onFailure is told when reading has ended for good
     */
    public HeartbeatReader(
            Map<String, Object> kafka,
            GatewayMetrics metrics,
            Consumer<Heartbeat> onHeartbeat,
            Consumer<Throwable> onFailure) {
        Map<String, Object> properties = ClientProperties.CONSUMER.of(kafka);
        properties.remove(ConsumerConfig.GROUP_ID_CONFIG);
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "latest");
        properties.put(ConsumerConfig.ENABLE_METRICS_PUSH_CONFIG, false);
        consumer = new KafkaConsumer<>(properties, new StringDeserializer(), new ByteArrayDeserializer());
        ofConsumer = metrics.show(consumer);
        heartbeats =
                new EventIntake<>(Topic.HEARTBEATS, new HeartbeatSerde().deserializer(), Heartbeat::lineId, metrics);
        this.onHeartbeat = onHeartbeat;
        loop = new ReadingLoop(Topic.HEARTBEATS.topicName(), consumer::wakeup, new Heartbeats(), onFailure);
        metrics.watch("reading_heartbeats", loop.turns());
    }

    /** Reads until {@link #close}. Returns at once. */
    public void start() {
        loop.start();
    }

    private void take(ConsumerRecord<String, byte[]> message) {
        // What gateways say of themselves is none of this one's business.
        if (!EventType.is(GatewayStatus.TYPE, message.headers())) {
            heartbeats.take(message, onHeartbeat);
        }
    }

    @Override
    public void close() {
        loop.close();
    }

    private final class Heartbeats implements ReadingLoop.Reading {
        @Override
        public void read() {
            if (consumer.assignment().isEmpty()) {
                var partitions = consumer.partitionsFor(Topic.HEARTBEATS.topicName()).stream()
                        .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                        .toList();
                consumer.assign(partitions);
                consumer.seekToEnd(partitions);
            }
            consumer.poll(POLL).forEach(HeartbeatReader.this::take);
        }

        @Override
        public void beginAnew() {
            // What has come meanwhile proves as little as what was there at the start.
            consumer.assign(List.of());
        }

        @Override
        public void end() {
            ofConsumer.close();
            consumer.close();
        }
    }
}
