// SPDX-License-Identifier: Apache-2.0
package dev.sortline.line;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Everything that a topic has held since its beginning, as a plain consumer reads it. */
final class TopicLog<V> implements AutoCloseable {
    private final List<ConsumerRecord<String, V>> records = new ArrayList<>();
    private final KafkaConsumer<String, V> consumer;
    private final Thread thread = new Thread(this::read, "topic-log");

    TopicLog(Broker broker, String topic, Deserializer<V> values) {
        consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers(), "auto.offset.reset", "earliest"),
                new StringDeserializer(),
                values);
        consumer.assign(consumer.partitionsFor(topic).stream()
                .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                .toList());
        thread.start();
    }

    List<ConsumerRecord<String, V>> records() {
        synchronized (records) {
            return List.copyOf(records);
        }
    }

    List<V> values() {
        return records().stream().map(ConsumerRecord::value).toList();
    }

    private void read() {
        try (consumer) {
            while (true) {
                var read = consumer.poll(Duration.ofSeconds(1));
                synchronized (records) {
                    read.forEach(records::add);
                }
            }
        } catch (WakeupException e) {
            // close() asked for the end
        }
    }

    @Override
    public void close() throws InterruptedException {
        consumer.wakeup();
        thread.join();
    }
}
