// SPDX-License-Identifier: Apache-2.0
package dev.sortline.stream.topology;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * JSON, so that a version of tomorrow reads what a version of today kept, and a person can look into the changelog. What cannot be read is
 * as if it had never been kept.
 */
final class KeptItemSerde implements Serde<KeptItem> {
    private static final Logger LOG = LoggerFactory.getLogger(KeptItemSerde.class);
    private static final JsonMapper JSON = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    @Override
    public Serializer<KeptItem> serializer() {
        return (topic, kept) -> bytes(kept);
    }

    @Override
    public Deserializer<KeptItem> deserializer() {
        return (topic, bytes) -> kept(bytes);
    }

    private static byte @Nullable [] bytes(@Nullable KeptItem kept) {
        if (kept == null) {
            return null;
        }
        try {
            return JSON.writerFor(KeptItem.class).writeValueAsBytes(kept);
        } catch (JsonProcessingException e) {
            throw new SerializationException("a vote is always representable as JSON", e);
        }
    }

    private static @Nullable KeptItem kept(byte @Nullable [] bytes) {
        if (bytes == null) {
            return null;
        }
        try {
            return JSON.readValue(bytes, KeptItem.class);
        } catch (IOException | RuntimeException e) {
            // Of a version that says it otherwise, or of somebody else:
            // one vote forgotten is better than a line that stands.
            LOG.warn(
                    "The store of votes holds something that is none; it is passed over: {}",
                    e.getClass().getName());
            return null;
        }
    }
}
