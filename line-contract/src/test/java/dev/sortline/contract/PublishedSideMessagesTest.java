// SPDX-License-Identifier: Apache-2.0
package dev.sortline.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.Serde;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is said of items beside the line's own way, held against what its schemas and AsyncAPI promise to users of other languages. */
class PublishedSideMessagesTest {
    private static final JsonNode ASYNC_API = yaml(resource("asyncapi.yaml"));

    static Stream<Arguments> messages() {
        return Stream.of(
                arguments("frameAnswer", SideMessages.answer(), new FrameAnswerSerde()),
                arguments("itemOutcome", SideMessages.outcome(), new ItemOutcomeSerde()),
                arguments("itemOutcome", SideMessages.outcomeWithoutEjector(), new ItemOutcomeSerde()),
                arguments("gatewayStatus", SideMessages.status(), new GatewayStatusSerde()),
                arguments("itemLabel", SideMessages.label(), new ItemLabelSerde()),
                arguments("itemLabel", SideMessages.nothing(), new ItemLabelSerde()));
    }

    static Stream<Arguments> types() {
        return Stream.of(
                arguments("frameAnswer", FrameAnswer.TYPE),
                arguments("itemOutcome", ItemOutcome.TYPE),
                arguments("gatewayStatus", GatewayStatus.TYPE),
                arguments("itemLabel", ItemLabel.TYPE),
                arguments("reviewRequest", ReviewRequest.TYPE));
    }

    static Stream<Arguments> records() {
        return Stream.of(
                arguments("frameAnswer", FrameAnswer.class),
                arguments("itemOutcome", ItemOutcome.class),
                arguments("gatewayStatus", GatewayStatus.class),
                arguments("itemLabel", ItemLabel.class));
    }

    @ParameterizedTest
    @MethodSource("messages")
    <T> void messageFitsTheSchemaThatAsyncApiNames(String name, T message, Serde<T> serde) {
        // Given
        var schema = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                .getSchema(resource(schemaOf(name)), InputFormat.JSON);

        // When
        String json = new String(written(message, serde, new RecordHeaders()), StandardCharsets.UTF_8);

        // Then
        assertThat(schema.validate(json, InputFormat.JSON)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("messages")
    <T> void messageCarriesTheHeadersThatAsyncApiRequires(String name, T message, Serde<T> serde) {
        // Given
        var headers = new RecordHeaders();

        // When
        written(message, serde, headers);

        // Then
        assertThat(names(headers)).containsExactlyInAnyOrderElementsOf(requiredHeaders(name));
    }

    @ParameterizedTest
    @MethodSource("messages")
    <T> void messageReadsBackAsItWasWritten(String name, T message, Serde<T> serde) {
        // Given
        var headers = new RecordHeaders();
        byte[] value = written(message, serde, headers);

        // When
        T read = serde.deserializer().deserialize(name, headers, value);

        // Then
        assertThat(read).isEqualTo(message);
    }

    @ParameterizedTest
    @MethodSource("records")
    void everyFieldIsDescribedInTheSchema(String name, Class<?> record) throws IOException {
        // Given
        var described = new ObjectMapper().readTree(resource(schemaOf(name))).get("properties");

        // When
        var published = Arrays.stream(record.getRecordComponents())
                .map(component -> component.getName())
                .toList();

        // Then
        assertThat(published).containsExactlyElementsOf(described::fieldNames);
    }

    @ParameterizedTest
    @MethodSource("types")
    void asyncApiNamesTheType(String name, String type) {
        // Given
        var message = ASYNC_API.at("/components/messages/" + name);

        // When
        var named = List.of(
                message.at("/name").asText(),
                message.at("/headers/properties/ce_type/const").asText());

        // Then
        assertThat(named).containsOnly(type);
    }

    @Test
    void requestForAReviewCarriesTheHeadersThatAsyncApiRequires() {
        // Given
        var headers = new RecordHeaders();

        // When
        written(SideMessages.review(), new ReviewRequestSerde(), headers);

        // Then
        assertThat(names(headers)).containsExactlyInAnyOrderElementsOf(requiredHeaders("reviewRequest"));
    }

    @Test
    void requestForAReviewReadsBackAsItWasWritten() {
        // Given
        var headers = new RecordHeaders();
        byte[] value = written(SideMessages.review(), new ReviewRequestSerde(), headers);

        // When
        var read = new ReviewRequestSerde().deserializer().deserialize("sortline.reviews", headers, value);

        // Then
        assertThat(read).usingRecursiveComparison().isEqualTo(SideMessages.review());
    }

    @Test
    void pictureOfAReviewTravelsAsItIs() {
        // Given
        var request = SideMessages.review();

        // When
        byte[] value = written(request, new ReviewRequestSerde(), new RecordHeaders());

        // Then
        assertThat(value).isEqualTo(SideMessages.PICTURE);
    }

    @Test
    void asyncApiNamesEveryCauseOfAReview() {
        // Given
        var causes = ASYNC_API.at("/components/messages/reviewRequest/headers/properties/ce_cause/enum");

        // When
        var named = StreamSupport.stream(causes.spliterator(), false)
                .map(cause -> ReviewRequest.Cause.valueOf(cause.asText().toUpperCase(Locale.ROOT)))
                .toList();

        // Then
        assertThat(named).containsExactly(ReviewRequest.Cause.values());
    }

    @Test
    void probabilitiesOfAnAnswerKeepTheOrderOfTheModelsLabels() {
        // Given
        var headers = new RecordHeaders();
        byte[] value = written(SideMessages.answer(), new FrameAnswerSerde(), headers);

        // When
        var read = new FrameAnswerSerde().deserializer().deserialize("sortline.answers", headers, value);

        // Then
        assertThat(read.probabilities().keySet()).containsExactly("metal", "glass");
    }

    @Test
    void keyOfAGatewayCanBeNoLines() {
        // Given
        var status = SideMessages.status();

        // When
        String key = status.key();

        // Then
        assertThat(key).isEqualTo("gateway/plant-a.4711").doesNotMatch("[A-Za-z0-9._-]{1,64}");
    }

    private static <T> byte[] written(T message, Serde<T> serde, Headers headers) {
        return serde.serializer().serialize("topic", headers, message);
    }

    private static String schemaOf(String message) {
        return ASYNC_API
                .at("/components/messages/" + message + "/payload/schema/$ref")
                .asText()
                .replace("./", "");
    }

    private static List<String> requiredHeaders(String message) {
        var required = ASYNC_API.at("/components/messages/" + message + "/headers/required");
        return StreamSupport.stream(required.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }

    private static List<String> names(Headers headers) {
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
