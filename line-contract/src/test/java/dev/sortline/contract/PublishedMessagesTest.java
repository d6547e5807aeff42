// SPDX-License-Identifier: Apache-2.0
package dev.sortline.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.StreamSupport;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is really published, held against what the schema and AsyncAPI promise to users of other languages. */
class PublishedMessagesTest {
    private static final JsonSchema SCHEMA = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
            .getSchema(resource("routing-event.schema.json"), InputFormat.JSON);
    private static final JsonSchema HEARTBEAT_SCHEMA = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
            .getSchema(resource("heartbeat.schema.json"), InputFormat.JSON);
    private static final JsonNode ASYNC_API = yaml(resource("asyncapi.yaml"));

    private static final Heartbeat HEARTBEAT = new Heartbeat(
            "line-1",
            "plant-a.4711",
            new RoutingEvent.Model("waste-mobilenet-v2", "1"),
            "six-fractions",
            Instant.parse("2026-01-01T00:00:00.250Z"),
            List.of(
                    new CameraStatus("camera-1", List.of(), 40L, -12L),
                    new CameraStatus("camera-2", List.of(CameraTrouble.SILENT), null, null)));

    private final RoutingEventSerde serde = new RoutingEventSerde();
    private final HeartbeatSerde heartbeats = new HeartbeatSerde();

    @Test
    void sortedItemFitsTheSchema() {
        // Given
        var event = RoutingEvents.sorted();

        // When
        var json = publish(event, new RecordHeaders());

        // Then
        assertThat(SCHEMA.validate(json, InputFormat.JSON)).isEmpty();
    }

    @Test
    void lateItemFitsTheSchema() {
        // Given
        var event = RoutingEvents.late();

        // When
        var json = publish(event, new RecordHeaders());

        // Then
        assertThat(SCHEMA.validate(json, InputFormat.JSON)).isEmpty();
    }

    @Test
    void everyFieldOfTheEventIsDescribedInTheSchema() throws IOException {
        // Given
        var described = new ObjectMapper()
                .readTree(resource("routing-event.schema.json"))
                .get("properties");

        // When
        var published = Arrays.stream(RoutingEvent.class.getRecordComponents())
                .map(component -> component.getName())
                .toList();

        // Then
        assertThat(published).containsExactlyElementsOf(described::fieldNames);
    }

    @Test
    void schemaRefusesAnUnsortedItemThatFiresAnEjector() {
        // Given
        var json =
                publish(RoutingEvents.late(), new RecordHeaders()).replace("{\"lineId\"", "{\"ejector\":1,\"lineId\"");

        // When
        var errors = SCHEMA.validate(json, InputFormat.JSON);

        // Then
        assertThat(errors).isNotEmpty();
    }

    @Test
    void routingEventCarriesTheHeadersThatAsyncApiRequires() {
        // Given
        var headers = new RecordHeaders();

        // When
        publish(RoutingEvents.sorted(), headers);

        // Then
        assertThat(names(headers)).containsAll(requiredHeaders("routingEvent"));
    }

    @Test
    void frameCarriesTheHeadersThatAsyncApiRequires() {
        // Given
        var headers = new RecordHeaders();
        var frame = new Frame("line-1", "camera-1", 7, null, Instant.EPOCH, null, "image/jpeg", null, new byte[] {1});

        // When
        try (var serializer = new FrameSerializer()) {
            serializer.serialize(Topic.FRAMES.topicName(), headers, frame);
        }

        // Then
        assertThat(names(headers)).containsAll(requiredHeaders("frame"));
    }

    @Test
    void deadLetterCarriesTheHeadersThatAsyncApiRequires() {
        // Given
        var headers = new RecordHeaders();

        // When
        new DeadLetter("corrupt", "not a JPEG", "sortline.frames", 3, 42).writeTo(headers);

        // Then
        assertThat(names(headers)).containsAll(requiredHeaders("deadLetter"));
    }

    @Test
    void heartbeatFitsTheSchema() {
        // Given
        var headers = new RecordHeaders();

        // When
        var json = heartbeats.serializer().serialize("sortline.heartbeats", headers, HEARTBEAT);

        // Then
        assertThat(HEARTBEAT_SCHEMA.validate(new String(json, StandardCharsets.UTF_8), InputFormat.JSON))
                .isEmpty();
    }

    @Test
    void heartbeatCarriesTheHeadersThatAsyncApiRequires() {
        // Given
        var headers = new RecordHeaders();

        // When
        heartbeats.serializer().serialize("sortline.heartbeats", headers, HEARTBEAT);

        // Then
        assertThat(names(headers)).containsAll(requiredHeaders("heartbeat"));
    }

    @Test
    void everyFieldOfTheHeartbeatIsDescribedInTheSchema() throws IOException {
        // Given
        var described =
                new ObjectMapper().readTree(resource("heartbeat.schema.json")).get("properties");

        // When
        var published = Arrays.stream(Heartbeat.class.getRecordComponents())
                .map(component -> component.getName())
                .toList();

        // Then
        assertThat(published).containsExactlyElementsOf(described::fieldNames);
    }

    @Test
    void heartbeatReadsBackAsItWasWritten() {
        // Given
        var headers = new RecordHeaders();
        var bytes = heartbeats.serializer().serialize("sortline.heartbeats", headers, HEARTBEAT);

        // When
        var read = heartbeats.deserializer().deserialize("sortline.heartbeats", headers, bytes);

        // Then
        assertThat(read).isEqualTo(HEARTBEAT);
    }

    @Test
    void everyFieldOfACamerasStatusIsDescribedInTheSchema() throws IOException {
        // Given
        var described = new ObjectMapper()
                .readTree(resource("heartbeat.schema.json"))
                .at("/properties/cameras/items/properties");

        // When
        var published = Arrays.stream(CameraStatus.class.getRecordComponents())
                .map(component -> component.getName())
                .toList();

        // Then
        assertThat(published).containsExactlyElementsOf(described::fieldNames);
    }

    @Test
    void schemaNamesEveryTroubleThatACameraCanHave() throws IOException {
        // Given
        var description = new ObjectMapper()
                .readTree(resource("heartbeat.schema.json"))
                .at("/properties/cameras/items/properties/troubles/description")
                .asText();

        // When
        var told = Arrays.stream(CameraTrouble.values())
                .filter(trouble -> trouble != CameraTrouble.OTHER)
                .map(CameraTrouble::name)
                .toList();

        // Then
        assertThat(description).contains(told);
    }

    @Test
    void heartbeatOfAnOlderSenderTellsOfNoCamera() {
        // Given
        var json = written(HEARTBEAT).replaceFirst(",\"cameras\":\\[.*]", "");

        // When
        var read = readHeartbeat(json);

        // Then
        assertThat(json).doesNotContain("cameras");
        assertThat(read.cameras()).isEmpty();
    }

    @Test
    void troubleThatOnlyANewerSenderKnowsIsReadAsAnother() {
        // Given
        var json = written(HEARTBEAT).replace("SILENT", "OUT_OF_FOCUS");

        // When
        var read = readHeartbeat(json);

        // Then
        assertThat(read.cameras().get(1).troubles()).containsExactly(CameraTrouble.OTHER);
    }

    @Test
    void ageOfALastFrameIsNeverNegative() {
        // Given
        var before = -1L;

        // When
        var making = assertThatThrownBy(() -> new CameraStatus("camera-1", List.of(), before, null));

        // Then
        making.isInstanceOf(IllegalArgumentException.class).hasMessage("lastFrameAgeMillis is -1: must be at least 0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "{}", "[]", "{\"lineId\":\"line-1\",\"instance\":\"a\"}", "no JSON"})
    void dataThatIsNoHeartbeatIsRefused(String json) {
        // Given
        var headers = new RecordHeaders();
        heartbeats.serializer().serialize("sortline.heartbeats", headers, HEARTBEAT);

        // When
        var reading = assertThatThrownBy(() -> heartbeats
                .deserializer()
                .deserialize("sortline.heartbeats", headers, json.getBytes(StandardCharsets.UTF_8)));

        // Then
        reading.isInstanceOf(BadEnvelopeException.class).hasMessageContaining("attribute 'data'");
    }

    @Test
    void asyncApiNamesEveryTopic() {
        // Given
        var topics = Arrays.stream(Topic.values()).map(Topic::topicName).toList();

        // When
        var addresses = StreamSupport.stream(ASYNC_API.get("channels").spliterator(), false)
                .map(channel -> channel.get("address").asText())
                .toList();

        // Then
        assertThat(addresses).containsExactlyInAnyOrderElementsOf(topics);
    }

    @Test
    void asyncApiNamesTheEventTypes() {
        // Given
        var messages = ASYNC_API.at("/components/messages");

        // When
        var frame = messages.at("/frame/headers/properties/ce_type/const").asText();
        var routingEvent =
                messages.at("/routingEvent/headers/properties/ce_type/const").asText();
        var heartbeat =
                messages.at("/heartbeat/headers/properties/ce_type/const").asText();

        // Then
        assertThat(frame).isEqualTo(Frame.TYPE);
        assertThat(routingEvent).isEqualTo(RoutingEvent.TYPE);
        assertThat(heartbeat).isEqualTo(Heartbeat.TYPE);
    }

    @Test
    void routingEventReadsBackAsItWasWritten() {
        // Given
        var event = RoutingEvents.sorted();
        var headers = new RecordHeaders();
        var bytes = serde.serializer().serialize("sortline.actuations", headers, event);

        // When
        var read = serde.deserializer().deserialize("sortline.actuations", headers, bytes);

        // Then
        assertThat(read).isEqualTo(event);
    }

    private String publish(RoutingEvent event, Headers headers) {
        return new String(serde.serializer().serialize("sortline.actuations", headers, event), StandardCharsets.UTF_8);
    }

    private String written(Heartbeat heartbeat) {
        return new String(
                heartbeats.serializer().serialize("sortline.heartbeats", new RecordHeaders(), heartbeat),
                StandardCharsets.UTF_8);
    }

    private Heartbeat readHeartbeat(String json) {
        var headers = new RecordHeaders();
        heartbeats.serializer().serialize("sortline.heartbeats", headers, HEARTBEAT);
        return heartbeats
                .deserializer()
                .deserialize("sortline.heartbeats", headers, json.getBytes(StandardCharsets.UTF_8));
    }

    private static Iterable<String> requiredHeaders(String message) {
        return StreamSupport.stream(
                        ASYNC_API
                                .at("/components/messages/" + message + "/headers/required")
                                .spliterator(),
                        false)
                .map(JsonNode::asText)
                .toList();
    }

    private static Iterable<String> names(Headers headers) {
        return Arrays.stream(headers.toArray()).map(header -> header.key()).toList();
    }

    private static JsonNode yaml(String text) {
        try {
            return new YAMLMapper().readTree(text);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static String resource(String name) {
        try (var in = Objects.requireNonNull(Topic.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
