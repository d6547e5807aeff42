// SPDX-License-Identifier: Apache-2.0
package dev.sortline.contract;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** How the data of an event is written as JSON and read back. */
final class EventJson {
    // New fields and troubles may be added to an event within v1, so a reader of today must not fail on them.
    private static final ObjectMapper JSON = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.READ_UNKNOWN_ENUM_VALUES_USING_DEFAULT_VALUE)
            .build();

    private EventJson() {}

    static byte[] write(Object event) {
        try {
            return JSON.writeValueAsBytes(event);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an event is always representable as JSON", e);
        }
    }

    /** @throws BadEnvelopeException when the data is not {@code what}, such as {@code the routing event} */
    static <T> T read(byte @Nullable [] data, Class<T> type, String what) {
        if (data == null) {
            throw new BadEnvelopeException("data", "is empty: the record's value must be %s as JSON".formatted(what));
        }
        T event;
        try {
            event = JSON.readValue(data, type);
        } catch (IOException e) {
            throw new BadEnvelopeException("data", "is not %s: %s".formatted(what, e.getMessage()));
        }
        if (event == null) {
            throw new BadEnvelopeException("data", "is null: must be %s as JSON".formatted(what));
        }
        return event;
    }
}
