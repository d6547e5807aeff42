// SPDX-License-Identifier: Apache-2.0
package dev.sortline.contract;

import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.cloudevents.kafka.CloudEventSerializer;
import java.net.URI;
import java.time.ZoneOffset;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Serializer;

/** Writes a {@link Frame} as a binary-mode CloudEvent: attributes into the record's headers, the image as its value. */
public final class FrameSerializer implements Serializer<Frame> {
    private final CloudEventSerializer events = new CloudEventSerializer();

    /** @throws UnsupportedOperationException always: without headers a frame has no attributes */
    @Override
    public byte[] serialize(String topic, Frame frame) {
        throw new UnsupportedOperationException("a frame's attributes need the record's headers");
    }

    @Override
    public byte[] serialize(String topic, Headers headers, Frame frame) {
        return events.serialize(topic, headers, event(frame));
    }

    private static CloudEvent event(Frame frame) {
        var event = CloudEventBuilder.v1()
                .withType(Frame.TYPE)
                .withId(frame.id())
                .withSource(URI.create(frame.source()))
                .withTime(frame.capturedAt().atOffset(ZoneOffset.UTC))
                .withData(frame.contentType(), frame.image())
                .withExtension("lineid", frame.lineId())
                .withExtension("cameraid", frame.cameraId())
                .withExtension("sequence", String.valueOf(frame.sequence()));
        if (frame.itemId() != null) {
            event.withExtension("itemid", frame.itemId());
        }
        if (frame.encoder() != null) {
            event.withExtension("encoder", String.valueOf(frame.encoder()));
        }
        if (frame.truth() != null) {
            event.withExtension("truth", frame.truth());
        }
        return event.build();
    }
}
