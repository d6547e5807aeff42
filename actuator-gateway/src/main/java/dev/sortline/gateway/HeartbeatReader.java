// SPDX-License-Identifier: Apache-2.0
package dev.sortline.gateway;

import dev.sortline.contract.BadEnvelopeException;
import dev.sortline.contract.Heartbeat;
import dev.sortline.contract.HeartbeatSerde;
import dev.sortline.contract.Topic;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the heartbeats of all lines, from those on that are sent now: what was sent before proves nothing. */
final class HeartbeatReader implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HeartbeatReader.class);
    private static final Duration POLL = Duration.ofMillis(500);

    private final KafkaConsumer<String, byte[]> consumer;
    private final Deserializer<Heartbeat> heartbeats = new HeartbeatSerde().deserializer();
    private final Consumer<Heartbeat> onHeartbeat;
    private final Consumer<Throwable> onFailure;
    private final Thread thread = new Thread(this::run, "heartbeats");

    /**
     * @param onHeartbeat gets each, on the reader's own thread
     * @param onFailure is told when reading has ended for good
     */
    HeartbeatReader(Map<String, Object> kafka, Consumer<Heartbeat> onHeartbeat, Consumer<Throwable> onFailure) {
        Map<String, Object> properties = new HashMap<>(kafka);
        properties.remove(ConsumerConfig.GROUP_ID_CONFIG);
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "latest");
        properties.put(ConsumerConfig.ENABLE_METRICS_PUSH_CONFIG, false);
        consumer = new KafkaConsumer<>(properties, new StringDeserializer(), new ByteArrayDeserializer());
        this.onHeartbeat = onHeartbeat;
        this.onFailure = onFailure;
    }

    void start() {
        thread.start();
    }

    private void run() {
        try (consumer) {
            var partitions = consumer.partitionsFor(Topic.HEARTBEATS.topicName()).stream()
                    .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToEnd(partitions);
            while (true) {
                consumer.poll(POLL).forEach(this::take);
            }
        } catch (WakeupException e) {
            // close() asked for the end
        } catch (RuntimeException e) {
            // Whatever it is: a gateway that reads no more must say so.
            onFailure.accept(e);
        }
    }

    private void take(ConsumerRecord<String, byte[]> message) {
        try {
            onHeartbeat.accept(heartbeats.deserialize(message.topic(), message.headers(), message.value()));
        } catch (BadEnvelopeException e) {
            LOG.warn("Heartbeat at {} cannot be read: {}", message.offset(), e.getMessage());
        }
    }

    @Override
    public void close() {
        consumer.wakeup();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
