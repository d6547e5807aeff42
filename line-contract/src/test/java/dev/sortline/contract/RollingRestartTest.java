// SPDX-License-Identifier: Apache-2.0
package dev.sortline.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Messages of the last release beside today's, as they stand in the topics while the processes are restarted one after the other. What was
 * published then is kept in the folder of the release: schemas, AsyncAPI and a recorded message of each kind. After a release, copy the
 * schemas into a folder of its own, name it here, and record with {@code -Dsortline.record=true}.
 */
class RollingRestartTest {
    private static final Path RELEASE = Path.of("src/test/resources/dev/sortline/contract/0.1.0");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String TOPIC = "any";

    static Stream<Arguments> messages() {
        return Stream.of(
                arguments(
                        "frame",
                        "frame",
                        null,
                        frame(),
                        Serdes.serdeFrom(new FrameSerializer(), new FrameDeserializer())),
                arguments("sorted", "routingEvent", "routing-event", RoutingEvents.sorted(), new RoutingEventSerde()),
                arguments("late", "routingEvent", "routing-event", RoutingEvents.late(), new RoutingEventSerde()),
                arguments("heartbeat", "heartbeat", "heartbeat", heartbeat(), new HeartbeatSerde()),
                arguments("status", "gatewayStatus", "gateway-status", SideMessages.status(), new GatewayStatusSerde()),
                arguments("answer", "frameAnswer", "frame-answer", SideMessages.answer(), new FrameAnswerSerde()),
                arguments("outcome", "itemOutcome", "item-outcome", SideMessages.outcome(), new ItemOutcomeSerde()),
                arguments("label", "itemLabel", "item-label", SideMessages.label(), new ItemLabelSerde()),
                arguments("review", "reviewRequest", null, SideMessages.review(), new ReviewRequestSerde()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("messages")
    <T> void todaysReaderReadsWhatTheLastReleaseWrote(
            String name, String message, @Nullable String schema, T today, Serde<T> serde) throws IOException {
        // Given
        Recorded recorded = recorded(name, today, serde);

        // When
        T read = serde.deserializer().deserialize(TOPIC, recorded.headers(), recorded.value());

        // Then
        Recorded again = written(read, serde);
        assertThat(again.headers()).containsAll(recorded.headers());
        assertKept(recorded.value(), again.value(), schema != null);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("messages")
    <T> void whatTodaysWriterWritesIsAsTheLastReleaseDescribedIt(
            String name, String message, @Nullable String schema, T today, Serde<T> serde) throws IOException {
        // Given
        JsonNode api = new YAMLMapper().readTree(Files.readString(RELEASE.resolve("asyncapi.yaml")));
        var described = (ObjectNode) api.at("/components/messages/" + message + "/headers");
        described.set("components", api.get("components").deepCopy());

        // When
        Recorded written = written(today, serde);

        // Then
        assertThat(described.path("required")).isNotEmpty();
        assertThat(faults(described, headers(written.headers()))).isEmpty();
        if (schema != null) {
            assertThat(faults(
                            JSON.readTree(Files.readString(RELEASE.resolve(schema + ".schema.json"))), written.value()))
                    .isEmpty();
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("messages")
    <T> void whatOnlyTheNextReleaseKnowsIsPassedOver(
            String name, String message, @Nullable String schema, T today, Serde<T> serde) throws IOException {
        // Given
        Recorded written = written(today, serde);
        written.headers().add("ce_ofthenext", "1".getBytes(StandardCharsets.UTF_8));
        byte[] value = schema == null ? written.value() : withMore(written.value());

        // When
        T read = serde.deserializer().deserialize(TOPIC, written.headers(), value);

        // Then
        assertKept(written(today, serde).value(), written(read, serde).value(), schema != null);
    }

    /** A message with a field more in the event and in each of its parts, but for those whose fields are labels. */
    private static byte[] withMore(byte[] value) throws IOException {
        var event = (ObjectNode) JSON.readTree(value);
        for (String part : List.of("model", "stageMicros")) {
            if (event.get(part) instanceof ObjectNode inner) {
                inner.put("ofTheNext", 1);
            }
        }
        event.path("cameras").forEach(camera -> ((ObjectNode) camera).put("ofTheNext", 1));
        event.putObject("ofTheNext").put("deeper", true);
        return JSON.writeValueAsBytes(event);
    }

    /** Whether nothing that was told has gone or changed; there may be more. */
    private static void assertKept(byte[] before, byte[] after, boolean json) throws IOException {
        if (json) {
            JsonNode more = JSON.readTree(after);
            for (var field : JSON.readTree(before).properties()) {
                assertThat(more.get(field.getKey())).as(field.getKey()).isEqualTo(field.getValue());
            }
        } else {
            assertThat(after).isEqualTo(before);
        }
    }

    private static List<String> faults(JsonNode schema, byte[] json) {
        return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                .getSchema(schema)
                .validate(new String(json, StandardCharsets.UTF_8), InputFormat.JSON)
                .stream()
                .map(Object::toString)
                .toList();
    }

    private static byte[] headers(Iterable<Header> headers) throws IOException {
        ObjectNode object = JSON.createObjectNode();
        headers.forEach(header -> object.put(header.key(), new String(header.value(), StandardCharsets.UTF_8)));
        return JSON.writeValueAsBytes(object);
    }

    private static <T> Recorded written(T message, Serde<T> serde) {
        var headers = new RecordHeaders();
        return new Recorded(headers, serde.serializer().serialize(TOPIC, headers, message));
    }

    private static <T> Recorded recorded(String name, T today, Serde<T> serde) throws IOException {
        Path file = RELEASE.resolve(name + ".message.json");
        if (Boolean.getBoolean("sortline.record")) {
            Recorded written = written(today, serde);
            ObjectNode message = JSON.createObjectNode();
            message.set("headers", JSON.readTree(headers(written.headers())));
            message.put("value", Base64.getEncoder().encodeToString(written.value()));
            Files.writeString(file, message.toPrettyString() + "\n");
        }
        JsonNode message = JSON.readTree(Files.readString(file));
        var headers = new RecordHeaders();
        message.get("headers")
                .properties()
                .forEach(header ->
                        headers.add(header.getKey(), header.getValue().asText().getBytes(StandardCharsets.UTF_8)));
        return new Recorded(headers, message.get("value").binaryValue());
    }

    private static Frame frame() {
        return new Frame(
                "line-1",
                "camera-1",
                7,
                "item-7",
                Instant.parse("2026-01-01T00:00:00.250Z"),
                5120L,
                "image/jpeg",
                "glass",
                SideMessages.PICTURE);
    }

    private static Heartbeat heartbeat() {
        return new Heartbeat(
                "line-1",
                "plant-a.4711",
                new RoutingEvent.Model("waste-mobilenet-v2", "1"),
                "six-fractions",
                Instant.parse("2026-01-01T00:00:00.250Z"),
                List.of(
                        new CameraStatus("camera-1", List.of(), 40L, -12L),
                        new CameraStatus("camera-2", List.of(CameraTrouble.SILENT), null, null)));
    }

    @SuppressWarnings("ArrayRecordComponent")
    private record Recorded(RecordHeaders headers, byte[] value) {}
}
