// SPDX-License-Identifier: Apache-2.0
package dev.sortline.console.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sortline.console.Events;
import dev.sortline.console.figures.LineReport;
import dev.sortline.console.figures.LineReport.Stop;
import dev.sortline.contract.RoutingEvent;
import dev.sortline.contract.RoutingEventSerde;
import dev.sortline.contract.Topic;
import dev.sortline.loopback.EmbeddedBroker;
import dev.sortline.sorting.SortingPlan;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ShiftReaderIT {
    private static final Duration MINUTE = Duration.ofSeconds(60);
    private static final Map<String, SortingPlan> PLANS = Map.of("line-1", Events.PLAN);
    private static final int PARTITIONS = 3;

    /** A shift of last week. */
    private static final Instant SIX = Instant.parse("2026-03-02T06:00:00Z");

    private static final Instant SEVEN = SIX.plusSeconds(3600);
    private static final Instant NOW = SIX.plus(Duration.ofDays(7));

    private EmbeddedBroker broker;
    private KafkaProducer<String, RoutingEvent> producer;
    private ShiftReader reader;

    @BeforeEach
    void start() throws Exception {
        broker = EmbeddedBroker.start();
        try (Admin admin = Admin.create(broker.clientProperties())) {
            // The clock of these tests stands: nothing may be deleted by the broker's.
            admin.createTopics(List.of(new NewTopic(Topic.ACTUATIONS.topicName(), PARTITIONS, (short) 1)
                            .configs(Map.of("retention.ms", "-1"))))
                    .all()
                    .get();
        }
        producer = new KafkaProducer<>(
                broker.clientProperties(), new StringSerializer(), new RoutingEventSerde().serializer());
        reader = new ShiftReader(broker.clientProperties(), () -> NOW, MINUTE);
    }

    @AfterEach
    void stop() throws Exception {
        producer.close();
        broker.close();
    }

    @Test
    void eventsOfLastWeekAreToldAndNoOthers() throws Exception {
        // Given
        publish(Events.glass("line-1", "before", SIX.minusSeconds(1)));
        publish(Events.glass("line-1", "a", SIX.plusSeconds(1)));
        publish(Events.glass("line-1", "b", SEVEN.minusSeconds(1)));
        publish(Events.glass("line-1", "after", SEVEN));
        publish(Events.glass("line-1", "today", NOW));

        // When
        Report report = reader.read(SIX, SEVEN, PLANS);

        // Then
        assertThat(report.complete()).isTrue();
        assertThat(report.lines()).extracting(LineReport::items).containsExactly(2L);
    }

    @Test
    void repeatCountsOnce() throws Exception {
        // Given
        publish(Events.glass("line-1", "a", SIX.plusSeconds(1)));
        publish(Events.glass("line-1", "a", SIX.plusSeconds(1)));

        // When
        Report report = reader.read(SIX, SEVEN, PLANS);

        // Then
        assertThat(report.lines()).extracting(LineReport::items).containsExactly(1L);
    }

    @Test
    void holeIsAStop() throws Exception {
        // Given
        for (int second = 0; second < 3600; second += 30) {
            if (second < 1000 || second > 2000) {
                publish(Events.glass("line-1", "item-" + second, SIX.plusSeconds(second)));
            }
        }

        // When
        Report report = reader.read(SIX, SEVEN, PLANS);

        // Then
        assertThat(report.lines().get(0).stops())
                .containsExactly(new Stop(SIX.plusSeconds(990), SIX.plusSeconds(2010)));
        assertThat(report.lines().get(0).downtimeSeconds()).isEqualTo(1020);
    }

    @Test
    void whatIsNoEventIsPassedOver() throws Exception {
        // Given
        try (var anybody =
                new KafkaProducer<>(broker.clientProperties(), new StringSerializer(), new ByteArraySerializer())) {
            anybody.send(new ProducerRecord<>(
                            Topic.ACTUATIONS.topicName(),
                            null,
                            SIX.toEpochMilli(),
                            "line-1",
                            "rubbish".getBytes(StandardCharsets.UTF_8)))
                    .get();
        }
        publish(Events.glass("line-1", "a", SIX.plusSeconds(1)));

        // When
        Report report = reader.read(SIX, SEVEN, PLANS);

        // Then
        assertThat(report.lines()).extracting(LineReport::items).containsExactly(1L);
    }

    @Test
    void reportWhoseFirstEventsAreDeletedIsNotComplete() throws Exception {
        // Given
        publish(Events.glass("line-1", "a", SIX.plusSeconds(1)));
        publish(Events.glass("line-1", "b", SIX.plusSeconds(600)));
        deleteTheFirst();

        // When
        Report report = reader.read(SIX, SEVEN, PLANS);

        // Then
        assertThat(report.complete()).isFalse();
        assertThat(report.lines().get(0).stops()).containsExactly(new Stop(SIX.plusSeconds(600), SEVEN));
    }

    @Test
    void whatWasDeletedOfAnEarlierShiftIsNotMissed() throws Exception {
        // Given
        publish(Events.glass("line-1", "older", SIX.minusSeconds(100)));
        publish(Events.glass("line-1", "old", SIX.minusSeconds(50)));
        publish(Events.glass("line-1", "a", SIX.plusSeconds(1)));
        deleteTheFirst();

        // When
        Report report = reader.read(SIX, SEVEN, PLANS);

        // Then
        assertThat(report.complete()).isTrue();
    }

    @Test
    void reportThatTakesTooLongIsGivenUp() throws Exception {
        // Given
        publish(Events.glass("line-1", "a", SIX.plusSeconds(1)));
        var impatient = new ShiftReader(broker.clientProperties(), new Ticking(), Duration.ofMillis(1));

        // When
        var reading = assertThatThrownBy(() -> impatient.read(SIX, SEVEN, PLANS));

        // Then
        reading.isInstanceOf(TooManyEventsException.class).hasMessageContaining("choose a shorter time");
    }

    @Test
    void clusterWithoutTheTopicIsTold() throws Exception {
        // Given
        try (Admin admin = Admin.create(broker.clientProperties())) {
            admin.deleteTopics(List.of(Topic.ACTUATIONS.topicName())).all().get();
        }

        // Then
        assertThatThrownBy(() -> reader.read(SIX, SEVEN, PLANS)).isInstanceOf(KafkaException.class);
    }

    /** A second passes each time that it is asked. */
    private static final class Ticking implements InstantSource {
        private Instant now = NOW;

        @Override
        public Instant instant() {
            now = now.plusSeconds(1);
            return now;
        }
    }

    private void publish(RoutingEvent event) throws Exception {
        // As the stream does: a record bears the time of its frame.
        producer.send(new ProducerRecord<>(
                        Topic.ACTUATIONS.topicName(), null, event.capturedAt().toEpochMilli(), event.lineId(), event))
                .get();
    }

    private void deleteTheFirst() throws Exception {
        var partition = new TopicPartition(Topic.ACTUATIONS.topicName(), Topic.partitionOf("line-1", PARTITIONS));
        try (Admin admin = Admin.create(new HashMap<>(broker.clientProperties()))) {
            admin.deleteRecords(Map.of(partition, RecordsToDelete.beforeOffset(1)))
                    .all()
                    .get();
        }
    }
}
