// SPDX-License-Identifier: Apache-2.0
package dev.sortline.stream.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sortline.contract.DeadLetter;
import dev.sortline.metrics.LineMetric;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.errors.ClusterAuthorizationException;
import org.apache.kafka.common.errors.InvalidTimestampException;
import org.apache.kafka.common.errors.RecordBatchTooLargeException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.streams.errors.ProductionExceptionHandler.Result;
import org.apache.kafka.streams.errors.ProductionExceptionHandler.SerializationExceptionOrigin;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What becomes of the stream when the cluster does not take what it writes. */
class UnwrittenRecordsTest {
    private static final ProducerRecord<byte[], byte[]> EVENT =
            new ProducerRecord<>("sortline.actuations", bytes("line-1"), bytes("{}"));

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final UnwrittenRecords records = new UnwrittenRecords();

    @BeforeEach
    void configure() {
        records.configure(Map.of(FailedFrames.METRICS_CONFIG, new LineMetrics(registry)));
    }

    @Test
    void clusterThatIsAwayIsWaitedFor() {
        // Given
        var away = new TimeoutException("no answer within 30 s");

        // When
        var response = records.handleError(null, EVENT, away);

        // Then
        assertThat(response.result()).isEqualTo(Result.RETRY);
        assertThat(registry.find(LineMetric.UNWRITTEN.meterName()).counters()).isEmpty();
    }

    @Test
    void settingsOfItsSizeAreNamedOnlyForARecordThatIsTooLarge() {
        // Given
        var tooLarge = new RecordTooLargeException("2 MiB");
        var ofAnotherTime = new InvalidTimestampException("in the year 2100");

        // When
        var ofTheSize = UnwrittenRecords.whereToLook(tooLarge);
        var ofTheTime = UnwrittenRecords.whereToLook(ofAnotherTime);
        var ofNeither = UnwrittenRecords.whereToLook(new InvalidRecordException("no key"));

        // Then
        assertThat(ofTheSize).contains("max.message.bytes");
        assertThat(ofTheTime).contains("message.timestamp").doesNotContain("max.message.bytes");
        assertThat(ofNeither).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("faultsOfARecord")
    void recordThatIsItselfAtFaultIsCountedAndTheStreamGoesOn(Exception fault) {
        // Given
        var event = EVENT;

        // When
        var response = records.handleError(null, event, fault);

        // Then
        assertThat(response.result()).isEqualTo(Result.RESUME);
        assertThat(response.deadLetterQueueRecords()).isEmpty();
        assertThat(unwritten("sortline.actuations")).isEqualTo(1);
    }

    static Exception[] faultsOfARecord() {
        return new Exception[] {
            new RecordTooLargeException("6 MiB"),
            new RecordBatchTooLargeException("6 MiB"),
            new InvalidTimestampException("tomorrow"),
            new InvalidRecordException("no key")
        };
    }

    @Test
    void deadLetterThatIsTooLargeIsWrittenWithoutItsBytes() {
        // Given
        var letter = new ProducerRecord<>("sortline.frames.dlq", bytes("line-1"), bytes("five megabytes"));
        new DeadLetter("corrupt", "cut off", "sortline.frames", 3, 42).writeTo(letter.headers());

        // When
        var response = records.handleError(null, letter, new RecordTooLargeException("1 MB"));

        // Then
        assertThat(response.result()).isEqualTo(Result.RESUME);
        assertThat(response.deadLetterQueueRecords()).singleElement().satisfies(without -> {
            assertThat(without.topic()).isEqualTo("sortline.frames.dlq");
            assertThat(without.key()).isEqualTo(bytes("line-1"));
            assertThat(without.value()).isNull();
            assertThat(DeadLetter.readFrom(without.headers()).reason()).isEqualTo("corrupt");
            assertThat(without.headers().lastHeader(DeadLetter.LEFT_OUT).value())
                    .isEqualTo(bytes("value (14 bytes)"));
        });
    }

    @Test
    void deadLetterThatIsTooLargeWithoutItsBytesIsGivenUp() {
        // Given
        var letter = new ProducerRecord<byte[], byte[]>("sortline.frames.dlq", bytes("line-1"), null);

        // When
        var response = records.handleError(null, letter, new RecordTooLargeException("100 bytes"));

        // Then
        assertThat(response.result()).isEqualTo(Result.RESUME);
        assertThat(response.deadLetterQueueRecords()).isEmpty();
    }

    @Test
    void whatWouldMeetEveryRecordEndsTheStream() {
        // Given
        var noRight = new ClusterAuthorizationException("not allowed");

        // When
        var response = records.handleError(null, EVENT, noRight);

        // Then
        assertThat(response.result()).isEqualTo(Result.FAIL);
    }

    @Test
    void whatCannotBeSerialisedIsCountedAndTheStreamGoesOn() {
        // Given
        var item = new ProducerRecord<>("sortline-classifier-item-votes-changelog", "line-1/item-7", new Object());

        // When
        var response = records.handleSerializationError(
                null, item, new IllegalStateException("no JSON"), SerializationExceptionOrigin.VALUE);

        // Then
        assertThat(response.result()).isEqualTo(Result.RESUME);
        assertThat(unwritten("changelog")).isEqualTo(1);
    }

    private double unwritten(String topic) {
        return registry.get(LineMetric.UNWRITTEN.meterName())
                .tag("topic", topic)
                .counter()
                .count();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
