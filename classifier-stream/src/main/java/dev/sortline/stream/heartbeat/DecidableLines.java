// SPDX-License-Identifier: Apache-2.0
package dev.sortline.stream.heartbeat;

import dev.sortline.contract.Topic;
import dev.sortline.stream.model.LineModels;
import java.time.Duration;
import java.util.Set;
import java.util.function.IntSupplier;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.ThreadMetadata;

/**
 * Whether frames of a line can be decided by this instance now: a running thread of it has the line's partition, and no
 * frame has been waiting for the network for long.
 */
public final class DecidableLines implements Predicate<String> {
    /** Far above what an answer takes even under overload, far below what a watchdog waits for. */
    static final Duration STUCK_AFTER = Duration.ofSeconds(1);

    private static final String RUNNING = "RUNNING";

    private final KafkaStreams streams;
    private final LineModels models;
    private final IntSupplier partitions;

    /** @param partitions how many partitions the frames topic has */
    public DecidableLines(KafkaStreams streams, LineModels models, IntSupplier partitions) {
        this.streams = streams;
        this.models = models;
        this.partitions = partitions;
    }

    @Override
    public boolean test(String line) {
        // Rebalancing too: lines that stay where they are go on being decided while others change hands.
        return streams.state().isRunningOrRebalancing()
                && models.awaitedLongerThan(STUCK_AFTER) == 0
                && taken(streams.metadataForLocalThreads()).contains(Topic.partitionOf(line, partitions.getAsInt()));
    }

    private static Set<Integer> taken(Set<ThreadMetadata> threads) {
        return threads.stream()
                .filter(thread -> thread.threadState().equals(RUNNING))
                .flatMap(thread -> thread.activeTasks().stream())
                .flatMap(task -> task.topicPartitions().stream())
                .filter(partition -> partition.topic().equals(Topic.FRAMES.topicName()))
                .map(TopicPartition::partition)
                .collect(Collectors.toSet());
    }
}
