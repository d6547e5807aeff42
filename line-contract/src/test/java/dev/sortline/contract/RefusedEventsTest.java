// SPDX-License-Identifier: Apache-2.0
package dev.sortline.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.regex.Pattern;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What looks like a routing event or a heartbeat, and is none: whatever is wrong with it, it is refused by one kind of exception. */
class RefusedEventsTest {
    private static final Heartbeat HEARTBEAT = new Heartbeat(
            "line-1",
            "plant-a.4711",
            new RoutingEvent.Model("waste-mobilenet-v2", "1"),
            "six-fractions",
            Instant.parse("2026-01-01T00:00:00.250Z"));

    private final RoutingEventSerde events = new RoutingEventSerde();
    private final HeartbeatSerde heartbeats = new HeartbeatSerde();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "lineId",
                "itemId",
                "frameIds",
                "decision",
                "label",
                "lane",
                "confidence",
                "gap",
                "probabilities",
                "capturedAt",
                "decidedAt",
                "fireAt",
                "deadline",
                "model",
                "plan",
                "stageMicros"
            })
    void eventThatLacksWhatItMustHaveIsRefused(String field) {
        // Given
        var without =
                json(RoutingEvents.sorted()).replaceFirst(field(field), "").replace(",}", "}");

        // When
        var reading = assertThatThrownBy(() -> event(without));

        // Then
        reading.isInstanceOf(BadEnvelopeException.class).hasMessageContaining(field);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "decision | `\"RECHECK\"`",
                "decision | 0",
                "frameIds | []",
                "frameIds | [null]",
                "ejector | -1",
                "ejector | 1.9",
                "ejector | `\"1\"`",
                "ejector | null",
                "ejector | 4294967297",
                "confidence | 1.01",
                "confidence | -0.01",
                "confidence | `\"NaN\"`",
                "confidence | 1e400",
                "gap | 7",
                "probabilities | `{\"glass\":null}`",
                "probabilities | `{\"glass\":2}`",
                "capturedAt | `\"+10000-01-01T00:00:00Z\"`",
                "decidedAt | `\"-0001-01-01T00:00:00Z\"`",
                "decidedAt | 1764145000000",
                "decidedAt | `\"yesterday\"`",
                "fireAt | `\"2026-01-01T00:00:02.379Z\"`",
                "deadline | `\"2026-01-01T00:00:00.122Z\"`",
                "deadline | `\"2026-01-01T00:00:03Z\"`",
                "model | `{\"name\":\"waste\"}`",
                "stageMicros | `{\"queue\":-1,\"decode\":0,\"infer\":0,\"decide\":0}`",
                "lineId | `\"line 1\"`",
                "itemId | `\"../item\"`"
            })
    void eventThatSaysWhatCannotBeIsRefused(String field, String value) {
        // Given
        var wrong = with(json(RoutingEvents.sorted()), field, value);

        // When
        var reading = assertThatThrownBy(() -> event(wrong));

        // Then
        reading.isInstanceOf(BadEnvelopeException.class)
                .hasMessageStartingWith("attribute 'data' is not the routing event: ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "reason | null",
                "lane | `\"glass\",\"ejector\":1,\"fireAt\":\"2026-01-01T00:00:02Z\",\"deadline\":\"2026-01-01T00:00:02Z\"`",
                "lane | `\"glass\",\"fireAt\":\"2026-01-01T00:00:02Z\"`",
                "lane | `\"glass\",\"deadline\":\"2026-01-01T00:00:02Z\"`"
            })
    void itemThatIsNotSortedHasAReasonAndMovesNothing(String field, String value) {
        // Given
        var wrong = with(json(RoutingEvents.late()), field, value);

        // When
        var reading = assertThatThrownBy(() -> event(wrong));

        // Then
        reading.isInstanceOf(BadEnvelopeException.class);
    }

    @Test
    void fieldsOfTomorrowAreReadOver() {
        // Given
        var more = with(json(RoutingEvents.sorted()), "plan", "\"six-fractions\",\"weightGrams\":[12,{\"of\":null}]");

        // When
        var read = event(more);

        // Then
        assertThat(read).isEqualTo(RoutingEvents.sorted());
    }

    @Test
    void probabilitiesKeepTheOrderOfTheModelsLabels() {
        // Given
        var ordered = with(json(RoutingEvents.sorted()), "probabilities", "{\"b\":0.5,\"c\":0.25,\"a\":0.25}");

        // When
        var read = event(ordered);

        // Then
        assertThat(read.probabilities().keySet()).containsExactly("b", "c", "a");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "lineId | null",
                "instance | null",
                "model | null",
                "plan | null",
                "sentAt | null",
                "sentAt | `\"+10000-01-01T00:00:00Z\"`",
                "sentAt | `\"-1000000000-01-01T00:00:00Z\"`",
                "sentAt | -1e18",
                "cameras | [null]",
                "cameras | [{}]",
                "cameras | `[{\"cameraId\":\"camera-1\",\"troubles\":[null]}]`",
                "cameras | `[{\"cameraId\":\"camera-1\",\"troubles\":[],\"lastFrameAgeMillis\":-1}]`"
            })
    void heartbeatThatSaysWhatCannotBeIsRefused(String field, String value) {
        // Given
        var wrong = with(json(HEARTBEAT), field, value);

        // When
        var reading = assertThatThrownBy(() -> heartbeat(wrong));

        // Then
        reading.isInstanceOf(BadEnvelopeException.class)
                .hasMessageStartingWith("attribute 'data' is not the heartbeat: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0001-01-01T00:00:00Z", "9999-12-31T23:59:59.999999999Z"})
    void heartbeatOfAClockThatIsWrongByAgesIsStillOne(String sentAt) {
        // Given
        var dated = with(json(HEARTBEAT), "sentAt", '"' + sentAt + '"');

        // When
        var read = heartbeat(dated);

        // Then
        assertThat(read.sentAt()).isEqualTo(sentAt);
    }

    @Test
    void refusalIsOneLineOfBoundedLengthWhateverWasSent() {
        // Given
        var endless = with(json(RoutingEvents.sorted()), "decision", '"' + "x\\n".repeat(100_000) + '"');

        // When
        var reading = assertThatThrownBy(() -> event(endless));

        // Then
        reading.isInstanceOf(BadEnvelopeException.class)
                .satisfies(refusal ->
                        assertThat(refusal.getMessage()).hasSizeLessThan(500).hasLineCount(1));
    }

    private RoutingEvent event(String json) {
        var headers = new RecordHeaders();
        events.serializer().serialize("sortline.actuations", headers, RoutingEvents.sorted());
        return events.deserializer().deserialize("sortline.actuations", headers, bytes(json));
    }

    private Heartbeat heartbeat(String json) {
        var headers = new RecordHeaders();
        heartbeats.serializer().serialize("sortline.heartbeats", headers, HEARTBEAT);
        return heartbeats.deserializer().deserialize("sortline.heartbeats", headers, bytes(json));
    }

    private String json(RoutingEvent event) {
        return new String(
                events.serializer().serialize("sortline.actuations", new RecordHeaders(), event),
                StandardCharsets.UTF_8);
    }

    private String json(Heartbeat heartbeat) {
        return new String(
                heartbeats.serializer().serialize("sortline.heartbeats", new RecordHeaders(), heartbeat),
                StandardCharsets.UTF_8);
    }

    private static String with(String json, String field, String value) {
        var changed = Pattern.compile(field(field)).matcher(json);
        assertThat(changed.find()).as(json).isTrue();
        return json.substring(0, changed.start()) + '"' + field + "\":" + value + "," + json.substring(changed.end());
    }

    /** A field with what it holds and the comma that follows it. */
    private static String field(String name) {
        return "\"" + name + "\":(\"[^\"]*\"|\\[[^]]*]|\\{[^}]*}|[^,}\\]]+),?";
    }

    private static byte[] bytes(String json) {
        return json.getBytes(StandardCharsets.UTF_8);
    }
}
