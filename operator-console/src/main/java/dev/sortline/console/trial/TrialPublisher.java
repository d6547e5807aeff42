// SPDX-License-Identifier: Apache-2.0
package dev.sortline.console.trial;

import dev.sortline.contract.ClientProperties;
import dev.sortline.contract.Frame;
import dev.sortline.contract.FrameSerializer;
import dev.sortline.contract.Topic;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/** Publishes photos as frames of the trial line. Safe for use by several threads. */
final class TrialPublisher implements FrameSink, AutoCloseable {
    private static final Duration BLOCKS_AT_MOST = Duration.ofSeconds(2);
    private static final Duration DELIVERED_WITHIN = Duration.ofSeconds(5);

    private final Map<String, Object> properties;
    private @Nullable KafkaProducer<String, Frame> producer;
    private boolean closed;

    TrialPublisher(Map<String, Object> kafka) {
        properties = new HashMap<>();
        properties.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "none");
        properties.putAll(ClientProperties.PRODUCER.of(kafka));
        properties.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        properties.put(ProducerConfig.ACKS_CONFIG, "all");
        properties.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Topic.MAX_RECORD_BYTES);
        properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, BLOCKS_AT_MOST.toMillis());
        properties.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) BLOCKS_AT_MOST.toMillis());
        properties.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, (int) DELIVERED_WITHIN.toMillis());
        properties.put(ProducerConfig.PARTITIONER_IGNORE_KEYS_CONFIG, false);
        properties.put(ProducerConfig.ENABLE_METRICS_PUSH_CONFIG, false);
        properties.remove(ProducerConfig.TRANSACTIONAL_ID_CONFIG);
    }

    @Override
    public void send(Frame frame, Consumer<Exception> onFailure) {
        var message = new ProducerRecord<>(
                Topic.FRAMES.topicName(), null, frame.capturedAt().toEpochMilli(), frame.lineId(), frame);
        try {
            var unused = producer().send(message, (metadata, failure) -> {
                if (failure != null) {
                    onFailure.accept(failure);
                }
            });
        } catch (RuntimeException e) {
            onFailure.accept(e);
        }
    }

    /** Not before it is needed: a cluster whose name is not known yet must not keep the page from starting. */
    private synchronized KafkaProducer<String, Frame> producer() {
        if (closed) {
            throw new IllegalStateException("closed");
        }
        KafkaProducer<String, Frame> open = producer;
        if (open == null) {
            open = new KafkaProducer<>(properties, new StringSerializer(), new FrameSerializer());
            producer = open;
        }
        return open;
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (producer != null) {
            producer.close(Duration.ZERO);
        }
    }
}
