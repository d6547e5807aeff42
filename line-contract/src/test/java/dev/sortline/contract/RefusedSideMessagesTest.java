// SPDX-License-Identifier: Apache-2.0
package dev.sortline.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.Serde;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What looks like a message of a model, a gateway or a person, and is none: it is refused by one kind of exception. */
class RefusedSideMessagesTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "lineId | null",
                "lineId | `\"line 1\"`",
                "frameId | null",
                "itemId | `\"../item\"`",
                "model | null",
                "model | `{\"name\":\"waste\"}`",
                "shadow | `\"true\"`",
                "probabilities | null",
                "probabilities | `{\"glass\":null}`",
                "probabilities | `{\"glass\":2}`",
                "answeredAt | null",
                "answeredAt | `\"+10000-01-01T00:00:00Z\"`"
            })
    void answerThatSaysWhatCannotBeIsRefused(String field, String value) {
        // Given
        var serde = new FrameAnswerSerde();

        // When
        var reading = assertThatThrownBy(() -> read(SideMessages.answer(), serde, field, value));

        // Then
        reading.isInstanceOf(BadEnvelopeException.class).hasMessageStartingWith("attribute 'data' is not the answer: ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "lineId | null",
                "itemId | null",
                "instance | `\"a b\"`",
                "fate | null",
                "fate | `\"\"`",
                "fate | `\"Fired\"`",
                "fate | `\"fired fired\"`",
                "ejector | -1",
                "ejector | 1.9",
                "ejector | `\"1\"`",
                "settledAt | null",
                "settledAt | `\"yesterday\"`"
            })
    void outcomeThatSaysWhatCannotBeIsRefused(String field, String value) {
        // Given
        var serde = new ItemOutcomeSerde();

        // When
        var reading = assertThatThrownBy(() -> read(SideMessages.outcome(), serde, field, value));

        // Then
        reading.isInstanceOf(BadEnvelopeException.class)
                .hasMessageStartingWith("attribute 'data' is not the outcome: ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "instance | null",
                "lines | null",
                "lines | [null]",
                "dryRun | `\"no\"`",
                "obstacles | null",
                "obstacles | `\"none\"`",
                "warnings | null",
                "warnings | [null]",
                "sentAt | null",
                "sentAt | `\"-0001-01-01T00:00:00Z\"`"
            })
    void statusThatSaysWhatCannotBeIsRefused(String field, String value) {
        // Given
        var serde = new GatewayStatusSerde();

        // When
        var reading = assertThatThrownBy(() -> read(SideMessages.status(), serde, field, value));

        // Then
        reading.isInstanceOf(BadEnvelopeException.class)
                .hasMessageStartingWith("attribute 'data' is not the gateway's status: ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "lineId | null",
                "itemId | `\"a/b\"`",
                "said | null",
                "said | `\"MAYBE\"`",
                "said | `\"NOTHING\"`",
                "said | 0",
                "label | null",
                "label | `\"../glass\"`",
                "saidBy | null",
                "saidAt | null"
            })
    void labelThatSaysWhatCannotBeIsRefused(String field, String value) {
        // Given
        var serde = new ItemLabelSerde();

        // When
        var reading = assertThatThrownBy(() -> read(SideMessages.label(), serde, field, value));

        // Then
        reading.isInstanceOf(BadEnvelopeException.class).hasMessageStartingWith("attribute 'data' is not the label: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ce_cause", "ce_routing", "ce_type", "ce_id"})
    void requestForAReviewThatLacksAnAttributeIsRefusedByItsName(String header) {
        // Given
        var headers = review();
        headers.remove(header);

        // When
        var reading = assertThatThrownBy(() -> read(headers, SideMessages.PICTURE));

        // Then
        reading.isInstanceOf(BadEnvelopeException.class)
                .hasMessageContaining("'" + header.substring("ce_".length()) + "' is missing");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "ce_cause | curiosity",
                "ce_cause | SAMPLE",
                "ce_routing | {}",
                "ce_routing | null",
                "ce_routing | ["
            })
    void requestForAReviewThatSaysWhatCannotBeIsRefused(String header, String value) {
        // Given
        var headers = review();
        headers.remove(header);
        headers.add(header, value.getBytes(StandardCharsets.UTF_8));

        // When
        var reading = assertThatThrownBy(() -> read(headers, SideMessages.PICTURE));

        // Then
        reading.isInstanceOf(BadEnvelopeException.class);
    }

    @Test
    void requestForAReviewWithoutAPictureIsRefused() {
        // Given
        var headers = review();

        // When
        var reading = assertThatThrownBy(() -> read(headers, null));

        // Then
        reading.isInstanceOf(BadEnvelopeException.class).hasMessageContaining("must be the picture");
    }

    @Test
    void requestForAReviewThatDoesNotTellWhatItsPictureIsIsRefused() {
        // Given
        var headers = review();
        headers.remove("content-type");

        // When
        var reading = assertThatThrownBy(() -> read(headers, SideMessages.PICTURE));

        // Then
        reading.isInstanceOf(BadEnvelopeException.class).hasMessageContaining("'datacontenttype' is missing");
    }

    @Test
    void takingALabelBackIsARecordWithoutAValue() {
        // Given
        var headers = new RecordHeaders();

        // When
        byte[] value = new ItemLabelSerde().serializer().serialize("sortline.labels", headers, null);

        // Then
        assertThat(value).isNull();
        assertThat(headers).isEmpty();
    }

    @Test
    void takingALabelBackIsNoLabel() {
        // Given
        var serde = new ItemLabelSerde();
        var headers = new RecordHeaders();
        serde.serializer().serialize("sortline.labels", headers, SideMessages.label());

        // When
        var reading =
                assertThatThrownBy(() -> serde.deserializer().deserialize("sortline.labels", headers, (byte[]) null));

        // Then
        reading.isInstanceOf(BadEnvelopeException.class).hasMessageContaining("attribute 'data' is empty");
    }

    private static RecordHeaders review() {
        var headers = new RecordHeaders();
        new ReviewRequestSerde().serializer().serialize("sortline.reviews", headers, SideMessages.review());
        return headers;
    }

    private static ReviewRequest read(RecordHeaders headers, byte[] picture) {
        return new ReviewRequestSerde().deserializer().deserialize("sortline.reviews", headers, picture);
    }

    /** Reads a message in which a field holds something else. */
    private static <T> T read(T message, Serde<T> serde, String field, String value) {
        var headers = new RecordHeaders();
        String json = new String(serde.serializer().serialize("topic", headers, message), StandardCharsets.UTF_8);
        var changed = Pattern.compile("\"" + field + "\":(\"[^\"]*\"|\\[[^]]*]|\\{[^}]*}|[^,}\\]]+)")
                .matcher(json);
        assertThat(changed.find()).as(json).isTrue();
        String wrong = json.substring(0, changed.start()) + '"' + field + "\":" + value + json.substring(changed.end());
        return serde.deserializer().deserialize("topic", headers, wrong.getBytes(StandardCharsets.UTF_8));
    }
}
