// SPDX-License-Identifier: Apache-2.0
package dev.sortline.stream.flight;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.function.LongPredicate;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a stream thread gets, and when, of what its consumer reads. */
class ReadAheadTest {
    private static final TopicPartition ONE = new TopicPartition("frames", 1);
    private static final TopicPartition TWO = new TopicPartition("frames", 2);

    private final Map<TopicPartition, Map<Long, Work>> begun = new ConcurrentHashMap<>();
    private final Reader reader = new Reader();
    private final Flights<Work> flights = new Flights<>(() -> this::begin, () -> 4);
    private long nanos;
    private LongPredicate ends = offset -> false;
    private final List<Long> lone = new ArrayList<>();
    private final ReadAhead<Work> ahead = new ReadAhead<>(flights, reader, () -> nanos);

    @Test
    void recordsComeInTheOrderOfTheirPartitionWhicheverIsDoneFirst() {
        // Given
        reader.has(ONE, 0, 1, 2);
        var atOnce = poll();
        work(ONE, 2).end();
        work(ONE, 1).end();
        var withoutTheFirst = poll();

        // When
        work(ONE, 0).end();
        var all = poll();

        // Then
        assertThat(atOnce.isEmpty()).isTrue();
        assertThat(withoutTheFirst.isEmpty()).isTrue();
        assertThat(offsets(all, ONE)).containsExactly(0L, 1L, 2L);
    }

    @Test
    void whatIsNotDoneIsNotReturnedAndThePositionStandsBeforeIt() {
        // Given
        reader.has(ONE, 5, 6, 7);
        poll();
        work(ONE, 5).end();
        work(ONE, 7).end();

        // When
        var done = poll();

        // Then
        assertThat(offsets(done, ONE)).containsExactly(5L);
        assertThat(done.nextOffsets().get(ONE).offset()).isEqualTo(6);
        assertThat(ahead.position(ONE)).isEqualTo(OptionalLong.of(6));
    }

    @Test
    void whenAllIsReturnedThePositionIsTheConsumersOwn() {
        // Given
        reader.has(ONE, 5);
        poll();
        work(ONE, 5).end();

        // When
        var done = poll();

        // Then
        assertThat(done.nextOffsets().get(ONE).offset()).isEqualTo(6);
        assertThat(ahead.position(ONE)).isEmpty();
    }

    @Test
    void positionThatMovesWithoutRecordsIsToldWhenThoseBeforeAreReturned() {
        // Given
        reader.has(ONE, 0);
        poll();
        reader.skips(ONE, 9);
        var before = poll();
        work(ONE, 0).end();

        // When
        var done = poll();

        // Then
        assertThat(before.nextOffsets()).isEmpty();
        assertThat(done.nextOffsets().get(ONE).offset()).isEqualTo(9);
    }

    @Test
    void asManyAsMayAreWorkedOnAtTheSameTime() {
        // Given
        reader.has(ONE, 0, 1, 2, 3, 4, 5);

        // When
        poll();

        // Then
        assertThat(begun.get(ONE)).containsOnlyKeys(0L, 1L, 2L, 3L);
    }

    @Test
    void nextIsBegunWhenAnyIsDone() {
        // Given
        reader.has(ONE, 0, 1, 2, 3, 4, 5);
        poll();

        // When
        work(ONE, 3).end();
        poll();

        // Then
        assertThat(begun.get(ONE)).containsOnlyKeys(0L, 1L, 2L, 3L, 4L);
    }

    @Test
    void recordIsLoneWhileNoOtherIsHere() {
        // Given
        reader.has(ONE, 0);
        poll();
        reader.has(TWO, 1);
        poll();
        work(ONE, 0).end();
        work(TWO, 1).end();
        reader.has(ONE, 2, 3);
        poll();
        work(ONE, 2).end();
        work(ONE, 3).end();

        // When
        reader.has(TWO, 4);
        poll();

        // Then
        assertThat(lone).containsExactly(0L, 4L);
    }

    @Test
    void partitionsThatHaveRecordsShareTheWork() {
        // Given
        reader.has(ONE, 0, 1, 2, 3);
        reader.has(TWO, 0, 1, 2, 3);

        // When
        poll();

        // Then
        assertThat(begun.get(ONE)).hasSize(2);
        assertThat(begun.get(TWO)).hasSize(2);
    }

    @Test
    void eachPartitionMayHaveOneInAnyCase() {
        // Given
        var many = LongStream.range(0, 9)
                .mapToObj(i -> new TopicPartition("frames", (int) i))
                .toList();
        many.forEach(partition -> reader.has(partition, 0, 1));

        // When
        poll();

        // Then
        assertThat(many)
                .allSatisfy(partition -> assertThat(begun.get(partition)).containsOnlyKeys(0L));
    }

    @Test
    void nothingIsBegunBehindOneThatIsAlone() {
        // Given
        reader.has(ONE, 0, 1, Work.ALONE, Work.ALONE + 1);
        poll();
        var before = Set.copyOf(begun.get(ONE).keySet());

        // When
        work(ONE, Work.ALONE).end();
        poll();

        // Then
        assertThat(before).containsExactlyInAnyOrder(0L, 1L, Work.ALONE);
        assertThat(begun.get(ONE)).containsKey(Work.ALONE + 1);
    }

    @Test
    void partitionWaitsForNoOther() {
        // Given
        reader.has(ONE, 0);
        reader.has(TWO, 0);
        poll();

        // When
        work(TWO, 0).end();
        var done = poll();

        // Then
        assertThat(done.partitions()).containsExactly(TWO);
    }

    @Test
    void nothingOfAPartitionThatIsLostIsReturned() {
        // Given
        reader.has(ONE, 0, 1);
        poll();
        Work first = work(ONE, 0);
        first.end();

        // When
        ahead.lose(List.of(ONE));
        work(ONE, 1).end();
        var done = poll();

        // Then
        assertThat(done.isEmpty()).isTrue();
        assertThat(done.nextOffsets()).isEmpty();
        assertThat(first.abandoned).isTrue();
        assertThat(work(ONE, 1).abandoned).isTrue();
    }

    @Test
    void partitionThatIsReadAgainBeginsAnew() {
        // Given
        reader.has(ONE, 0, 1);
        poll();
        work(ONE, 0).end();
        ahead.abandon(List.of(ONE));
        begun.clear();
        reader.has(ONE, 0);
        poll();

        // When
        work(ONE, 0).end();
        var done = poll();

        // Then
        assertThat(offsets(done, ONE)).containsExactly(0L);
    }

    @Test
    void lostPartitionTakesNoShareOfTheWork() {
        // Given
        reader.has(ONE, 0, 1, 2, 3);
        reader.has(TWO, 0, 1, 2, 3);
        poll();

        // When
        ahead.lose(List.of(TWO));
        poll();

        // Then
        assertThat(begun.get(ONE)).hasSize(4);
    }

    @Test
    void pausedPartitionIsReturnedWhenItGoesOn() {
        // Given
        reader.has(ONE, 0);
        poll();
        work(ONE, 0).end();
        ahead.pause(List.of(ONE));
        var paused = poll();

        // When
        ahead.resume(List.of(ONE));
        var goingOn = poll();

        // Then
        assertThat(paused.isEmpty()).isTrue();
        assertThat(offsets(goingOn, ONE)).containsExactly(0L);
    }

    @Test
    void partitionThatHasEnoughWaitingIsNotReadOnUntilHalfOfThemAreBegun() {
        // Given
        reader.has(ONE, LongStream.range(0, ReadAhead.MOST_WAITING + 4).toArray());
        poll();
        boolean paused = reader.paused.contains(ONE);

        // When
        for (long i = 0; reader.paused.contains(ONE) && i < ReadAhead.MOST_WAITING; i++) {
            work(ONE, i).end();
            poll();
        }

        // Then
        assertThat(paused).isTrue();
        assertThat(reader.paused).isEmpty();
        assertThat(begun.get(ONE)).hasSizeBetween(ReadAhead.MOST_WAITING / 2, ReadAhead.MOST_WAITING);
    }

    @Test
    void partitionThatTheStreamPausedIsNotReadOnForThatItHasRoomHere() {
        // Given
        reader.has(ONE, LongStream.range(0, ReadAhead.MOST_WAITING + 4).toArray());
        poll();
        ahead.pause(List.of(ONE));

        // When
        for (long i = 0; i < ReadAhead.MOST_WAITING; i++) {
            work(ONE, i).end();
            poll();
        }

        // Then
        assertThat(reader.paused).containsExactly(ONE);
    }

    @Test
    void partitionThatTheStreamWantsAgainIsNotReadOnWhileItHasEnoughHere() {
        // Given
        reader.has(ONE, LongStream.range(0, ReadAhead.MOST_WAITING + 4).toArray());
        poll();
        ahead.pause(List.of(ONE));

        // When
        ahead.resume(List.of(ONE));

        // Then
        assertThat(reader.paused).containsExactly(ONE);
    }

    @Test
    void oneThatTakesTooLongIsReturnedAndNoneBehindIt() {
        // Given
        reader.has(ONE, 0, 1);
        poll();
        work(ONE, 1).end();

        // When
        nanos += ReadAhead.PATIENCE.toNanos() + 1;
        var done = poll();

        // Then
        assertThat(offsets(done, ONE)).containsExactly(0L);
    }

    @Test
    void oneThatIsAloneMayTakeItsTime() {
        // Given
        reader.has(ONE, Work.ALONE);
        poll();

        // When
        nanos += ReadAhead.PATIENCE.toNanos() + 1;
        var done = poll();

        // Then
        assertThat(done.isEmpty()).isTrue();
    }

    @Test
    void recordsThatNeedNoWorkDoNotPileUpBehindOneThatDoes() {
        // Given
        ends = offset -> offset > 0;
        reader.has(ONE, LongStream.range(0, 500).toArray());

        // When
        poll();

        // Then
        assertThat(begun.get(ONE)).hasSizeLessThan(50);
        assertThat(reader.paused).containsExactly(ONE);
    }

    @Test
    void recordsThatWaitHereAreNotKeptWaitingForMore() {
        // Given
        ends = offset -> true;
        reader.has(ONE, LongStream.range(0, 500).toArray());
        poll();
        reader.waits.clear();

        // When
        var done = ahead.poll(Duration.ofMillis(100));

        // Then
        assertThat(done.isEmpty()).isFalse();
        assertThat(reader.waits).containsExactly(Duration.ZERO);
    }

    @Test
    void threadFindsTheFlightOfWhatItGotAsOftenAsItAsks() {
        // Given
        reader.has(ONE, 0, 1);
        poll();
        work(ONE, 0).end();
        work(ONE, 1).end();
        poll();

        // When
        var first = flights.of(ONE, 0);
        var again = flights.of(ONE, 0);
        var second = flights.of(ONE, 1);

        // Then
        assertThat(first).containsSame(work(ONE, 0));
        assertThat(again).containsSame(work(ONE, 0));
        assertThat(second).containsSame(work(ONE, 1));
        assertThat(flights.of(TWO, 0)).isEmpty();
    }

    @Test
    void threadFindsNothingThatAnotherGot() throws Exception {
        // Given
        reader.has(ONE, 0);
        poll();
        work(ONE, 0).end();
        poll();
        List<Boolean> found = new ArrayList<>();

        // When
        var other = new Thread(() -> found.add(flights.of(ONE, 0).isPresent()));
        other.start();
        other.join();

        // Then
        assertThat(found).containsExactly(false);
    }

    @Test
    void whileNothingIsWorkedOnThePollIsTheConsumersOwn() {
        // When
        reader.passes = Duration.ofMillis(100);
        var done = ahead.poll(Duration.ofMillis(100));

        // Then
        assertThat(done.isEmpty()).isTrue();
        assertThat(reader.waits).containsExactly(Duration.ofMillis(100));
    }

    @Test
    void whatIsDoneIsNotKeptWaitingForMore() {
        // Given
        reader.has(ONE, 0);
        poll();
        work(ONE, 0).end();
        reader.waits.clear();

        // When
        var done = ahead.poll(Duration.ofMillis(100));

        // Then
        assertThat(offsets(done, ONE)).containsExactly(0L);
        assertThat(reader.waits).containsExactly(Duration.ZERO);
    }

    @Test
    @Timeout(60)
    void pollReturnsWhenWorkEndsMeanwhile() throws Exception {
        // Given
        reader.has(ONE, 0);
        var begins = new CountDownLatch(1);
        reader.atPoll = begins::countDown;
        var ends = new Thread(() -> {
            try {
                begins.await();
                while (begun.get(ONE) == null) {
                    Thread.onSpinWait();
                }
                work(ONE, 0).end();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        });
        ends.start();

        // When
        var done = ahead.poll(Duration.ofDays(1));
        ends.join();

        // Then
        assertThat(offsets(done, ONE)).containsExactly(0L);
    }

    private ConsumerRecords<byte[], byte[]> poll() {
        return ahead.poll(Duration.ZERO);
    }

    private Work work(TopicPartition partition, long offset) {
        return begun.get(partition).get(offset);
    }

    private Work begin(ConsumerRecord<byte[], byte[]> message, boolean isLone, Runnable landed) {
        var work = new Work(message.offset() == Work.ALONE, landed);
        work.done = ends.test(message.offset());
        if (isLone) {
            lone.add(message.offset());
        }
        begun.computeIfAbsent(
                        new TopicPartition(message.topic(), message.partition()), unused -> new ConcurrentHashMap<>())
                .put(message.offset(), work);
        return work;
    }

    private static List<Long> offsets(ConsumerRecords<byte[], byte[]> done, TopicPartition partition) {
        return done.records(partition).stream().map(ConsumerRecord::offset).toList();
    }

    private static final class Work implements Flight {
        static final long ALONE = 100;

        private final boolean alone;
        private final Runnable landed;
        private volatile boolean done;
        private boolean abandoned;

        private Work(boolean alone, Runnable landed) {
            this.alone = alone;
            this.landed = landed;
        }

        private void end() {
            done = true;
            landed.run();
        }

        @Override
        public boolean isDone() {
            return done;
        }

        @Override
        public boolean isAlone() {
            return alone;
        }

        @Override
        public void abandon() {
            abandoned = true;
        }
    }

    /** The consumer underneath. */
    private final class Reader implements ReadAhead.Source {
        private final Deque<ConsumerRecords<byte[], byte[]>> arriving = new ArrayDeque<>();
        private final Set<TopicPartition> paused = new HashSet<>();
        private final List<Duration> waits = new ArrayList<>();
        private Duration passes = Duration.ZERO;
        private Runnable atPoll = () -> {};

        void has(TopicPartition partition, long... offsets) {
            var messages = LongStream.of(offsets)
                    .mapToObj(offset -> new ConsumerRecord<>(
                            partition.topic(), partition.partition(), offset, new byte[0], new byte[0]))
                    .toList();
            arriving.add(new ConsumerRecords<>(
                    Map.of(partition, messages),
                    Map.of(partition, new OffsetAndMetadata(offsets[offsets.length - 1] + 1))));
        }

        void skips(TopicPartition partition, long next) {
            arriving.add(new ConsumerRecords<>(Map.of(), Map.of(partition, new OffsetAndMetadata(next))));
        }

        @Override
        public ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
            waits.add(timeout);
            nanos += passes.toNanos();
            atPoll.run();
            Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> messages = new HashMap<>();
            Map<TopicPartition, OffsetAndMetadata> ends = new HashMap<>();
            while (!arriving.isEmpty()) {
                var next = arriving.remove();
                next.partitions().forEach(partition -> messages.put(partition, next.records(partition)));
                ends.putAll(next.nextOffsets());
            }
            return new ConsumerRecords<>(messages, ends);
        }

        @Override
        public void pause(Collection<TopicPartition> partitions) {
            paused.addAll(partitions);
        }

        @Override
        public void resume(Collection<TopicPartition> partitions) {
            paused.removeAll(partitions);
        }
    }
}
