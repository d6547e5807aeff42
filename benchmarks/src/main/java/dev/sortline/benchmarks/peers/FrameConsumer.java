// SPDX-License-Identifier: Apache-2.0
package dev.sortline.benchmarks.peers;

import dev.sortline.contract.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** A plain consumer of the frames' pictures, from the topic's beginning. Used by one thread. */
final class FrameConsumer implements AutoCloseable {
    private static final Duration POLL = Duration.ofSeconds(1);
    private static final int EMPTY_POLLS = 30;

    private final KafkaConsumer<String, byte[]> consumer;

    FrameConsumer(String bootstrapServers) {
        consumer = new KafkaConsumer<>(
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrapServers,
                        ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                        "earliest",
                        ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                        false,
                        ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG,
                        Topic.MAX_RECORD_BYTES),
                new StringDeserializer(),
                new ByteArrayDeserializer());
        consumer.assign(consumer.partitionsFor(Topic.FRAMES.topicName()).stream()
                .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                .toList());
    }

    /**
     * The pictures that came next, at least one.
     *
     * @throws IllegalStateException when none come
     */
    List<byte[]> poll() {
        for (int polls = 0; polls < EMPTY_POLLS; polls++) {
            List<byte[]> pictures = new ArrayList<>();
            for (ConsumerRecord<String, byte[]> frame : consumer.poll(POLL)) {
                pictures.add(frame.value());
            }
            if (!pictures.isEmpty()) {
                return pictures;
            }
        }
        throw new IllegalStateException("no frames come: fewer than expected are in the topic");
    }

    @Override
    public void close() {
        consumer.close();
    }
}
