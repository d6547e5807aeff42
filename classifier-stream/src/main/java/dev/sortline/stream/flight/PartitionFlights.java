// SPDX-License-Identifier: Apache-2.0
package dev.sortline.stream.flight;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * The records of one partition that were read: those that wait, those on which work has begun, and those that Kafka Streams has got, in this
 * order of their offsets from the last to the first. Belongs to one stream thread.
 */
final class PartitionFlights<F extends Flight> {
    /** So many records that are done may wait for one that is not: those that need no work must not fill the memory behind it. */
    static final int MOST_BEHIND = 32;

    private final Flights<F> flights;
    private final Takeoff<F> takeoff;
    private final Deque<ConsumerRecord<byte[], byte[]>> waiting = new ArrayDeque<>();
    private final Deque<Begun<F>> begun = new ArrayDeque<>();
    private final Deque<Begun<F>> delivered = new ArrayDeque<>();
    private boolean inUse;

    private record Begun<F extends Flight>(ConsumerRecord<byte[], byte[]> message, F flight, long sinceNanos) {}

    PartitionFlights(Flights<F> flights) {
        this.flights = flights;
        this.takeoff = flights.takeoff();
    }

    void add(List<ConsumerRecord<byte[], byte[]>> messages) {
        waiting.addAll(messages);
        watchUse();
    }

    /** Begins with as many of those that wait as may be worked on. */
    void begin(boolean isLone, Runnable landed, long nowNanos) {
        int share = flights.share();
        while (!waiting.isEmpty() && mayBegin(share)) {
            var next = waiting.remove();
            begun.add(new Begun<>(next, takeoff.begin(next, isLone, landed), nowNanos));
        }
    }

    /** Those that are done, in their order, and one that takes longer than that: whoever gets it waits for it. */
    void deliver(List<ConsumerRecord<byte[], byte[]>> into, Duration patience, long nowNanos) {
        @Nullable Begun<F> head;
        while ((head = begun.peek()) != null && (head.flight().isDone() || isOverdue(head, patience, nowNanos))) {
            into.add(head.message());
            delivered.add(begun.remove());
            if (!head.flight().isDone()) {
                break;
            }
        }
        watchUse();
    }

    /** The flight of a record that was delivered; it may be asked for again, those before it may not. */
    @Nullable F delivered(long offset) {
        @Nullable Begun<F> head;
        while ((head = delivered.peek()) != null && head.message().offset() < offset) {
            delivered.remove();
        }
        return head != null && head.message().offset() == offset ? head.flight() : null;
    }

    int waiting() {
        return waiting.size();
    }

    /** Whether work goes on here. */
    boolean isFlying() {
        return begun.stream().anyMatch(each -> !each.flight().isDone());
    }

    /** The first that was not delivered. */
    @Nullable ConsumerRecord<byte[], byte[]> next() {
        @Nullable Begun<F> head = begun.peek();
        return head != null ? head.message() : waiting.peek();
    }

    /** Lets go of all that is here. */
    void abandon() {
        begun.forEach(each -> each.flight().abandon());
        delivered.forEach(each -> each.flight().abandon());
        begun.clear();
        waiting.clear();
        delivered.clear();
        watchUse();
    }

    private static boolean isOverdue(Begun<?> begun, Duration patience, long nowNanos) {
        return !begun.flight().isAlone() && nowNanos - begun.sinceNanos() > patience.toNanos();
    }

    private boolean mayBegin(int share) {
        if (begun.size() >= share + MOST_BEHIND
                || begun.stream().filter(each -> !each.flight().isDone()).count() >= share) {
            return false;
        }
        @Nullable Begun<F> last = begun.peekLast();
        return last == null || last.flight().isDone() || !last.flight().isAlone();
    }

    private void watchUse() {
        boolean now = !waiting.isEmpty() || !begun.isEmpty();
        if (now != inUse) {
            inUse = now;
            if (now) {
                flights.begins();
            } else {
                flights.ends();
            }
        }
    }
}
