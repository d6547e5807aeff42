// SPDX-License-Identifier: Apache-2.0
package dev.sortline.demo;

import dev.sortline.contract.RoutingEvent;
import dev.sortline.contract.RoutingEventSerde;
import dev.sortline.contract.Topic;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.StringDeserializer;

/** What anybody who subscribes to the routing events would do: a plain consumer that reads them as they come. */
final class ActuationReader implements AutoCloseable {
    private static final Duration POLL = Duration.ofSeconds(1);

    private final KafkaConsumer<String, RoutingEvent> consumer;
    private final BiConsumer<RoutingEvent, Instant> onEvent;
    private final Thread thread = new Thread(this::read, "actuation-reader");

    /**
     * Reads what comes from now on.
     *
     * @param onEvent gets each event with the time at which it was read, on the reader's own thread
     */
    static ActuationReader start(Map<String, Object> kafka, BiConsumer<RoutingEvent, Instant> onEvent) {
        var reader = new ActuationReader(kafka, onEvent);
        reader.thread.start();
        return reader;
    }

    private ActuationReader(Map<String, Object> kafka, BiConsumer<RoutingEvent, Instant> onEvent) {
        Map<String, Object> properties = new HashMap<>(kafka);
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        properties.put(ConsumerConfig.ENABLE_METRICS_PUSH_CONFIG, false);
        consumer = new KafkaConsumer<>(properties, new StringDeserializer(), new RoutingEventSerde().deserializer());
        consumer.assign(consumer.partitionsFor(Topic.ACTUATIONS.topicName()).stream()
                .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                .toList());
        consumer.seekToEnd(consumer.assignment());
        // Only then is it known where the end is now.
        consumer.assignment().forEach(consumer::position);
        this.onEvent = onEvent;
    }

    private void read() {
        try (consumer) {
            while (true) {
                var events = consumer.poll(POLL);
                Instant now = Instant.now();
                events.forEach(event -> onEvent.accept(event.value(), now));
            }
        } catch (WakeupException e) {
            // close() asked for the end
        }
    }

    /** Ends the reading; an event that is being handed over is finished. */
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
