// SPDX-License-Identifier: Apache-2.0
package dev.sortline.stream.topology;

import dev.sortline.contract.Topic;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.producer.ProducerInterceptor;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/** Hears when the cluster has a routing event, for what that took. Made by Kafka's producer, on whose thread it hears. */
public final class PublishTimes implements ProducerInterceptor<Object, Object> {
    /** Of a message's envelope: its id. */
    private static final String ID = "ce_id";

    private LineMetrics metrics;

    @Override
    public void configure(Map<String, ?> configs) {
        metrics = (LineMetrics)
                Objects.requireNonNull(configs.get(FailedFrames.METRICS_CONFIG), FailedFrames.METRICS_CONFIG);
    }

    @Override
    public ProducerRecord<Object, Object> onSend(ProducerRecord<Object, Object> message) {
        return message;
    }

    @Override
    public void onAcknowledgement(
            @Nullable RecordMetadata metadata, @Nullable Exception failure, @Nullable Headers headers) {
        @Nullable Header id = headers == null ? null : headers.lastHeader(ID);
        if (id != null && metadata != null && Topic.ACTUATIONS.topicName().equals(metadata.topic())) {
            metrics.published(new String(id.value(), StandardCharsets.UTF_8), failure == null);
        }
    }

    @Override
    public void close() {
        // It holds nothing.
    }
}
