// SPDX-License-Identifier: Apache-2.0
package dev.sortline.stream.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sortline.contract.DeadLetter;
import dev.sortline.contract.Topic;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.internal.AbstractRecords;
import org.apache.kafka.common.record.internal.RecordBatch;
import org.junit.jupiter.api.Test;

/** What of a record is set aside: all that fits. */
class RefusedRecordTest {
    private static final DeadLetter LETTER = new DeadLetter("corrupt", "cut off", "sortline.frames", 3, 42);

    private final Headers came = new RecordHeaders();

    @Test
    void ordinaryRecordIsSetAsideAsItCame() {
        // Given
        came.add("ce_id", bytes("line-1/camera-1/7")).add("trace", null);
        byte[] image = bytes("no image");

        // When
        var aside = new RefusedRecord("line-1", image, came).setAside(LETTER);

        // Then
        assertThat(aside.key()).isEqualTo("line-1");
        assertThat(aside.value()).isSameAs(image);
        assertThat(aside.headers().lastHeader("ce_id").value()).isEqualTo(bytes("line-1/camera-1/7"));
        assertThat(aside.headers().lastHeader("trace").value()).isNull();
        assertThat(aside.headers().lastHeader(DeadLetter.LEFT_OUT)).isNull();
        assertThat(DeadLetter.readFrom(aside.headers())).isEqualTo(LETTER);
    }

    @Test
    void headerThatIsTooLargeIsLeftOutAndNamed() {
        // Given
        came.add("ce_type", new byte[3 << 20]).add("ce_id", bytes("7"));

        // When
        var aside = new RefusedRecord("line-1", bytes("image"), came).setAside(LETTER);

        // Then
        assertThat(aside.headers().lastHeader("ce_type")).isNull();
        assertThat(aside.headers().lastHeader("ce_id")).isNotNull();
        assertThat(leftOut(aside)).isEqualTo("header ce_type (3145743 bytes)");
    }

    @Test
    void thousandsOfHeadersAreKeptAsFarAsTheyFit() {
        // Given
        for (int i = 0; i < 10_000; i++) {
            came.add("ce_id", bytes("number " + i));
        }

        // When
        var aside = new RefusedRecord("line-1", bytes("image"), came).setAside(LETTER);

        // Then
        assertThat(aside.headers().headers("ce_id")).hasSizeBetween(1_000, 9_000);
        assertThat(leftOut(aside)).startsWith("header ce_id (").endsWith(" more headers");
    }

    @Test
    void keyAndHeaderNameOfAnySizeAreNotKept() {
        // Given
        came.add("x".repeat(1 << 20), null);

        // When
        var aside = new RefusedRecord("k".repeat(3 << 20), bytes("image"), came).setAside(LETTER);

        // Then
        assertThat(aside.key()).isNull();
        assertThat(leftOut(aside))
                .startsWith("key (3145728 characters), header xxx")
                .hasSizeLessThan(200);
    }

    @Test
    void valueThatCameCompressedAndIsLargerThanAnyRecordIsCut() {
        // Given
        byte[] value = new byte[24 << 20];

        // When
        var aside = new RefusedRecord("line-1", value, came).setAside(LETTER);

        // Then
        assertThat(aside.value()).hasSize(Topic.MAX_RECORD_BYTES);
        assertThat(leftOut(aside)).isEqualTo("value beyond its first 5242880 bytes (25165824 bytes)");
    }

    @Test
    void earlierRefusalIsNotTakenForThisOnes() {
        // Given
        new DeadLetter("unknown-line", "of yesterday", "sortline.frames", 1, 1).writeTo(came);
        came.add(DeadLetter.LEFT_OUT, bytes("of yesterday"));

        // When
        var aside = new RefusedRecord("line-1", bytes("image"), came).setAside(LETTER);

        // Then
        assertThat(aside.headers().toArray())
                .extracting(Header::key)
                .doesNotHaveDuplicates()
                .doesNotContain(DeadLetter.LEFT_OUT);
        assertThat(DeadLetter.readFrom(aside.headers())).isEqualTo(LETTER);
    }

    @Test
    void largestDeadLetterFitsIntoItsTopic() {
        // Given
        var endless = "\u0000😀".repeat(1 << 20);
        for (int i = 0; i < 100_000; i++) {
            came.add("", null);
        }
        for (int i = 0; i < 1_000; i++) {
            came.add("x" + endless.substring(0, 1_000), new byte[100]);
        }
        var letter = new DeadLetter("too-many-bytes", endless, "sortline.frames", Integer.MAX_VALUE, Long.MAX_VALUE);

        // When
        var aside = new RefusedRecord(endless, new byte[24 << 20], came).setAside(letter);

        // Then
        int size = AbstractRecords.estimateSizeInBytesUpperBound(
                RecordBatch.CURRENT_MAGIC_VALUE,
                Compression.NONE.type(),
                bytes(String.valueOf(aside.key())),
                aside.value(),
                aside.headers().toArray());
        assertThat(size).isLessThan(Topic.MAX_DEAD_LETTER_BYTES - (512 << 10));
    }

    private static String leftOut(RefusedRecord aside) {
        return new String(aside.headers().lastHeader(DeadLetter.LEFT_OUT).value(), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
