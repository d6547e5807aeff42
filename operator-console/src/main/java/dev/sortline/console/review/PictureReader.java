// SPDX-License-Identifier: Apache-2.0
package dev.sortline.console.review;

import dev.sortline.console.book.ReviewedItem;
import dev.sortline.console.book.ReviewedItem.Place;
import dev.sortline.contract.BadEnvelopeException;
import dev.sortline.contract.ClientProperties;
import dev.sortline.contract.ItemLabel;
import dev.sortline.contract.ReviewRequest;
import dev.sortline.contract.ReviewRequestSerde;
import dev.sortline.contract.Topic;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * Reads single pictures from the topic of reviews by their place, one after the other on a thread of its own; more than {@value #MOST_WAITING} at
 * a time are refused. Safe for use by several threads.
 */
final class PictureReader implements AutoCloseable {
    private static final int MOST_WAITING = 32;
    private static final Duration WITHIN = Duration.ofSeconds(5);

    private final Map<String, Object> kafka;
    private final ThreadPoolExecutor thread = BoundedThread.named("review pictures", MOST_WAITING);
    private final Deserializer<ReviewRequest> requests = new ReviewRequestSerde().deserializer();
    private @Nullable KafkaConsumer<String, byte[]> consumer;

    PictureReader(Map<String, Object> kafka) {
        this.kafka = consumerProperties(kafka);
    }

    private static Map<String, Object> consumerProperties(Map<String, Object> kafka) {
        Map<String, Object> properties = new HashMap<>(ClientProperties.CONSUMER.of(kafka));
        properties.remove(ConsumerConfig.GROUP_ID_CONFIG);
        properties.remove(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG);
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        properties.put(ConsumerConfig.ENABLE_METRICS_PUSH_CONFIG, false);
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        // One record is wanted, and comes whole however large it is.
        properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 1);
        properties.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, 1);
        return properties;
    }

    /**
     * Reads an item's picture. The future has nothing where the topic holds it no longer, and fails with Kafka's exception where the cluster
     * does not answer in time.
     *
     * @throws java.util.concurrent.RejectedExecutionException when too many wait
     */
    CompletableFuture<Optional<byte[]>> read(ReviewedItem item) {
        return CompletableFuture.supplyAsync(() -> readNow(item), thread);
    }

    private Optional<byte[]> readNow(ReviewedItem item) {
        KafkaConsumer<String, byte[]> open = consumer;
        if (open == null) {
            open = new KafkaConsumer<>(kafka, new StringDeserializer(), new ByteArrayDeserializer());
            consumer = open;
        }
        Place place = item.picture();
        var partition = new TopicPartition(Topic.REVIEWS.topicName(), place.partition());
        open.assign(List.of(partition));
        try {
            open.seek(partition, place.offset());
            return first(open)
                    .filter(message -> message.offset() == place.offset())
                    .map(this::request)
                    .filter(request -> ItemLabel.key(
                                    request.event().lineId(), request.event().itemId())
                            .equals(item.key()))
                    .map(ReviewRequest::image);
        } catch (OffsetOutOfRangeException | BadEnvelopeException e) {
            return Optional.empty();
        } finally {
            open.unsubscribe();
        }
    }

    private static Optional<ConsumerRecord<String, byte[]>> first(KafkaConsumer<String, byte[]> open) {
        long end = System.nanoTime() + WITHIN.toNanos();
        while (System.nanoTime() < end) {
            for (ConsumerRecord<String, byte[]> message : open.poll(Duration.ofMillis(200))) {
                return Optional.of(message);
            }
        }
        throw new TimeoutException("no picture came for " + WITHIN.toSeconds() + " s");
    }

    private ReviewRequest request(ConsumerRecord<String, byte[]> message) {
        return requests.deserialize(message.topic(), message.headers(), message.value());
    }

    /** Waits some seconds for the picture in hand. */
    @Override
    public void close() {
        thread.shutdown();
        try {
            if (thread.awaitTermination(2 * WITHIN.toMillis(), TimeUnit.MILLISECONDS) && consumer != null) {
                consumer.close();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
