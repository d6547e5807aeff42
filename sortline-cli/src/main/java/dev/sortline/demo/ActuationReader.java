// SPDX-License-Identifier: Apache-2.0
package dev.sortline.demo;

import dev.sortline.contract.BadEnvelopeException;
import dev.sortline.contract.RoutingEvent;
import dev.sortline.contract.RoutingEventSerde;
import dev.sortline.contract.Topic;
import dev.sortline.trouble.TroubleLog;
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
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.slf4j.LoggerFactory;

/** What anybody who subscribes to the routing events would do: a plain consumer that reads them as they come. */
final class ActuationReader implements AutoCloseable {
    private static final TroubleLog TROUBLE = new TroubleLog(LoggerFactory.getLogger(ActuationReader.class));
    private static final Duration POLL = Duration.ofSeconds(1);

    private final KafkaConsumer<String, byte[]> consumer;
    private final Deserializer<RoutingEvent> routing = new RoutingEventSerde().deserializer();
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
        consumer = new KafkaConsumer<>(properties, new StringDeserializer(), new ByteArrayDeserializer());
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
                events.forEach(message -> take(message, now));
            }
        } catch (WakeupException e) {
            // close() asked for the end
        }
    }

    private void take(ConsumerRecord<String, byte[]> message, Instant now) {
        try {
            onEvent.accept(routing.deserialize(message.topic(), message.headers(), message.value()), now);
        } catch (BadEnvelopeException e) {
            // Whoever else writes to the demo's broker must not end its display.
            TROUBLE.warn("event", "Passed over what is no event: " + e.getMessage());
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
