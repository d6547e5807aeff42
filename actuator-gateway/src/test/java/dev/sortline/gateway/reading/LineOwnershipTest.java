// SPDX-License-Identifier: Apache-2.0
package dev.sortline.gateway.reading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sortline.contract.Topic;
import dev.sortline.gateway.firing.Events;
import dev.sortline.gateway.firing.FiringControl;
import dev.sortline.gateway.firing.GatewayMetrics;
import dev.sortline.gateway.firing.HandClock;
import dev.sortline.gateway.firing.Outcomes;
import dev.sortline.gateway.rules.Bookmark;
import dev.sortline.gateway.rules.FiringSettings;
import dev.sortline.metrics.LineMetric;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.clients.consumer.OffsetCommitCallback;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;

/** Against Kafka's own consumer without a cluster; on a broker, through its faults, lines change hands in {@code TwoGatewaysIT}. */
class LineOwnershipTest {
    private static final String TOPIC = Topic.ACTUATIONS.topicName();
    private static final int PARTITIONS = 4;
    private static final String LINE = "line-1";
    private static final TopicPartition OF_LINE = new TopicPartition(TOPIC, Topic.partitionOf(LINE, PARTITIONS));
    private static final TopicPartition OTHER = new TopicPartition(TOPIC, (OF_LINE.partition() + 1) % PARTITIONS);
    private static final long END = 50;
    private static final long FIRST_OF_LATELY = 10;

    private final HandClock clock = new HandClock();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final FiringControl control = new FiringControl(
            FiringSettings.DEFAULT,
            Map.of(LINE, List.of()),
            new GatewayMetrics(registry),
            Outcomes.UNTOLD,
            clock,
            () -> {});
    private final Member consumer = new Member();
    private final LineOwnership ownership = new LineOwnership(consumer, control, Set.of(LINE), clock);

    LineOwnershipTest() {
        consumer.updatePartitions(
                TOPIC,
                IntStream.range(0, PARTITIONS)
                        .mapToObj(number -> new PartitionInfo(TOPIC, number, null, null, null))
                        .toList());
        consumer.updateEndOffsets(Map.of(OF_LINE, END, OTHER, END));
        consumer.firstOfLately.put(OF_LINE, FIRST_OF_LATELY);
        consumer.subscribe(List.of(TOPIC), ownership);
    }

    @Test
    void newOwnerReadsWhatCameLatelyAndActsFromThePredecessorsFirstOpenEventOn() {
        // Given
        committed(new Bookmark(40, Set.of(41L)));

        // When
        consumer.rebalance(List.of(OF_LINE));

        // Then
        assertThat(consumer.position(OF_LINE)).isEqualTo(FIRST_OF_LATELY);
        assertThat(control.bookmarks()).isEqualTo(Map.of(OF_LINE.partition(), new Bookmark(40, Set.of(41L))));
        assertThat(control.silentLines()).containsExactly(LINE);
    }

    @Test
    void partitionHasTheLinesOfItsKeysAndNoOthers() {
        // When
        consumer.rebalance(List.of(OTHER));

        // Then
        assertThat(control.bookmarks()).containsOnlyKeys(OTHER.partition());
        assertThat(control.silentLines()).isEmpty();
    }

    @Test
    void firstOwnerOfAllActsOnWhatIsYetToCome() {
        // When
        consumer.rebalance(List.of(OF_LINE));

        // Then
        assertThat(control.bookmarks()).isEqualTo(Map.of(OF_LINE.partition(), new Bookmark(END, Set.of())));
    }

    @Test
    void commitBeyondTheEndIsOfATopicThatWasMadeAnewAndIsNotBelieved() {
        // Given
        committed(new Bookmark(END + 1, Set.of()));

        // When
        consumer.rebalance(List.of(OF_LINE));

        // Then
        assertThat(control.bookmarks()).isEqualTo(Map.of(OF_LINE.partition(), new Bookmark(END, Set.of())));
    }

    @Test
    void linesThatNothingHasComeForLatelyAreReadFromTheirEnd() {
        // Given
        consumer.firstOfLately.clear();

        // When
        consumer.rebalance(List.of(OF_LINE));

        // Then
        assertThat(consumer.position(OF_LINE)).isEqualTo(END);
    }

    @Test
    void whoHandsItsLinesOverTellsTheSuccessorWhichEventsStillWait() {
        // Given
        consumer.rebalance(List.of(OF_LINE));
        whereOneOfTwoEventsWaits();

        // When
        consumer.rebalance(List.of());

        // Then
        var committed = consumer.committed.get(OF_LINE);
        assertThat(Bookmark.of(committed.offset(), committed.metadata())).isEqualTo(new Bookmark(END, Set.of(END + 1)));
        assertThat(control.bookmarks()).isEmpty();
    }

    @Test
    void whoGetsItsLinesBackKnowsItselfWhatItCouldNotCommit() {
        // Given
        consumer.rebalance(List.of(OF_LINE));
        whereOneOfTwoEventsWaits();
        consumer.away = true;
        consumer.rebalance(List.of());
        consumer.away = false;
        consumer.updateEndOffsets(Map.of(OF_LINE, END + 2));

        // When
        consumer.rebalance(List.of(OF_LINE));
        control.accept(Events.unsure(LINE, "b", clock.wall()), OF_LINE.partition(), END + 1);

        // Then
        assertThat(fates("residual")).isEqualTo(1);
    }

    @Test
    void linesAreCertainlyItsOwnForFiveSecondsFromACommitThatWasConfirmed() {
        // Given
        consumer.rebalance(List.of(OF_LINE));
        clock.advanceMillis(4_999);
        boolean before = control.isSureOfItsLines();

        // When
        clock.advanceMillis(1);

        // Then
        assertThat(before).isTrue();
        assertThat(control.isSureOfItsLines()).isFalse();
    }

    @Test
    void linesAreConfirmedEveryHalfSecond() {
        // Given
        consumer.rebalance(List.of(OF_LINE));
        clock.advanceMillis(499);
        ownership.confirmNowAndThen();
        int before = consumer.commits;

        // When
        clock.advanceMillis(1);
        ownership.confirmNowAndThen();

        // Then
        clock.advanceMillis(4_999);
        assertThat(consumer.commits).isEqualTo(before + 1);
        assertThat(control.isSureOfItsLines()).isTrue();
    }

    @Test
    void commitThatTheClusterDoesNotConfirmProvesNothing() {
        // Given
        consumer.away = true;

        // When
        consumer.rebalance(List.of(OF_LINE));
        clock.advanceMillis(500);
        ownership.confirmNowAndThen();

        // Then
        assertThat(control.isSureOfItsLines()).isFalse();
    }

    /** What a predecessor has left. */
    private void committed(Bookmark bookmark) {
        consumer.commitSync(Map.of(OF_LINE, new OffsetAndMetadata(bookmark.firstOpen(), bookmark.metadata())));
    }

    /** A shot whose time has yet to come, and an item after it that runs on. */
    private void whereOneOfTwoEventsWaits() {
        clock.advanceMillis(1_000);
        control.heartbeat(Events.heartbeat(LINE, clock.wall()));
        control.accept(Events.sort(LINE, "a", 1, clock.wall().plusMillis(900)), OF_LINE.partition(), END);
        control.accept(Events.unsure(LINE, "b", clock.wall()), OF_LINE.partition(), END + 1);
    }

    private double fates(String fate) {
        return registry.get(LineMetric.ACTUATIONS.meterName())
                .tags("line", LINE, "fate", fate)
                .counter()
                .count();
    }

    /** A consumer whose group's commits outlive its assignment, and whose cluster may be away. */
    private static final class Member extends MockConsumer<String, byte[]> {
        private final Map<TopicPartition, OffsetAndMetadata> committed = new HashMap<>();
        private final Map<TopicPartition, Long> firstOfLately = new HashMap<>();
        private int commits;
        private boolean away;

        Member() {
            super("latest");
        }

        @Override
        public synchronized void commitSync(Map<TopicPartition, OffsetAndMetadata> offsets) {
            if (away) {
                throw new TimeoutException("the cluster is away");
            }
            commits++;
            committed.putAll(offsets);
        }

        @Override
        public synchronized void commitSync(Map<TopicPartition, OffsetAndMetadata> offsets, Duration within) {
            commitSync(offsets);
        }

        @Override
        public synchronized void commitAsync(
                Map<TopicPartition, OffsetAndMetadata> offsets, OffsetCommitCallback whenDone) {
            try {
                commitSync(offsets);
                whenDone.onComplete(offsets, null);
            } catch (TimeoutException e) {
                whenDone.onComplete(offsets, e);
            }
        }

        @Override
        public synchronized Map<TopicPartition, OffsetAndMetadata> committed(Set<TopicPartition> partitions) {
            Map<TopicPartition, OffsetAndMetadata> some = new HashMap<>(committed);
            some.keySet().retainAll(partitions);
            return some;
        }

        @Override
        public synchronized Map<TopicPartition, OffsetAndTimestamp> offsetsForTimes(Map<TopicPartition, Long> times) {
            Map<TopicPartition, OffsetAndTimestamp> found = new HashMap<>();
            times.forEach((partition, time) -> {
                Long first = firstOfLately.get(partition);
                found.put(partition, first == null ? null : new OffsetAndTimestamp(first, time));
            });
            return found;
        }
    }
}
