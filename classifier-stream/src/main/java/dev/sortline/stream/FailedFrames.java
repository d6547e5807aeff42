// SPDX-License-Identifier: Apache-2.0
package dev.sortline.stream;

import dev.sortline.classifier.ClassifierClosedException;
import dev.sortline.contract.DeadLetter;
import dev.sortline.contract.Topic;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.apache.kafka.streams.errors.ProcessingExceptionHandler;
import org.apache.kafka.streams.processor.api.Record;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A frame on which a step fails in a way that nobody foresaw is set aside like any other refused frame; the line runs on. */
public final class FailedFrames implements ProcessingExceptionHandler {
    /** Configuration key under which Kafka Streams hands over the {@link LineMetrics}. */
    static final String METRICS_CONFIG = "sortline.metrics";

    private static final Logger LOG = LoggerFactory.getLogger(FailedFrames.class);

    private LineMetrics metrics;

    @Override
    public void configure(Map<String, ?> configs) {
        metrics = (LineMetrics) Objects.requireNonNull(configs.get(METRICS_CONFIG), METRICS_CONFIG);
    }

    @Override
    public Response handleError(ErrorHandlerContext context, Record<?, ?> message, Exception failure) {
        if (failure instanceof ClassifierClosedException) {
            // Nothing is wrong with the frame: its offset is not committed, and whoever has the line next takes it up.
            return Response.fail();
        }
        LOG.error("Step {} failed on a frame", context.processorNodeId(), failure);
        if (context.topic() == null) {
            // A timer failed: there is no frame in hand to set aside.
            return Response.resume();
        }
        var letter = new DeadLetter(
                DeadLetters.FAILED, String.valueOf(failure), context.topic(), context.partition(), context.offset());
        var headers = DeadLetters.address(context.headers(), letter, metrics);
        metrics.count(LineMetrics.UNKNOWN_LINE, Fate.UNREADABLE);
        return Response.resume(List.of(new ProducerRecord<>(
                Topic.DEAD_LETTERS.topicName(), null, context.sourceRawKey(), context.sourceRawValue(), headers)));
    }
}
