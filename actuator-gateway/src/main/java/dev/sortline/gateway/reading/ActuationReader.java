// SPDX-License-Identifier: Apache-2.0
package dev.sortline.gateway.reading;

import dev.sortline.contract.ClientProperties;
import dev.sortline.contract.RoutingEvent;
import dev.sortline.contract.RoutingEventSerde;
import dev.sortline.contract.Topic;
import dev.sortline.gateway.firing.FiringControl;
import dev.sortline.gateway.firing.GatewayMetrics;
import dev.sortline.gateway.rules.Bookmark;
import dev.sortline.gateway.rules.EjectorSchedule;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the routing events of those lines that the cluster gives to this gateway, as a member of the group of all gateways: so one
 * line is one gateway's at a time.
 *
 * <p>A confirmed commit proves that the lines are still its own, for as long as a session lasts; beyond that nothing fires. From
 * where a new owner reads, and why nothing fires twice: docs/decisions/0016.
 */
public final class ActuationReader implements ReadingLoop.Reading, AutoCloseable {
    /** Consumer group of all gateways of a cluster, unless the client properties name another. */
    public static final String GROUP = "sortline-gateway";

    private static final Logger LOG = LoggerFactory.getLogger(ActuationReader.class);
    private static final int SESSION_MILLIS = 6_000;
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration COMMIT_EVERY = Duration.ofMillis(500);
    private static final Duration COMMIT_WITHIN = Duration.ofSeconds(2);
    // A member whose session has run out is replaced; this much earlier it stops by itself.
    private static final Duration OWNED_AFTER_COMMIT = Duration.ofMillis(SESSION_MILLIS - 1_000);

    /** The rules of ownership rest on these. */
    private static final Map<String, Object> OWNERSHIP = Map.of(
            ConsumerConfig.GROUP_PROTOCOL_CONFIG,
            "classic",
            ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
            false,
            ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
            CooperativeStickyAssignor.class.getName(),
            ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG,
            SESSION_MILLIS);

    private final FiringControl control;
    private final Set<String> lines;
    private final KafkaConsumer<String, byte[]> consumer;
    private final EventIntake<RoutingEvent> events;
    private final Ownership ownership = new Ownership();
    private final ReadingLoop loop;
    private long lastCommitNanos = System.nanoTime();
    private volatile boolean assigned;

    /**
     * @param kafka client properties; they win over the defaults here
     * @param onFailure is told when reading has ended for good
     */
    public ActuationReader(
            Map<String, Object> kafka,
            Set<String> lines,
            GatewayMetrics metrics,
            FiringControl control,
            Consumer<Throwable> onFailure) {
        this.control = control;
        this.lines = lines;
        events = new EventIntake<>(
                Topic.ACTUATIONS, new RoutingEventSerde().deserializer(), RoutingEvent::lineId, metrics);
        Map<String, Object> properties = new HashMap<>();
        properties.put(ConsumerConfig.GROUP_ID_CONFIG, GROUP);
        // What a member that leaves has had is taken over at the next of them.
        properties.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, SESSION_MILLIS / 20);
        properties.put(ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG, 3 * SESSION_MILLIS);
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "latest");
        properties.put(ConsumerConfig.ENABLE_METRICS_PUSH_CONFIG, false);
        properties.putAll(ClientProperties.CONSUMER.of(kafka));
        OWNERSHIP.forEach((name, value) -> {
            Object other = properties.put(name, value);
            if (other != null && !other.toString().equals(value.toString())) {
                LOG.warn("Kafka property {}={} is not used: a gateway's lines rest on {}", name, other, value);
            }
        });
        consumer = new KafkaConsumer<>(properties, new StringDeserializer(), new ByteArrayDeserializer());
        loop = new ReadingLoop("actuations", consumer::wakeup, this, onFailure);
    }

    public void start() {
        loop.start();
    }

    /** Whether the group has told this gateway which lines are its own, maybe none. */
    public boolean assigned() {
        return assigned;
    }

    @Override
    public void read() {
        if (consumer.subscription().isEmpty()) {
            consumer.subscribe(List.of(Topic.ACTUATIONS.topicName()), ownership);
        }
        consumer.poll(POLL).forEach(this::take);
        commitNowAndThen();
        assigned = assigned || consumer.groupMetadata().generationId() >= 0;
    }

    @Override
    public void beginAnew() {
        // Of lines that are taken over by halves events would get no fate.
        assigned = false;
        consumer.unsubscribe();
    }

    private void take(ConsumerRecord<String, byte[]> message) {
        int partition = message.partition();
        long offset = message.offset();
        if (!events.take(message, event -> control.accept(event, partition, offset))) {
            control.unreadable(partition, offset);
        }
    }

    private void commitNowAndThen() {
        long now = System.nanoTime();
        if (now - lastCommitNanos < COMMIT_EVERY.toNanos()) {
            return;
        }
        lastCommitNanos = now;
        consumer.commitAsync(offsets(control.bookmarks()), (offsets, failure) -> {
            if (failure == null) {
                control.ownedUntil(now + OWNED_AFTER_COMMIT.toNanos());
            } else {
                LOG.warn("The cluster does not confirm this gateway's lines: {}", failure.getMessage());
            }
        });
    }

    private static Map<TopicPartition, OffsetAndMetadata> offsets(Map<Integer, Bookmark> bookmarks) {
        return bookmarks.entrySet().stream()
                .collect(Collectors.toMap(
                        entry -> partition(entry.getKey()),
                        entry -> new OffsetAndMetadata(
                                entry.getValue().firstOpen(), entry.getValue().metadata())));
    }

    private static TopicPartition partition(int number) {
        return new TopicPartition(Topic.ACTUATIONS.topicName(), number);
    }

    @Override
    public void end() {
        try {
            // Hands the lines over through the listener, and leaves the group so that another gateway has them at once.
            consumer.close(CloseOptions.timeout(COMMIT_WITHIN)
                    .withGroupMembershipOperation(CloseOptions.GroupMembershipOperation.LEAVE_GROUP));
        } catch (KafkaException e) {
            LOG.warn("Leaving the group failed: {}", e.getMessage());
        }
    }

    /** Hands the lines over and stops. Blocks for some seconds at most. */
    @Override
    public void close() {
        loop.close();
    }

    /** What happens when lines change hands; called within {@link KafkaConsumer#poll} and {@link KafkaConsumer#close}. */
    private final class Ownership implements ConsumerRebalanceListener {
        private final Map<Integer, Bookmark> givenUp = new HashMap<>();

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            if (partitions.isEmpty()) {
                return;
            }
            var set = Set.copyOf(partitions);
            var committed = consumer.committed(set);
            var ends = consumer.endOffsets(set);
            long longAgo = Instant.now().minus(EjectorSchedule.MEMORY).toEpochMilli();
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

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            giveUp(partitions);
            Map<Integer, Bookmark> open = new HashMap<>(givenUp);
            open.keySet().retainAll(numbers(partitions));
            try {
                consumer.commitSync(offsets(open), COMMIT_WITHIN);
            } catch (KafkaException e) {
                LOG.warn("The successor will read from the last commit: {}", e.getMessage());
            }
        }

        @Override
        public void onPartitionsLost(Collection<TopicPartition> partitions) {
            giveUp(partitions);
        }

        private void giveUp(Collection<TopicPartition> partitions) {
            numbers(partitions).forEach(partition -> control.handOver(partition)
                    .ifPresent(bookmark -> givenUp.put(partition, bookmark)));
        }

        private static Set<Integer> numbers(Collection<TopicPartition> partitions) {
            return partitions.stream().map(TopicPartition::partition).collect(Collectors.toSet());
        }

        /** So that the lines are this gateway's from the first event on, and a restart knows where it began. */
        private void confirm() {
            long before = System.nanoTime();
            try {
                consumer.commitSync(offsets(control.bookmarks()), COMMIT_WITHIN);
                control.ownedUntil(before + OWNED_AFTER_COMMIT.toNanos());
            } catch (KafkaException e) {
                LOG.warn("The cluster does not confirm this gateway's lines yet: {}", e.getMessage());
            }
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
    }
}
