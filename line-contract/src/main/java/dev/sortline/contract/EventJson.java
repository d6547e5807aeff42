// SPDX-License-Identifier: Apache-2.0
package dev.sortline.contract;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.sortline.trouble.OneLine;
import java.io.IOException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** How the data of an event is written as JSON and read back. */
final class EventJson {
    // New fields and troubles may be added to an event within v1, so a reader of today must not fail on them.
    private static final ObjectMapper JSON = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.READ_UNKNOWN_ENUM_VALUES_USING_DEFAULT_VALUE)
            // Else 1.9 is ejector 1, "" is none, and 0 is SORT.
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .enable(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private static final int MOST_CHARACTERS = 200;
    private static final int MOST_STEPS = 4;

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
        } catch (IOException | RuntimeException e) {
            throw new BadEnvelopeException("data", "is not " + what + ": " + problem(e));
        }
        if (event == null) {
            throw new BadEnvelopeException("data", "is null: must be %s as JSON".formatted(what));
        }
        return event;
    }

    /** In one line of bounded length, whatever was sent. */
    private static String problem(Exception failure) {
        Throwable reason = failure instanceof ValueInstantiationException && failure.getCause() != null
                ? failure.getCause()
                : failure;
        // Without the place in the source, which is bytes here, and the names of classes on the way to it.
        String text = reason instanceof JsonProcessingException json ? json.getOriginalMessage() : reason.getMessage();
        String place = failure instanceof JsonMappingException mapping ? place(mapping) : "";
        return OneLine.of(text, MOST_CHARACTERS) + place;
    }

    private static String place(JsonMappingException failure) {
        String path = failure.getPath().stream()
                .map(step -> step.getFieldName() == null ? "" + step.getIndex() : step.getFieldName())
                .limit(MOST_STEPS)
                .collect(Collectors.joining("."));
        return path.isEmpty() ? "" : " (at " + OneLine.of(path, MOST_CHARACTERS) + ")";
    }
}
