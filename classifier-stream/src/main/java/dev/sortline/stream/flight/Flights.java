// SPDX-License-Identifier: Apache-2.0
package dev.sortline.stream.flight;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.KafkaClientSupplier;
import org.apache.kafka.streams.processor.internals.DefaultKafkaClientSupplier;
import org.jspecify.annotations.Nullable;

/**
 * All records of this process on which work has begun. Each stream thread has those of its partitions, and asks for the one that it
 * processes. Safe for use by several threads.
 *
 * @param <F> what is told of a record
 */
public final class Flights<F extends Flight> {
    private final Supplier<Takeoff<F>> takeoffs;
    private final IntSupplier most;
    private final AtomicInteger partitionsInUse = new AtomicInteger();
    private final Map<Thread, ReadAhead<F>> ofThread = new ConcurrentHashMap<>();

    /**
     * Nothing is begun yet.
     *
     * @param takeoffs makes one for each partition that this instance takes up
     * @param most records on which work goes on at the same time, at least 1; partitions that have records share them evenly, and each may
     *     have one in any case
     */
    public Flights(Supplier<Takeoff<F>> takeoffs, IntSupplier most) {
        this.takeoffs = takeoffs;
        this.most = most;
    }

    /**
     * The flight of a record that the calling stream thread has in hand.
     *
     * @return empty where the record did not come through {@link #clients}
     */
    public Optional<F> of(TopicPartition partition, long offset) {
        @Nullable ReadAhead<F> mine = ofThread.get(Thread.currentThread());
        return mine == null ? Optional.empty() : Optional.ofNullable(mine.delivered(partition, offset));
    }

    /** Clients for Kafka Streams whose consumers begin the work on what they read. */
    public KafkaClientSupplier clients() {
        return new DefaultKafkaClientSupplier() {
            @Override
            public Consumer<byte[], byte[]> getConsumer(Map<String, Object> config) {
                return new ReadAheadConsumer<>(config, Flights.this);
            }
        };
    }

    /** The calling thread has the records of these. */
    void belongTo(ReadAhead<F> mine) {
        ofThread.put(Thread.currentThread(), mine);
    }

    /** No thread has the records of these any more. */
    void belongToNobody(ReadAhead<F> mine) {
        ofThread.values().remove(mine);
    }

    Takeoff<F> takeoff() {
        return takeoffs.get();
    }

    /** How many records of a partition may be worked on now. */
    int share() {
        return Math.max(1, most.getAsInt() / Math.max(1, partitionsInUse.get()));
    }

    /** A partition has records, that had none. */
    void begins() {
        partitionsInUse.incrementAndGet();
    }

    /** A partition has no records any more. */
    void ends() {
        partitionsInUse.decrementAndGet();
    }
}
