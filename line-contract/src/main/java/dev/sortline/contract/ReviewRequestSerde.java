// SPDX-License-Identifier: Apache-2.0
package dev.sortline.contract;

import io.cloudevents.core.v1.CloudEventBuilder;
import io.cloudevents.kafka.CloudEventSerializer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.Locale;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * Requests for reviews as binary-mode CloudEvents: the picture is the value, the routing event stands as JSON in the extension
 * {@code routing}, and the cause in {@code cause}.
 */
public final class ReviewRequestSerde implements Serde<ReviewRequest> {
    @Override
    public Serializer<ReviewRequest> serializer() {
        return new RequestSerializer();
    }

    /** The deserialiser throws {@link BadEnvelopeException} naming the attribute that is missing or wrong. */
    @Override
    public Deserializer<ReviewRequest> deserializer() {
        return new RequestDeserializer();
    }

    private static UnsupportedOperationException headersAreNeeded() {
        return new UnsupportedOperationException("the attributes of a request for a review need the record's headers");
    }

    private static final class RequestSerializer implements Serializer<ReviewRequest> {
        private final CloudEventSerializer events = new CloudEventSerializer();

        @Override
        public byte[] serialize(String topic, ReviewRequest request) {
            throw headersAreNeeded();
        }

        @Override
        public byte[] serialize(String topic, Headers headers, ReviewRequest request) {
            RoutingEvent event = request.event();
            var cloudEvent = new CloudEventBuilder()
                    .withType(ReviewRequest.TYPE)
                    .withId(event.id())
                    .withSource(URI.create("/lines/" + event.lineId()))
                    .withTime(event.decidedAt().atOffset(ZoneOffset.UTC))
                    .withExtension("lineid", event.lineId())
                    .withExtension("itemid", event.itemId())
                    .withExtension("cause", request.cause().name().toLowerCase(Locale.ROOT))
                    .withExtension("routing", new String(EventJson.write(event), StandardCharsets.UTF_8))
                    .withData(request.contentType(), request.image())
                    .build();
            return events.serialize(topic, headers, cloudEvent);
        }
    }

    private static final class RequestDeserializer implements Deserializer<ReviewRequest> {
        @Override
        public ReviewRequest deserialize(String topic, byte[] data) {
            throw headersAreNeeded();
        }

        @Override
        public ReviewRequest deserialize(String topic, Headers headers, byte @Nullable [] data) {
            var envelope = new Envelope(headers, ReviewRequest.TYPE);
            byte[] routing = envelope.required("routing").getBytes(StandardCharsets.UTF_8);
            RoutingEvent event = EventJson.read(routing, RoutingEvent.class, "the routing event");
            String contentType = envelope.contentType();
            if (contentType == null) {
                throw new BadEnvelopeException("datacontenttype", "is missing: the header content-type must be set");
            }
            if (data == null) {
                throw new BadEnvelopeException("data", "is empty: the record's value must be the picture");
            }
            return new ReviewRequest(event, cause(envelope.required("cause")), contentType, data);
        }

        private static ReviewRequest.Cause cause(String word) {
            for (ReviewRequest.Cause cause : ReviewRequest.Cause.values()) {
                if (cause.name().toLowerCase(Locale.ROOT).equals(word)) {
                    return cause;
                }
            }
            throw new BadEnvelopeException(
                    "cause", "is " + BadEnvelopeException.quoted(word) + ": must be 'unsure' or 'sample'");
        }
    }
}
