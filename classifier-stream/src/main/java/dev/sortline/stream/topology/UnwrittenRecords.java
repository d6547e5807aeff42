// SPDX-License-Identifier: Apache-2.0
package dev.sortline.stream.topology;

import dev.sortline.contract.Topic;
import dev.sortline.trouble.OneLine;
import dev.sortline.trouble.TroubleLog;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.errors.InvalidTimestampException;
import org.apache.kafka.common.errors.RecordBatchTooLargeException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.apache.kafka.streams.errors.ProductionExceptionHandler;
import org.slf4j.LoggerFactory;

/**
 * Decides what becomes of the stream when the cluster does not take a record that it writes. Where waiting helps, it is written again.
 * Where the record itself is at fault, it is counted and told, and the line runs on; of a dead letter that is too large, the reason is
 * still set aside. Anything else ends the stream: it could not write the next record either.
 *
 * <p>Kafka Streams does not ask when rights are missing: it ends. So rights are looked at before the start. May be called from any thread.
 */
public final class UnwrittenRecords implements ProductionExceptionHandler {
    private static final TroubleLog TROUBLE = new TroubleLog(LoggerFactory.getLogger(UnwrittenRecords.class));
    private static final int MOST_CHARACTERS_OF_A_FAILURE = 200;

    private LineMetrics metrics;

    @Override
    public void configure(Map<String, ?> configs) {
        metrics = (LineMetrics)
                Objects.requireNonNull(configs.get(FailedFrames.METRICS_CONFIG), FailedFrames.METRICS_CONFIG);
    }

    @Override
    public Response handleError(
            ErrorHandlerContext context, ProducerRecord<byte[], byte[]> message, Exception failure) {
        if (failure instanceof RetriableException) {
            TROUBLE.warn(
                    "not now",
                    "Kafka does not take records for topic " + message.topic() + " just now, tried again: "
                            + OneLine.of(failure.toString(), MOST_CHARACTERS_OF_A_FAILURE));
            return Response.retry();
        }
        boolean tooLarge = isTooLarge(failure);
        if (!tooLarge
                && !(failure instanceof InvalidTimestampException)
                && !(failure instanceof InvalidRecordException)) {
            return Response.fail();
        }
        tell(message.topic(), failure);
        if (tooLarge && isDeadLetter(message) && message.value() != null) {
            var headers = RefusedRecord.withoutValue(message.headers(), message.value().length);
            return Response.resume(List.of(new ProducerRecord<>(message.topic(), null, message.key(), null, headers)));
        }
        return Response.resume();
    }

    // The raw type is the interface's.
    @SuppressWarnings("rawtypes")
    @Override
    public Response handleSerializationError(
            ErrorHandlerContext context,
            ProducerRecord message,
            Exception failure,
            SerializationExceptionOrigin origin) {
        tell(message.topic(), failure);
        return Response.resume();
    }

    private void tell(String topic, Exception failure) {
        metrics.countUnwritten(topic);
        TROUBLE.error(
                topic,
                "A record for topic " + topic + " is not written: "
                        + OneLine.of(failure.toString(), MOST_CHARACTERS_OF_A_FAILURE) + whereToLook(failure));
    }

    static String whereToLook(Exception failure) {
        if (isTooLarge(failure)) {
            return "; look at the topic's max.message.bytes, and at max.request.size under kafka";
        }
        return failure instanceof InvalidTimestampException
                ? "; look at the topic's message.timestamp settings, and at the clocks"
                : "";
    }

    private static boolean isTooLarge(Exception failure) {
        return failure instanceof RecordTooLargeException || failure instanceof RecordBatchTooLargeException;
    }

    private static boolean isDeadLetter(ProducerRecord<byte[], byte[]> message) {
        return message.topic().equals(Topic.DEAD_LETTERS.topicName());
    }
}
