// SPDX-License-Identifier: Apache-2.0
package dev.sortline.gateway.reading;

import dev.sortline.contract.Topic;
import dev.sortline.gateway.firing.FiringControl;
import dev.sortline.gateway.rules.Bookmark;
import dev.sortline.gateway.rules.EjectorSchedule;
import dev.sortline.gateway.rules.Moment;
import dev.sortline.trouble.TroubleLog;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which lines are this gateway's, as the group of all gateways shares them out, and until when that is certain.
 *
 * <p>A confirmed commit proves that the lines are still its own, for as long as a session lasts; beyond that nothing fires. From
 * where a new owner reads, and why nothing fires twice: docs/decisions/0016.
 *
 * <p>Belongs to the consumer's thread: the group's changes are told within {@link Consumer#poll} and {@link Consumer#close}.
 */
final class LineOwnership implements ConsumerRebalanceListener {
    /** A member that has not been heard of for so long is replaced. */
    static final int SESSION_MILLIS = 6_000;

    /** How long a change of hands may wait for the cluster. */
    static final Duration COMMIT_WITHIN = Duration.ofSeconds(2);

    /** What a consumer must be set to, for the rules of ownership rest on these. */
    static final Map<String, Object> CONSUMER_PROPERTIES = Map.of(
            ConsumerConfig.GROUP_PROTOCOL_CONFIG,
            "classic",
            ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
            false,
            ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
            CooperativeStickyAssignor.class.getName(),
            ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG,
            SESSION_MILLIS);

    private static final Logger LOG = LoggerFactory.getLogger(LineOwnership.class);
    private static final TroubleLog TROUBLE = new TroubleLog(LOG);
    private static final Duration COMMIT_EVERY = Duration.ofMillis(500);
    // A member whose session has run out is replaced; this much earlier it stops by itself.
    private static final Duration OWNED_AFTER_COMMIT = Duration.ofMillis(SESSION_MILLIS - 1_000);

    private final Consumer<?, ?> consumer;
    private final FiringControl control;
    private final Set<String> lines;
    private final Supplier<Moment> clock;
    private final Map<Integer, Bookmark> givenUp = new HashMap<>();
    private long lastCommitNanos;

    /** @param lines the configured lines, of which the group gives this gateway some */
    LineOwnership(Consumer<?, ?> consumer, FiringControl control, Set<String> lines, Supplier<Moment> clock) {
        this.consumer = consumer;
        this.control = control;
        this.lines = lines;
        this.clock = clock;
        lastCommitNanos = clock.get().nanos();
    }

    /** Has the cluster confirm the lines, if the last time is half a second ago. Does not wait for it. */
    void confirmNowAndThen() {
        long now = clock.get().nanos();
        if (now - lastCommitNanos < COMMIT_EVERY.toNanos()) {
            return;
        }
        lastCommitNanos = now;
        consumer.commitAsync(offsets(control.bookmarks()), (offsets, failure) -> {
            if (failure == null) {
                control.ownedUntil(now + OWNED_AFTER_COMMIT.toNanos());
            } else {
                // Twice a second while the cluster is away.
                TROUBLE.warn(
                        "confirming",
                        "The cluster does not confirm lines " + control.lines() + " of group " + group() + ": "
                                + failure.getMessage());
            }
        });
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
        if (partitions.isEmpty()) {
            return;
        }
        var set = Set.copyOf(partitions);
        var committed = consumer.committed(set);
        var ends = consumer.endOffsets(set);
        long longAgo = clock.get().wall().minus(EjectorSchedule.MEMORY).toEpochMilli();
        var remembered = consumer.offsetsForTimes(
                set.stream().collect(Collectors.toMap(partition -> partition, unused -> longAgo)));
        int count = consumer.partitionsFor(Topic.ACTUATIONS.topicName()).size();
        for (var partition : set) {
            long end = Objects.requireNonNull(ends.get(partition));
            var history = remembered.get(partition);
            long from = history == null ? end : history.offset();
            control.takeOver(
                    partition.partition(),
                    linesOf(partition.partition(), count),
                    bookmark(partition.partition(), committed.get(partition), from, end));
            consumer.seek(partition, from);
        }
        confirm();
        LOG.info("Acting on lines {}", linesOf(set, count));
    }

    /** What others have committed, and what this gateway knows itself of a partition that it had before. */
    private Bookmark bookmark(int partition, @Nullable OffsetAndMetadata committed, long from, long end) {
        // One beyond the end is of a topic that was made anew, or nobody's: believed, it would silence its lines.
        var bookmark = committed == null || committed.offset() > end
                ? new Bookmark(end, Set.of())
                : new Bookmark(from, Set.of()).and(Bookmark.of(committed.offset(), committed.metadata()));
        Bookmark own = givenUp.remove(partition);
        // A topic that was made anew counts its events from the beginning.
        return own == null || own.firstOpen() > end ? bookmark : bookmark.and(own);
    }

    /** So that the lines are this gateway's from the first event on, and a restart knows where it began. */
    private void confirm() {
        long before = clock.get().nanos();
        try {
            consumer.commitSync(offsets(control.bookmarks()), COMMIT_WITHIN);
            control.ownedUntil(before + OWNED_AFTER_COMMIT.toNanos());
        } catch (KafkaException e) {
            LOG.warn(
                    "The cluster does not confirm lines {} of group {} yet: {}",
                    control.lines(),
                    group(),
                    e.getMessage());
        }
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
        giveUp(partitions);
        Map<Integer, Bookmark> open = new HashMap<>(givenUp);
        open.keySet().retainAll(numbers(partitions));
        try {
            consumer.commitSync(offsets(open), COMMIT_WITHIN);
        } catch (KafkaException e) {
            LOG.warn(
                    "The successor in group {} will read {} from the last commit: {}",
                    group(),
                    partitions,
                    e.getMessage());
        }
    }

    @Override
    public void onPartitionsLost(Collection<TopicPartition> partitions) {
        giveUp(partitions);
    }

    private String group() {
        return consumer.groupMetadata().groupId();
    }

    private void giveUp(Collection<TopicPartition> partitions) {
        numbers(partitions).forEach(partition -> control.handOver(partition)
                .ifPresent(bookmark -> givenUp.put(partition, bookmark)));
    }

    private Set<String> linesOf(Set<TopicPartition> partitions, int count) {
        Set<String> all = new HashSet<>();
        partitions.forEach(partition -> all.addAll(linesOf(partition.partition(), count)));
        return all;
    }

    private Set<String> linesOf(int partition, int count) {
        return lines.stream()
                .filter(line -> Topic.partitionOf(line, count) == partition)
                .collect(Collectors.toSet());
    }

    private static Set<Integer> numbers(Collection<TopicPartition> partitions) {
        return partitions.stream().map(TopicPartition::partition).collect(Collectors.toSet());
    }

    private static Map<TopicPartition, OffsetAndMetadata> offsets(Map<Integer, Bookmark> bookmarks) {
        return bookmarks.entrySet().stream()
                .collect(Collectors.toMap(
                        entry -> new TopicPartition(Topic.ACTUATIONS.topicName(), entry.getKey()),
                        entry -> new OffsetAndMetadata(
                                entry.getValue().firstOpen(), entry.getValue().metadata())));
    }
}
