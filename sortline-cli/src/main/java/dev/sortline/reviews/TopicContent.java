// SPDX-License-Identifier: Apache-2.0
package dev.sortline.reviews;

import dev.sortline.contract.ClientProperties;
import dev.sortline.contract.Topic;
import dev.sortline.process.CommandFailure;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Everything that a topic holds, from its beginning to where its end is when the reading begins. */
final class TopicContent {
    private static final Duration POLL = Duration.ofSeconds(1);
    private static final int MOST_IDLE_POLLS = 30;

    private final Map<String, Object> properties;
    private final Topic topic;

    /** @param kafka client properties that lead to the cluster */
    TopicContent(Map<String, Object> kafka, Topic topic) {
        properties = ClientProperties.CONSUMER.of(kafka);
        properties.remove(ConsumerConfig.GROUP_ID_CONFIG);
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        properties.put(ConsumerConfig.ENABLE_METRICS_PUSH_CONFIG, false);
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        this.topic = topic;
    }

    /**
     * Hands each record over, those of a partition in order.
     *
     * @throws CommandFailure when the cluster stops answering
     */
    void forEach(Consumer<ConsumerRecord<String, byte[]>> onRecord) {
        try (var consumer = new KafkaConsumer<>(properties, new StringDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic.topicName()).stream()
                    .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            int idle = 0;
            while (!ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue())) {
                var records = consumer.poll(POLL);
                idle = records.isEmpty() ? idle + 1 : 0;
                if (idle == MOST_IDLE_POLLS) {
                    throw CommandFailure.whileRunning(
                            topic.topicName() + " cannot be read to its end: the cluster has not answered for "
                                    + MOST_IDLE_POLLS + " s",
                            null);
                }
                records.forEach(onRecord);
            }
        } catch (KafkaException e) {
            throw CommandFailure.whileRunning(
                    topic.topicName() + " cannot be read: " + CommandFailure.rootReason(e), e);
        }
    }
}
