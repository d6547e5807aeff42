// SPDX-License-Identifier: Apache-2.0
package dev.sortline.benchmarks.line;

import dev.sortline.contract.RoutingEvent;
import dev.sortline.contract.RoutingEventSerde;
import dev.sortline.contract.Topic;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.StringDeserializer;

/** A plain consumer of the routing events, on a thread of its own, that notes when it had each. */
final class EventReader implements AutoCloseable {
    private static final Duration POLL = Duration.ofSeconds(1);

    private final KafkaConsumer<String, RoutingEvent> consumer;
    private final Thread thread = new Thread(this::read, "event-reader");
    private List<Arrival> arrivals = new ArrayList<>();
    private long total;
    private long lastNanos = System.nanoTime();

    EventReader(Map<String, Object> kafka) {
        Map<String, Object> properties = new HashMap<>(kafka);
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        properties.put(ConsumerConfig.ENABLE_METRICS_PUSH_CONFIG, false);
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        consumer = new KafkaConsumer<>(properties, new StringDeserializer(), new RoutingEventSerde().deserializer());
        consumer.assign(consumer.partitionsFor(Topic.ACTUATIONS.topicName()).stream()
                .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                .toList());
        thread.start();
    }

    /** Those that came since the last call. */
    synchronized List<Arrival> take() {
        List<Arrival> taken = arrivals;
        arrivals = new ArrayList<>();
        return taken;
    }

    /** How many have come in all. */
    synchronized long total() {
        return total;
    }

    /** For how long none has come. */
    synchronized Duration silence() {
        return Duration.ofNanos(System.nanoTime() - lastNanos);
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

    private void read() {
        try (consumer) {
            while (true) {
                var events = consumer.poll(POLL);
                Instant now = Instant.now();
                synchronized (this) {
                    events.forEach(event -> arrivals.add(new Arrival(event.value(), now)));
                    total += events.count();
                    if (!events.isEmpty()) {
                        lastNanos = System.nanoTime();
                    }
                }
            }
        } catch (WakeupException e) {
            // close() asked for the end
        }
    }
}
