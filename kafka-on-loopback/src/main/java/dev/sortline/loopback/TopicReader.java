// SPDX-License-Identifier: Apache-2.0
package dev.sortline.loopback;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * What anybody who subscribes to a topic would do: a plain consumer without a group, on a thread of its own, that hands over every record as it comes.
 *
 * @param <V> what the records' values are
 */
public final class TopicReader<V> implements AutoCloseable {
    private static final Duration POLL = Duration.ofSeconds(1);

    private final KafkaConsumer<String, V> consumer;
    private final BiConsumer<ConsumerRecord<String, V>, Instant> onRecord;
    private final Thread thread;

    private TopicReader(
            Map<String, Object> kafka,
            String topic,
            Deserializer<V> values,
            BiConsumer<ConsumerRecord<String, V>, Instant> onRecord) {
        Map<String, Object> properties = new HashMap<>(kafka);
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        properties.put(ConsumerConfig.ENABLE_METRICS_PUSH_CONFIG, false);
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        consumer = new KafkaConsumer<>(properties, new StringDeserializer(), values);
        consumer.assign(consumer.partitionsFor(topic).stream()
                .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                .toList());
        this.onRecord = onRecord;
        thread = new Thread(this::read, "reader of " + topic);
    }

    /**
     * Reads what the topic holds, and all that comes.
     *
     * @param kafka client properties that lead to the cluster
     * @param onRecord gets each record with the time at which it was read, on the reader's own thread
     */
    public static <V> TopicReader<V> fromItsBeginning(
            Map<String, Object> kafka,
            String topic,
            Deserializer<V> values,
            BiConsumer<ConsumerRecord<String, V>, Instant> onRecord) {
        var reader = new TopicReader<>(kafka, topic, values, onRecord);
        reader.thread.start();
        return reader;
    }

    /** As {@link #fromItsBeginning}, but only what comes after this call. */
    public static <V> TopicReader<V> fromNowOn(
            Map<String, Object> kafka,
            String topic,
            Deserializer<V> values,
            BiConsumer<ConsumerRecord<String, V>, Instant> onRecord) {
        var reader = new TopicReader<>(kafka, topic, values, onRecord);
        reader.consumer.seekToEnd(reader.consumer.assignment());
        // Only then is it known where the end is now.
        reader.consumer.assignment().forEach(reader.consumer::position);
        reader.thread.start();
        return reader;
    }

    private void read() {
        try (consumer) {
            while (true) {
                var records = consumer.poll(POLL);
                Instant now = Instant.now();
                records.forEach(message -> onRecord.accept(message, now));
            }
        } catch (WakeupException e) {
            // close() asked for the end
        }
    }

    /** Ends the reading; a record that is being handed over is finished. */
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
