// SPDX-License-Identifier: Apache-2.0
package dev.sortline.stream.topology;

import dev.sortline.classifier.network.ClassifierClosedException;
import dev.sortline.contract.DeadLetter;
import dev.sortline.contract.Topic;
import dev.sortline.stream.item.FrameFate;
import dev.sortline.stream.item.RefusalReason;
import dev.sortline.trouble.OneLine;
import dev.sortline.trouble.TroubleLog;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.apache.kafka.streams.errors.ProcessingExceptionHandler;
import org.apache.kafka.streams.errors.StreamsException;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * A frame on which a step fails in a way that nobody foresaw is set aside like any other refused frame; the line runs on. Where it is not
 * the frame that is at fault but the stream's own footing (the cluster refuses what is written, the classifier is closed), the stream ends
 * instead, and the frame is left for whoever has the line next.
 */
public final class FailedFrames implements ProcessingExceptionHandler {
    /** Configuration key under which Kafka Streams hands over the {@link LineMetrics}. */
    public static final String METRICS_CONFIG = "sortline.metrics";

    private static final TroubleLog TROUBLE = new TroubleLog(LoggerFactory.getLogger(FailedFrames.class));
    private static final int MOST_CHARACTERS_OF_A_FAILURE = 200;
    private static final int MOST_STEPS = 3;

    private LineMetrics metrics;

    @Override
    public void configure(Map<String, ?> configs) {
        metrics = (LineMetrics) Objects.requireNonNull(configs.get(METRICS_CONFIG), METRICS_CONFIG);
    }

    @Override
    public Response handleError(ErrorHandlerContext context, Record<?, ?> message, Exception failure) {
        if (failure instanceof ClassifierClosedException
                || failure instanceof StreamsException
                || failure instanceof InterruptException) {
            // Nothing is wrong with the frame: its offset is not committed, and whoever has the line next takes it up.
            return Response.fail();
        }
        TROUBLE.error(
                "failed",
                "Step " + context.processorNodeId()
                        + " failed on a frame, which is a mistake in Sortline: please report " + told(failure));
        if (context.topic() == null) {
            // A timer failed: there is no frame in hand to set aside.
            return Response.resume();
        }
        var letter = new DeadLetter(
                RefusalReason.FAILED.code(),
                String.valueOf(failure),
                context.topic(),
                context.partition(),
                context.offset());
        var came = new RefusedRecord(text(context.sourceRawKey()), context.sourceRawValue(), context.headers());
        var refused = DeadLetters.address(came, letter, metrics);
        metrics.count(LineMetrics.UNKNOWN_LINE, FrameFate.UNREADABLE);
        return Response.resume(List.of(new ProducerRecord<>(
                Topic.DEAD_LETTERS.topicName(), null, bytes(refused.key()), refused.value(), refused.headers())));
    }

    /** The failure and where it came from, without its whole stack: it may come with every frame. */
    static String told(Exception failure) {
        return OneLine.of(failure.toString(), MOST_CHARACTERS_OF_A_FAILURE)
                + Arrays.stream(failure.getStackTrace())
                        .limit(MOST_STEPS)
                        .map(step -> " at " + step.getClassName() + ":" + step.getLineNumber())
                        .collect(Collectors.joining());
    }

    private static @Nullable String text(byte @Nullable [] key) {
        return key == null ? null : new String(key, StandardCharsets.UTF_8);
    }

    private static byte @Nullable [] bytes(@Nullable String key) {
        return key == null ? null : key.getBytes(StandardCharsets.UTF_8);
    }
}
