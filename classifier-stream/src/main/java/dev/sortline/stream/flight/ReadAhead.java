// SPDX-License-Identifier: Apache-2.0
package dev.sortline.stream.flight;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;

/**
 * What a consumer reads and its stream thread has not got yet. A poll begins the work on what has arrived, and returns what is done, a
 * partition's records in their order. It waits for either: for records while nothing is worked on, else for the end of any work, looking
 * for records in between.
 *
 * <p>Belongs to one stream thread.
 */
final class ReadAhead<F extends Flight> {
    /** A record whose work takes longer is returned all the same: its thread is to be seen to stand, by whoever watches it. */
    static final Duration PATIENCE = Duration.ofSeconds(1);

    /** Of a partition that has so many records waiting no more are read. */
    static final int MOST_WAITING = 32;

    /** How soon a record that arrives while others are worked on is seen, where none waits already. */
    private static final Duration LOOK = Duration.ofMillis(2);

    private final Flights<F> flights;
    private final Source source;
    private final LongSupplier nanoTime;
    private final Map<TopicPartition, PartitionFlights<F>> partitions = new LinkedHashMap<>();
    private final Map<TopicPartition, OffsetAndMetadata> ends = new HashMap<>();
    private final Set<TopicPartition> pausedByStream = new HashSet<>();
    private final Set<TopicPartition> pausedHere = new HashSet<>();
    private final Semaphore landings = new Semaphore(0);

    /** Where records come from: a consumer, as it is without this. */
    interface Source {
        ConsumerRecords<byte[], byte[]> poll(Duration timeout);

        void pause(Collection<TopicPartition> partitions);

        void resume(Collection<TopicPartition> partitions);
    }

    /** @param nanoTime a clock that only ever goes forward, in nanoseconds */
    ReadAhead(Flights<F> flights, Source source, LongSupplier nanoTime) {
        this.flights = flights;
        this.source = source;
        this.nanoTime = nanoTime;
    }

    /** Waits until a record is done, but for that time at most. */
    ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
        flights.belongTo(this);
        long end = nanoTime.getAsLong() + timeout.toNanos();
        boolean landed = false;
        while (true) {
            if (!landed) {
                Duration left = Duration.ofNanos(Math.max(0, end - nanoTime.getAsLong()));
                take(source.poll(isBusy() ? Duration.ZERO : left));
            }
            var done = deliver();
            if (!done.isEmpty() || !done.nextOffsets().isEmpty() || end - nanoTime.getAsLong() <= 0) {
                return done;
            }
            landed = isBusy() && awaitLanding(end);
        }
    }

    /** The flight of a record that a poll returned. */
    @Nullable F delivered(TopicPartition partition, long offset) {
        @Nullable PartitionFlights<F> of = partitions.get(partition);
        return of == null ? null : of.delivered(offset);
    }

    /** The offset of the first record of a partition that no poll has returned, if there is one here. */
    OptionalLong position(TopicPartition partition) {
        @Nullable ConsumerRecord<byte[], byte[]> first = first(partition);
        return first == null ? OptionalLong.empty() : OptionalLong.of(first.offset());
    }

    /** The stream wants no records of these for now. */
    void pause(Collection<TopicPartition> wanted) {
        pausedByStream.addAll(wanted);
        source.pause(wanted);
    }

    /** The stream wants records of these again. */
    void resume(Collection<TopicPartition> wanted) {
        pausedByStream.removeAll(wanted);
        source.resume(wanted.stream().filter(each -> !pausedHere.contains(each)).toList());
    }

    /** These are another's now, or are read again from elsewhere: what was read of them is let go. */
    void abandon(Collection<TopicPartition> gone) {
        for (TopicPartition partition : gone) {
            @Nullable PartitionFlights<F> of = partitions.remove(partition);
            if (of != null) {
                of.abandon();
            }
            ends.remove(partition);
        }
    }

    /** As {@link #abandon(Collection)}, and when these are this instance's again, none of them is paused. */
    void lose(Collection<TopicPartition> gone) {
        abandon(gone);
        gone.forEach(pausedByStream::remove);
        gone.forEach(pausedHere::remove);
    }

    /** As {@link #lose}, of all that there are. */
    void loseAll() {
        abandon(Set.copyOf(partitions.keySet()));
        ends.clear();
        pausedByStream.clear();
        pausedHere.clear();
    }

    /** Lets go of everything; nothing is to be asked of it any more. */
    void close() {
        loseAll();
        flights.belongToNobody(this);
    }

    private void take(ConsumerRecords<byte[], byte[]> arrived) {
        for (TopicPartition partition : arrived.partitions()) {
            partitions
                    .computeIfAbsent(partition, unused -> new PartitionFlights<>(flights))
                    .add(arrived.records(partition));
        }
        ends.putAll(arrived.nextOffsets());
    }

    private ConsumerRecords<byte[], byte[]> deliver() {
        long now = nanoTime.getAsLong();
        boolean isLone = hasOneAlone();
        Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> done = new HashMap<>();
        partitions.forEach((partition, of) -> {
            of.begin(isLone, landings::release, now);
            if (!pausedByStream.contains(partition)) {
                List<ConsumerRecord<byte[], byte[]>> messages = new ArrayList<>();
                of.deliver(messages, PATIENCE, now);
                if (!messages.isEmpty()) {
                    done.put(partition, messages);
                }
            }
            limit(partition, of.waiting());
        });
        return new ConsumerRecords<>(done, nextOffsets(done));
    }

    /** From where a partition goes on, where that has changed: behind what is returned now, or where nothing is left. */
    private Map<TopicPartition, OffsetAndMetadata> nextOffsets(
            Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> done) {
        Map<TopicPartition, OffsetAndMetadata> next = new HashMap<>();
        done.keySet().forEach(partition -> {
            @Nullable ConsumerRecord<byte[], byte[]> first = first(partition);
            if (first != null) {
                next.put(partition, new OffsetAndMetadata(first.offset(), first.leaderEpoch(), ""));
            }
        });
        ends.entrySet().removeIf(end -> {
            boolean allReturned = position(end.getKey()).isEmpty();
            if (allReturned) {
                next.put(end.getKey(), end.getValue());
            }
            return allReturned;
        });
        return next;
    }

    private @Nullable ConsumerRecord<byte[], byte[]> first(TopicPartition partition) {
        @Nullable PartitionFlights<F> of = partitions.get(partition);
        return of == null ? null : of.next();
    }

    /** Partitions that have enough are not read on; the others are, whatever these do. */
    private void limit(TopicPartition partition, int waiting) {
        if (waiting >= MOST_WAITING && pausedHere.add(partition)) {
            source.pause(Set.of(partition));
        } else if (waiting < MOST_WAITING / 2 && pausedHere.remove(partition) && !pausedByStream.contains(partition)) {
            source.resume(Set.of(partition));
        }
    }

    /** Whether anything here is to be begun, is worked on, or is to be returned: what the stream has paused is not. */
    private boolean isBusy() {
        return partitions.entrySet().stream()
                .anyMatch(each -> each.getValue().isFlying()
                        || (each.getValue().next() != null && !pausedByStream.contains(each.getKey())));
    }

    /** Whether one record is to be begun, and no other is here. */
    private boolean hasOneAlone() {
        return partitions.values().stream().mapToInt(PartitionFlights::waiting).sum() == 1
                && partitions.values().stream().noneMatch(PartitionFlights::isFlying);
    }

    /** Whether any work ended before it is time to look for records. */
    private boolean awaitLanding(long end) {
        boolean waiting = partitions.values().stream().anyMatch(each -> each.waiting() > 0);
        long left = end - nanoTime.getAsLong();
        try {
            boolean landed = landings.tryAcquire(waiting ? left : Math.min(left, LOOK.toNanos()), TimeUnit.NANOSECONDS);
            landings.drainPermits();
            return landed;
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }
}
