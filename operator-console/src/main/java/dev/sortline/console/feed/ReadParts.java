// SPDX-License-Identifier: Apache-2.0
package dev.sortline.console.feed;

import dev.sortline.contract.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/** The partitions that a tail reads: finds them, also those that come later, and sets each to where reading begins. Belongs to one thread. */
final class ReadParts {
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(2);

    /** So long do partitions that are added later stay unread. */
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(10);

    private static final Duration BETWEEN_LOOKS_FOR_MISSING = Duration.ofSeconds(1);

    private final Map<Topic, From> topics;
    private final Set<Topic> looked = new HashSet<>();
    private final Map<TopicPartition, Long> endsAtStart = new HashMap<>();
    private boolean missing = true;
    private long lookedAt;

    ReadParts(Map<Topic, From> topics) {
        this.topics = Map.copyOf(topics);
    }

    /** Looks for partitions that are not read yet, now and then. Whether it has looked, which needs the cluster. */
    boolean look(KafkaConsumer<?, ?> consumer) {
        long now = System.nanoTime();
        Duration pause = missing ? BETWEEN_LOOKS_FOR_MISSING : BETWEEN_LOOKS;
        if (looked.containsAll(topics.keySet()) && now - lookedAt < pause.toNanos()) {
            return false;
        }
        missing = false;
        for (var each : topics.entrySet()) {
            lookFor(each.getKey(), each.getValue(), consumer);
        }
        lookedAt = now;
        return true;
    }

    private void lookFor(Topic topic, From from, KafkaConsumer<?, ?> consumer) {
        Set<TopicPartition> read = consumer.assignment();
        List<TopicPartition> found = consumer.partitionsFor(topic.topicName(), ANSWER_WITHIN).stream()
                .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                .filter(partition -> !read.contains(partition))
                .toList();
        boolean first = !looked.contains(topic);
        if (!found.isEmpty()) {
            Map<TopicPartition, Long> ends = consumer.endOffsets(found, ANSWER_WITHIN);
            Map<TopicPartition, Long> begins = first ? begins(from, found, ends, consumer) : begins(found, consumer);
            var all = new ArrayList<>(read);
            all.addAll(found);
            consumer.assign(all);
            begins.forEach(consumer::seek);
            if (first) {
                endsAtStart.putAll(ends);
            }
        } else if (read.stream().noneMatch(partition -> partition.topic().equals(topic.topicName()))) {
            missing = true;
        }
        looked.add(topic);
    }

    private static Map<TopicPartition, Long> begins(
            From from, List<TopicPartition> partitions, Map<TopicPartition, Long> ends, KafkaConsumer<?, ?> consumer) {
        if (from instanceof From.Since since) {
            Map<TopicPartition, Long> times = new HashMap<>();
            partitions.forEach(partition -> times.put(partition, since.time().toEpochMilli()));
            Map<TopicPartition, Long> begins = new HashMap<>(ends);
            consumer.offsetsForTimes(times, ANSWER_WITHIN).forEach((partition, found) -> {
                if (found != null) {
                    begins.put(partition, found.offset());
                }
            });
            return begins;
        }
        return from instanceof From.End ? ends : begins(partitions, consumer);
    }

    private static Map<TopicPartition, Long> begins(
            Collection<TopicPartition> partitions, KafkaConsumer<?, ?> consumer) {
        return consumer.beginningOffsets(partitions, ANSWER_WITHIN);
    }

    /**
     * Asks the cluster for something small, which fails when it is away: {@code poll} would say nothing of it.
     *
     * @throws org.apache.kafka.common.errors.TimeoutException when it does not answer
     */
    void ask(KafkaConsumer<?, ?> consumer) {
        var any = consumer.assignment().iterator().next();
        var unused = consumer.endOffsets(Set.of(any), ANSWER_WITHIN);
    }

    /** Leaves no more unread in any partition than the last of these, as far as the last answers of the cluster tell. */
    static void passOver(KafkaConsumer<?, ?> consumer, long mostBehind) {
        for (TopicPartition partition : consumer.assignment()) {
            OptionalLong behind = consumer.currentLag(partition);
            if (behind.isPresent() && behind.getAsLong() > mostBehind) {
                consumer.seek(partition, consumer.position(partition, ANSWER_WITHIN) + behind.getAsLong() - mostBehind);
            }
        }
    }

    /** Whether all that was there at the start has been read. */
    boolean caughtUp(KafkaConsumer<?, ?> consumer) {
        endsAtStart.entrySet().removeIf(end -> consumer.position(end.getKey(), ANSWER_WITHIN) >= end.getValue());
        return endsAtStart.isEmpty() && looked.containsAll(topics.keySet());
    }
}
