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

/** Heartbeats as binary-mode CloudEvents: attributes in the record's headers, the heartbeat as JSON in its value. */
public final class HeartbeatSerde implements Serde<Heartbeat> {
    @Override
    public Serializer<Heartbeat> serializer() {
        return new HeartbeatSerializer();
    }

    /** The deserialiser throws {@link BadEnvelopeException} naming the attribute that is missing or wrong. */
    @Override
    public Deserializer<Heartbeat> deserializer() {
        return new HeartbeatDeserializer();
    }

    private static final class HeartbeatSerializer implements Serializer<Heartbeat> {
        private final CloudEventSerializer events = new CloudEventSerializer();

        @Override
        public byte[] serialize(String topic, Heartbeat heartbeat) {
            throw new UnsupportedOperationException("a heartbeat's attributes need the record's headers");
        }

        @Override
        public byte[] serialize(String topic, Headers headers, Heartbeat heartbeat) {
            var cloudEvent = CloudEventBuilder.v1()
                    .withType(Heartbeat.TYPE)
                    .withId(heartbeat.id())
                    .withSource(URI.create("/lines/" + heartbeat.lineId() + "/classifiers/" + heartbeat.instance()))
                    .withTime(heartbeat.sentAt().atOffset(ZoneOffset.UTC))
                    .withExtension("lineid", heartbeat.lineId())
                    .withData("application/json", EventJson.write(heartbeat))
                    .build();
            return events.serialize(topic, headers, cloudEvent);
        }
    }

    private static final class HeartbeatDeserializer implements Deserializer<Heartbeat> {
        @Override
        public Heartbeat deserialize(String topic, byte[] data) {
            throw new UnsupportedOperationException("a heartbeat's attributes need the record's headers");
        }

        @Override
        public Heartbeat deserialize(String topic, Headers headers, byte @Nullable [] data) {
            var unused = new Envelope(headers, Heartbeat.TYPE);
            return EventJson.read(data, Heartbeat.class, "the heartbeat");
        }
    }
}
