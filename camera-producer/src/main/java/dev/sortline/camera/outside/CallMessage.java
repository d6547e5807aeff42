// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera.outside;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sortline.camera.trigger.CallOutcome;
import dev.sortline.camera.trigger.OutsideCall;
import dev.sortline.trouble.OneLine;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/**
 * A call and its answer as JSON: {@code {"itemId": "4711", "encoder": 5120, "at": "2026-03-01T10:00:00.250Z"}}, of which each may be left
 * out, and {@code {"itemId": "4711", "fate": "taken", "capturedAt": "…", "line": "…"}}.
 */
public final class CallMessage {
    /** Longest call, in bytes. */
    public static final int MOST_BYTES = 4_096;

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MOST_CHARACTERS = 120;

    private CallMessage() {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    private record Answer(@Nullable String itemId, String fate, @Nullable String capturedAt, String line) {}

    /**
     * Reads a call. An item's id may be a number, as controllers have them; what is not known is passed over.
     *
     * @throws IOException when it is none; one line that says what is wrong
     */
    public static OutsideCall read(byte[] message) throws IOException {
        if (message.length > MOST_BYTES) {
            throw new IOException("it has %d bytes: at most %d are read".formatted(message.length, MOST_BYTES));
        }
        JsonNode call;
        try {
            call = message.length == 0 ? JSON.createObjectNode() : JSON.readTree(message);
        } catch (JsonProcessingException e) {
            throw new IOException("it is no JSON: " + OneLine.of(e.getOriginalMessage(), MOST_CHARACTERS), e);
        }
        if (!call.isObject()) {
            throw new IOException("it is no JSON object such as {\"itemId\": \"4711\", \"encoder\": 5120}");
        }
        try {
            return new OutsideCall(itemId(call.path("itemId")), encoder(call.path("encoder")), at(call.path("at")));
        } catch (IllegalArgumentException e) {
            throw new IOException(OneLine.of(e.getMessage(), MOST_CHARACTERS), e);
        }
    }

    /** Writes an answer. */
    public static byte[] written(CallOutcome outcome) {
        var answer = new Answer(
                outcome.itemId(),
                outcome.fate().word(),
                outcome.capturedAt() == null ? null : outcome.capturedAt().toString(),
                outcome.line());
        try {
            return JSON.writeValueAsBytes(answer);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static @Nullable String itemId(JsonNode value) {
        if (absent(value)) {
            return null;
        }
        if (!value.isTextual() && !value.isIntegralNumber()) {
            throw new IllegalArgumentException("itemId is %s: must be a text or a whole number".formatted(value));
        }
        return value.asText();
    }

    private static @Nullable Long encoder(JsonNode value) {
        if (absent(value)) {
            return null;
        }
        if (!value.canConvertToExactIntegral() || !value.canConvertToLong()) {
            throw new IllegalArgumentException("encoder is %s: must be a whole number".formatted(value));
        }
        return value.longValue();
    }

    private static @Nullable Instant at(JsonNode value) {
        if (absent(value)) {
            return null;
        }
        try {
            return OffsetDateTime.parse(value.asText()).toInstant();
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    "at is %s: must be a time such as 2026-03-01T10:00:00.250Z".formatted(value), e);
        }
    }

    private static boolean absent(JsonNode value) {
        return value.isMissingNode() || value.isNull();
    }
}
