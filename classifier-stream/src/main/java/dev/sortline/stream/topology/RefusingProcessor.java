// SPDX-License-Identifier: Apache-2.0
package dev.sortline.stream.topology;

import dev.sortline.contract.DeadLetter;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/** A step that may refuse a frame: the refused bytes go to {@link LineTopology#DEAD_LETTERS}. */
abstract class RefusingProcessor<V> extends ContextualProcessor<String, V, String, Object> {
    private final LineMetrics metrics;

    RefusingProcessor(LineMetrics metrics) {
        this.metrics = metrics;
    }

    final void refuse(Record<String, ?> record, byte @Nullable [] bytes, String reason, String detail) {
        var origin = context().recordMetadata().orElseThrow();
        var letter = new DeadLetter(reason, detail, origin.topic(), origin.partition(), origin.offset());
        var refused = DeadLetters.address(new RefusedRecord(record.key(), bytes, record.headers()), letter, metrics);
        context()
                .forward(
                        new Record<>(refused.key(), refused.value(), record.timestamp(), refused.headers()),
                        LineTopology.DEAD_LETTERS);
    }
}
