// SPDX-License-Identifier: Apache-2.0
package dev.sortline.contract;

import io.cloudevents.core.v1.CloudEventBuilder;
import io.cloudevents.kafka.CloudEventSerializer;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/** An event as a binary-mode CloudEvent: attributes in the record's headers, the event as JSON in its value. */
abstract class JsonEventSerde<T> implements Serde<T> {
    private final String type;
    private final Class<T> event;
    private final String what;

    /**
     * @param type the CloudEvents type
     * @param what what it is called in messages, such as {@code the heartbeat}
     */
    JsonEventSerde(String type, Class<T> event, String what) {
        this.type = type;
        this.event = event;
        this.what = what;
    }

    /** The event's attributes but for its type and its data: id, source, time and extensions. */
    abstract CloudEventBuilder attributes(CloudEventBuilder envelope, T event);

    @Override
    public final Serializer<T> serializer() {
        return new EventSerializer();
    }

    /** The deserialiser throws {@link BadEnvelopeException} naming the attribute that is missing or wrong. */
    @Override
    public final Deserializer<T> deserializer() {
        return new EventDeserializer();
    }

    private UnsupportedOperationException headersAreNeeded() {
        return new UnsupportedOperationException("the attributes of " + what + " need the record's headers");
    }

    private final class EventSerializer implements Serializer<T> {
        private final CloudEventSerializer events = new CloudEventSerializer();

        @Override
        public byte[] serialize(String topic, T event) {
            throw headersAreNeeded();
        }

        /** Nothing stays nothing: in a compacted topic it takes back what was there. */
        @Override
        public byte @Nullable [] serialize(String topic, Headers headers, @Nullable T event) {
            if (event == null) {
                return null;
            }
            var envelope = attributes(new CloudEventBuilder().withType(type), event)
                    .withData("application/json", EventJson.write(event));
            return events.serialize(topic, headers, envelope.build());
        }
    }

    private final class EventDeserializer implements Deserializer<T> {
        @Override
        public T deserialize(String topic, byte[] data) {
            throw headersAreNeeded();
        }

        @Override
        public T deserialize(String topic, Headers headers, byte @Nullable [] data) {
            var unused = new Envelope(headers, type);
            return EventJson.read(data, event, what);
        }
    }
}
