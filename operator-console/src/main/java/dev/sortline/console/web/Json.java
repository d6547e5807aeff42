// SPDX-License-Identifier: Apache-2.0
package dev.sortline.console.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.cfg.MutableCoercionConfig;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.type.LogicalType;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.List;

/**
 * How the page's JSON is written and read: records as they are, times as RFC 3339, {@code null} where a thing is not there. {@code
 * Context.json} writes by it.
 */
public final class Json {
    private static final ObjectMapper JSON = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            // Else 1 is the word "1".
            .withCoercionConfig(LogicalType.Textual, Json::takeNoOther)
            .enable(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private Json() {}

    private static void takeNoOther(MutableCoercionConfig words) {
        for (var shape : List.of(CoercionInputShape.Integer, CoercionInputShape.Float, CoercionInputShape.Boolean)) {
            words.setCoercion(shape, CoercionAction.Fail);
        }
    }

    /** The one mapper of all rooms; nobody may change it. */
    public static ObjectMapper mapper() {
        return JSON;
    }

    /** A value as one line of JSON. */
    public static String text(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an answer is always representable as JSON", e);
        }
    }

    /**
     * What a request's body says, which must be small.
     *
     * @throws RefusedException when it is no such thing
     */
    public static <T> T body(Context request, Class<T> type) {
        byte[] sent = Bodies.small(request);
        try {
            T value = JSON.readValue(sent, type);
            if (value != null) {
                return value;
            }
        } catch (IOException e) {
            // told below, without what was sent
        }
        throw Refusal.BAD_REQUEST.because("The body is not the JSON that is expected here.");
    }
}
