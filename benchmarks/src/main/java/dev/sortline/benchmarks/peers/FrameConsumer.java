// SPDX-License-Identifier: Apache-2.0
package dev.sortline.benchmarks.peers;

import dev.sortline.contract.Topic;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** A plain consumer of the frames, from the topic's beginning. Used by one thread. */
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

    /** Takes a frame. */
    @FunctionalInterface
    interface Taker {
        void take(PeerFrame frame) throws Exception;
    }

    /**
     * Hands over frames as they come, so many at least.
     *
     * @throws IllegalStateException when fewer come
     */
    void take(long frames, Taker taker) throws Exception {
        int emptyPolls = 0;
        for (long taken = 0; taken < frames; ) {
            ConsumerRecords<String, byte[]> records = consumer.poll(POLL);
            emptyPolls = records.isEmpty() ? emptyPolls + 1 : 0;
            if (emptyPolls == EMPTY_POLLS) {
                throw new IllegalStateException("no frames come: fewer than expected are in the topic");
            }
            for (ConsumerRecord<String, byte[]> frame : records) {
                taker.take(new PeerFrame(frame.key(), id(frame), frame.value()));
            }
            taken += records.count();
        }
    }

    private static String id(ConsumerRecord<String, byte[]> frame) {
        return new String(frame.headers().lastHeader("ce_id").value(), StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        consumer.close();
    }
}
