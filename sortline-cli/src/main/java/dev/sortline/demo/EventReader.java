// SPDX-License-Identifier: Apache-2.0
package dev.sortline.demo;

import dev.sortline.contract.BadEnvelopeException;
import dev.sortline.contract.RoutingEvent;
import dev.sortline.contract.RoutingEventSerde;
import dev.sortline.contract.Topic;
import dev.sortline.loopback.TopicReader;
import dev.sortline.trouble.TroubleLog;
import java.time.Instant;
import java.util.Map;
import java.util.function.BiConsumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.slf4j.LoggerFactory;

/** Reads the routing events as any subscriber would. */
final class EventReader implements AutoCloseable {
    private static final TroubleLog TROUBLE = new TroubleLog(LoggerFactory.getLogger(EventReader.class));

    private final Deserializer<RoutingEvent> routing = new RoutingEventSerde().deserializer();
    private final BiConsumer<RoutingEvent, Instant> onEvent;
    private final TopicReader<byte[]> reader;

    /**
     * Reads what comes from now on.
     *
     * @param onEvent gets each event with the time at which it was read, on the reader's own thread
     */
    EventReader(Map<String, Object> kafka, BiConsumer<RoutingEvent, Instant> onEvent) {
        this.onEvent = onEvent;
        reader = TopicReader.fromNowOn(kafka, Topic.ACTUATIONS.topicName(), new ByteArrayDeserializer(), this::take);
    }

    private void take(ConsumerRecord<String, byte[]> message, Instant readAt) {
        try {
            onEvent.accept(routing.deserialize(message.topic(), message.headers(), message.value()), readAt);
        } catch (BadEnvelopeException e) {
            // Whoever else writes to the demo's broker must not end its display.
            TROUBLE.warn("event", "Passed over what is no event: " + e.getMessage());
        }
    }

    /** Ends the reading; an event that is being handed over is finished. */
    @Override
    public void close() {
        reader.close();
    }
}
