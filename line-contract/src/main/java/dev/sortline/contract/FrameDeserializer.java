// SPDX-License-Identifier: Apache-2.0
package dev.sortline.contract;

import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/**
 * Reads a {@link Frame} from a binary-mode CloudEvent. Only the envelope is looked at: the image's bytes are passed on
 * as they are.
 */
public final class FrameDeserializer implements Deserializer<Frame> {

    /** @throws UnsupportedOperationException always: without headers a frame has no attributes */
    @Override
    public Frame deserialize(String topic, byte[] data) {
        throw new UnsupportedOperationException("a frame's attributes need the record's headers");
    }

    /** @throws BadEnvelopeException naming the attribute that is missing or wrong */
    @Override
    public Frame deserialize(String topic, Headers headers, byte @Nullable [] data) {
        var envelope = new Envelope(headers, Frame.TYPE);
        String contentType = envelope.contentType();
        if (contentType == null) {
            throw new BadEnvelopeException("datacontenttype", "is missing: the header content-type must be set");
        }
        if (data == null || data.length == 0) {
            throw new BadEnvelopeException("data", "is empty: the record's value must be the image");
        }
        return new Frame(
                envelope.text("id"),
                envelope.identifier("lineid"),
                envelope.identifier("cameraid"),
                envelope.count("sequence"),
                envelope.optionalIdentifier("itemid"),
                envelope.time(),
                envelope.optionalWholeNumber("encoder"),
                contentType,
                envelope.optionalText("truth"),
                data);
    }
}
