// SPDX-License-Identifier: Apache-2.0
package dev.sortline.console.review;

import dev.sortline.console.book.ReviewBook.Word;
import dev.sortline.contract.ClientProperties;
import dev.sortline.contract.ItemLabel;
import dev.sortline.contract.ItemLabelSerde;
import dev.sortline.contract.Topic;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadPoolExecutor;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/**
 * Publishes what people say of items. It waits for the cluster on a thread of its own, for some seconds at most; more than {@value #MOST_WAITING}
 * words at a time are refused. Safe for use by several threads.
 */
final class LabelPublisher implements AutoCloseable {
    private static final int MOST_WAITING = 64;
    private static final Duration WITHIN = Duration.ofSeconds(5);

    private final Map<String, Object> kafka;
    private final ThreadPoolExecutor thread = BoundedThread.named("labels", MOST_WAITING);
    private final Serializer<ItemLabel> labels = new ItemLabelSerde().serializer();
    private @Nullable KafkaProducer<String, byte[]> producer;

    LabelPublisher(Map<String, Object> kafka) {
        this.kafka = producerProperties(kafka);
    }

    private static Map<String, Object> producerProperties(Map<String, Object> kafka) {
        Map<String, Object> properties = new HashMap<>();
        properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, (int) WITHIN.toMillis());
        properties.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 2000);
        properties.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, (int) WITHIN.toMillis());
        properties.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        properties.putAll(ClientProperties.PRODUCER.of(kafka));
        properties.put(ProducerConfig.ACKS_CONFIG, "all");
        properties.put(ProducerConfig.ENABLE_METRICS_PUSH_CONFIG, false);
        properties.remove(ProducerConfig.TRANSACTIONAL_ID_CONFIG);
        return properties;
    }

    /**
     * Publishes a word on an item. The future is done when all replicas have it, and fails with Kafka's exception when they do not in time.
     *
     * @param key the item's
     * @param label what is said; {@code null} takes it back
     * @throws java.util.concurrent.RejectedExecutionException when too many wait
     */
    CompletableFuture<Word> publish(String key, @Nullable ItemLabel label) {
        var said = new CompletableFuture<Word>();
        thread.execute(() -> {
            try {
                send(key, label, said);
            } catch (RuntimeException e) {
                said.completeExceptionally(e);
            }
        });
        return said;
    }

    private void send(String key, @Nullable ItemLabel label, CompletableFuture<Word> said) {
        KafkaProducer<String, byte[]> open = producer;
        if (open == null) {
            // Not before it is needed: a name that is not known yet must not keep the page from starting.
            open = new KafkaProducer<>(kafka, new StringSerializer(), new ByteArraySerializer());
            producer = open;
        }
        String topic = Topic.LABELS.topicName();
        var message = new ProducerRecord<String, byte[]>(topic, key, null);
        if (label != null) {
            byte[] value = labels.serialize(topic, message.headers(), label);
            message = new ProducerRecord<>(topic, null, null, key, value, message.headers());
        }
        var unused = open.send(message, (metadata, failure) -> {
            if (failure == null) {
                said.complete(new Word(key, label, metadata.offset(), Instant.ofEpochMilli(metadata.timestamp())));
            } else {
                said.completeExceptionally(failure);
            }
        });
    }

    @Override
    public void close() {
        thread.execute(() -> {
            if (producer != null) {
                producer.close(WITHIN);
            }
        });
        thread.shutdown();
    }
}
