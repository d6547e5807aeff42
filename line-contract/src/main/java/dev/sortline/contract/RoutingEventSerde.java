// SPDX-License-Identifier: Apache-2.0
package dev.sortline.contract;

import io.cloudevents.core.builder.CloudEventBuilder;
import io.cloudevents.kafka.CloudEventSerializer;
import java.net.URI;
import java.time.ZoneOffset;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/** Routing events as binary-mode CloudEvents: attributes in the record's headers, the event as JSON in its value. */
public final class RoutingEventSerde implements Serde<RoutingEvent> {
    @Override
    public Serializer<RoutingEvent> serializer() {
        return new EventSerializer();
    }

    /** The deserialiser throws {@link BadEnvelopeException} naming the attribute that is missing or wrong. */
    @Override
    public Deserializer<RoutingEvent> deserializer() {
        return new EventDeserializer();
    }

    private static final class EventSerializer implements Serializer<RoutingEvent> {
        private final CloudEventSerializer events = new CloudEventSerializer();

        @Override
        public byte[] serialize(String topic, RoutingEvent event) {
            throw new UnsupportedOperationException("a routing event's attributes need the record's headers");
        }

        @Override
        public byte[] serialize(String topic, Headers headers, RoutingEvent event) {
            var cloudEvent = CloudEventBuilder.v1()
                    .withType(RoutingEvent.TYPE)
                    .withId(event.id())
                    .withSource(URI.create("/lines/" + event.lineId()))
                    .withTime(event.decidedAt().atOffset(ZoneOffset.UTC))
                    .withExtension("lineid", event.lineId())
                    .withExtension("itemid", event.itemId())
                    .withData("application/json", EventJson.write(event))
                    .build();
            return events.serialize(topic, headers, cloudEvent);
        }
    }

    private static final class EventDeserializer implements Deserializer<RoutingEvent> {
        @Override
        public RoutingEvent deserialize(String topic, byte[] data) {
            throw new UnsupportedOperationException("a routing event's attributes need the record's headers");
        }

        @Override
        public RoutingEvent deserialize(String topic, Headers headers, byte @Nullable [] data) {
            var unused = new Envelope(headers, RoutingEvent.TYPE);
            return EventJson.read(data, RoutingEvent.class, "the routing event");
        }
    }
}
