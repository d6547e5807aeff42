// SPDX-License-Identifier: Apache-2.0
package dev.sortline.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FrameEnvelopeTest {
    private static final byte[] IMAGE = {(byte) 0xFF, (byte) 0xD8, 1, 2, 3};
    private static final Frame FRAME = new Frame(
            "line-1",
            "camera-2",
            42,
            "item-9",
            Instant.parse("2026-01-01T12:00:00.123456Z"),
            -5L,
            "image/jpeg",
            "glass",
            IMAGE);

    private final FrameSerializer serializer = new FrameSerializer();
    private final FrameDeserializer deserializer = new FrameDeserializer();

    @Test
    void frameReadsBackAsItWasWritten() {
        // Given
        var headers = new RecordHeaders();
        var value = serializer.serialize("sortline.frames", headers, FRAME);

        // When
        var read = deserializer.deserialize("sortline.frames", headers, value);

        // Then
        assertThat(read).usingRecursiveComparison().isEqualTo(FRAME);
    }

    @Test
    void imageTravelsAsItIs() {
        // Given
        var headers = new RecordHeaders();

        // When
        var value = serializer.serialize("sortline.frames", headers, FRAME);

        // Then
        assertThat(value).isEqualTo(IMAGE);
    }

    @Test
    void ownCamerasIdIsDerivedFromLineCameraAndSequence() {
        // Given
        var headers = new RecordHeaders();

        // When
        serializer.serialize("sortline.frames", headers, FRAME);

        // Then
        assertThat(headers.lastHeader("ce_id").value())
                .asString(StandardCharsets.UTF_8)
                .isEqualTo("line-1/camera-2/42");
    }

    @Test
    void idThatACameraOfAnotherMakeGivesIsKept() {
        // Given
        var headers = written();
        headers.remove("ce_id");
        headers.add("ce_id", "4711".getBytes(StandardCharsets.UTF_8));

        // When
        var read = deserializer.deserialize("sortline.frames", headers, IMAGE);

        // Then
        assertThat(read.id()).isEqualTo("4711");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ce_specversion",
                "ce_id",
                "ce_source",
                "ce_type",
                "ce_time",
                "ce_lineid",
                "ce_cameraid",
                "ce_sequence"
            })
    void missingAttributeIsNamed(String header) {
        // Given
        var headers = written();
        headers.remove(header);

        // When
        var reading = catchThrowableOfType(
                BadEnvelopeException.class, () -> deserializer.deserialize("sortline.frames", headers, IMAGE));

        // Then
        assertThat(reading.attribute()).isEqualTo(header.substring("ce_".length()));
        assertThat(reading).hasMessageContaining("is missing");
    }

    @ParameterizedTest
    @CsvSource({
        "ce_specversion, 0.3",
        "ce_type, dev.sortline.item.routed.v1",
        "ce_source, '::not a URI'",
        "ce_time, yesterday",
        "ce_time, +10000-01-01T00:00:00Z",
        "ce_lineid, 'line 1'",
        "ce_lineid, line/1",
        "ce_cameraid, '../..'",
        "ce_sequence, -1",
        "ce_sequence, 99999999999999999999",
        "ce_encoder, fast",
        "ce_itemid, 'a b'"
    })
    void wrongAttributeIsNamedWithItsValue(String header, String value) {
        // Given
        var headers = written();
        headers.remove(header);
        headers.add(header, value.getBytes(StandardCharsets.UTF_8));

        // When
        var reading = catchThrowableOfType(
                BadEnvelopeException.class, () -> deserializer.deserialize("sortline.frames", headers, IMAGE));

        // Then
        assertThat(reading.attribute()).isEqualTo(header.substring("ce_".length()));
        assertThat(reading).hasMessageContaining("'" + value + "'");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ce_specversion",
                "ce_id",
                "ce_source",
                "ce_type",
                "ce_time",
                "ce_lineid",
                "ce_cameraid",
                "ce_sequence",
                "ce_itemid",
                "ce_encoder",
                "ce_truth",
                "content-type"
            })
    void endlessAttributeIsToldInAShortLine(String header) {
        // Given
        var headers = written();
        headers.remove(header);
        headers.add(header, "[x\n".repeat(1 << 20).getBytes(StandardCharsets.UTF_8));

        // When
        var reading = catchThrowableOfType(
                BadEnvelopeException.class, () -> deserializer.deserialize("sortline.frames", headers, IMAGE));

        // Then
        assertThat(reading.getMessage())
                .hasSizeLessThan(250)
                .contains("'[x [x ", "… (3145728 characters)'")
                .doesNotContain("\n");
    }

    @Test
    void attributeThatIsNoTextIsRefused() {
        // Given
        var headers = written();
        headers.remove("ce_id");
        headers.add("ce_id", new byte[] {'a', (byte) 0xC3, (byte) 0x28});

        // When
        var reading = catchThrowableOfType(
                BadEnvelopeException.class, () -> deserializer.deserialize("sortline.frames", headers, IMAGE));

        // Then
        assertThat(reading.getMessage()).isEqualTo("attribute 'id' is 'a\uFFFD(': must be UTF-8");
    }

    @Test
    void headerWithoutValueIsAMissingOne() {
        // Given
        var headers = written();
        headers.add("ce_id", null);

        // When
        var reading = catchThrowableOfType(
                BadEnvelopeException.class, () -> deserializer.deserialize("sortline.frames", headers, IMAGE));

        // Then
        assertThat(reading).hasMessageContaining("'id' is missing");
    }

    @Test
    void emptyImageIsRefused() {
        // Given
        var headers = written();

        // When / Then
        assertThatThrownBy(() -> deserializer.deserialize("sortline.frames", headers, new byte[0]))
                .isInstanceOf(BadEnvelopeException.class)
                .hasMessageContaining("data");
    }

    @Test
    void framesOfOneItemShareItWhileOthersAreItemsOfTheirOwn() {
        // Given
        var alone = new Frame("line-1", "camera-2", 42, null, Instant.EPOCH, null, "image/jpeg", null, IMAGE);

        // When
        var items = new String[] {FRAME.item(), alone.item()};

        // Then
        assertThat(items).containsExactly("item-9", "camera-2.42.0");
    }

    @Test
    void framesOfACounterThatBeginsAgainAreOtherItems() {
        // Given
        var before = new Frame("line-1", "camera-2", 0, null, Instant.EPOCH, null, "image/jpeg", null, IMAGE);
        var after =
                new Frame("line-1", "camera-2", 0, null, Instant.EPOCH.plusMillis(1), null, "image/jpeg", null, IMAGE);

        // When
        var items = new String[] {before.item(), after.item()};

        // Then
        assertThat(items).doesNotHaveDuplicates();
    }

    @Test
    void longestItemThatAFrameMakesFitsAnEvent() {
        // Given
        var end = Instant.parse("9999-12-31T23:59:59.999Z");
        var frame = new Frame("line-1", "c".repeat(64), Long.MAX_VALUE, null, end, null, "image/jpeg", null, IMAGE);

        // When
        var checking = assertThatCode(() -> Identifiers.checkItem(frame.item()));

        // Then
        checking.doesNotThrowAnyException();
    }

    @Test
    void frameOfAYearThatNoTimeStampCanHoldIsNone() {
        // Given
        var never = Instant.MAX;

        // When
        var making = assertThatThrownBy(
                () -> new Frame("line-1", "camera-2", 0, null, never, null, "image/jpeg", null, IMAGE));

        // Then
        making.isInstanceOf(IllegalArgumentException.class).hasMessageContaining("must be in the years 0 to 9999");
    }

    private RecordHeaders written() {
        var headers = new RecordHeaders();
        serializer.serialize("sortline.frames", headers, FRAME);
        return headers;
    }
}
