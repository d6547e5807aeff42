// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera.outside;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sortline.camera.trigger.CallOutcome;
import dev.sortline.camera.trigger.OutsideCall;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CallMessageTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    {"itemId":"a-1","encoder":5120,"at":"2026-03-01T11:00:00.25+01:00","colour":"red"} | a-1  | 5120 | 2026-03-01T10:00:00.250Z
                    {"itemId":4711}                                                                    | 4711 |      |
                    {"itemId":null,"encoder":-7}                                                       |      | -7   |
                    {}                                                                                 |      |      |
                    ``                                                                                 |      |      |
                    """)
    void callIsRead(String message, String itemId, Long encoder, Instant at) throws IOException {
        // When
        OutsideCall call = CallMessage.read(bytes(message));

        // Then
        assertThat(call).isEqualTo(new OutsideCall(itemId, encoder, at));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    {"itemId"             | it is no JSON
                    ["a"]                 | it is no JSON object
                    {"itemId":"a b"}      | itemId is 'a b': must be 1 to 64 letters
                    {"itemId":1.5}        | itemId is 1.5: must be a text or a whole number
                    {"encoder":"5120"}    | encoder is "5120": must be a whole number
                    {"encoder":1e30}      | encoder is 1.0E30: must be a whole number
                    {"at":"yesterday"}    | at is "yesterday": must be a time
                    {"at":1700000000}     | at is 1700000000: must be a time
                    """)
    void whatIsNoCallIsToldInALine(String message, String problem) {
        // When
        var reading = assertThatThrownBy(() -> CallMessage.read(bytes(message)));

        // Then
        reading.isInstanceOf(IOException.class).hasMessageContaining(problem).hasMessageNotContaining("\n");
    }

    @Test
    void longCallIsNotRead() {
        // When
        var reading = assertThatThrownBy(() -> CallMessage.read(new byte[5_000]));

        // Then
        reading.hasMessage("it has 5000 bytes: at most 4096 are read");
    }

    @Test
    void answerSaysWhatBecameOfIt() {
        // Given
        var outcome = new CallOutcome(
                CallOutcome.Fate.TAKEN, "a", Instant.parse("2026-03-01T10:00:00.250Z"), "a picture of a was taken");

        // When
        byte[] answer = CallMessage.written(outcome);

        // Then
        assertThat(new String(answer, StandardCharsets.UTF_8))
                .isEqualTo("{\"itemId\":\"a\",\"fate\":\"taken\",\"capturedAt\":\"2026-03-01T10:00:00.250Z\","
                        + "\"line\":\"a picture of a was taken\"}");
    }

    private static byte[] bytes(String text) {
        return (text == null ? "" : text).getBytes(StandardCharsets.UTF_8);
    }
}
