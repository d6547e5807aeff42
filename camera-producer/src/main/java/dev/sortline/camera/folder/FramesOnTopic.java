// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera.folder;

import dev.sortline.camera.publishing.LineCamera;
import dev.sortline.contract.ClientProperties;
import dev.sortline.contract.Topic;
import dev.sortline.trouble.OneLine;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/** Reads the partition of a line from a time to its end, and looks at the frames' ids alone. Needs the right to read {@link Topic#FRAMES}. */
public final class FramesOnTopic implements PublishedFrames {
    private static final String ID = "ce_id";
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(10);

    private final Map<String, Object> kafka;

    /** @param kafka client properties that lead to the cluster, as a line file has them */
    public FramesOnTopic(Map<String, Object> kafka) {
        this.kafka = new HashMap<>(ClientProperties.CONSUMER.of(kafka));
        this.kafka.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        this.kafka.put(ConsumerConfig.ENABLE_METRICS_PUSH_CONFIG, false);
        this.kafka.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        this.kafka.putIfAbsent(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) ANSWER_WITHIN.toMillis());
        this.kafka.remove(ConsumerConfig.GROUP_ID_CONFIG);
    }

    @Override
    public Set<Long> among(LineCamera camera, Set<Long> sequences, Instant since)
            throws IOException, InterruptedException {
        Map<String, Long> ids = new HashMap<>();
        // As Frame makes them.
        sequences.forEach(sequence -> ids.put(camera + "/" + sequence, sequence));
        try (var consumer = new KafkaConsumer<>(kafka, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            return read(consumer, camera.lineId(), ids, since);
        } catch (InterruptException e) {
            // Kafka sets the flag as well as throwing.
            var unused = Thread.interrupted();
            var interrupted = new InterruptedException();
            interrupted.initCause(e);
            throw interrupted;
        } catch (KafkaException e) {
            throw new IOException(OneLine.of(e.toString(), 300), e);
        }
    }

    private static Set<Long> read(
            KafkaConsumer<byte[], byte[]> consumer, String line, Map<String, Long> ids, Instant since)
            throws IOException {
        String topic = Topic.FRAMES.topicName();
        var partition = new TopicPartition(
                topic, Topic.partitionOf(line, consumer.partitionsFor(topic).size()));
        consumer.assign(List.of(partition));
        long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
        var first = consumer.offsetsForTimes(Map.of(partition, since.toEpochMilli()))
                .get(partition);
        Set<Long> there = new HashSet<>();
        if (first == null) {
            return there;
        }
        consumer.seek(partition, first.offset());
        long position = first.offset();
        long heard = System.nanoTime();
        while (position < end && there.size() < ids.size()) {
            for (ConsumerRecord<byte[], byte[]> message : consumer.poll(Duration.ofSeconds(1))) {
                @Nullable Long sequence = ids.get(id(message));
                if (sequence != null) {
                    there.add(sequence);
                }
            }
            long now = consumer.position(partition);
            if (now > position) {
                position = now;
                heard = System.nanoTime();
            } else if (System.nanoTime() - heard > ANSWER_WITHIN.toNanos()) {
                throw new IOException("%s gave nothing for %d s at offset %d of %d"
                        .formatted(partition, ANSWER_WITHIN.toSeconds(), position, end));
            }
        }
        return there;
    }

    private static String id(ConsumerRecord<byte[], byte[]> message) {
        @Nullable Header id = message.headers().lastHeader(ID);
        return id == null || id.value() == null ? "" : new String(id.value(), StandardCharsets.UTF_8);
    }
}
