// SPDX-License-Identifier: Apache-2.0
package dev.sortline.gateway.telling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sortline.contract.GatewayStatus;
import dev.sortline.contract.GatewayStatusSerde;
import dev.sortline.contract.ItemOutcome;
import dev.sortline.contract.ItemOutcomeSerde;
import dev.sortline.contract.Topic;
import dev.sortline.gateway.firing.Events;
import dev.sortline.gateway.firing.GatewayMetrics;
import dev.sortline.gateway.firing.HandClock;
import dev.sortline.gateway.rules.EventFate;
import dev.sortline.metrics.LineMetric;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TellingTest {
    private static final String INSTANCE = "plant-a.4711";

    private final HandClock clock = new HandClock();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final MockProducer<String, byte[]> producer =
            new MockProducer<>(true, null, new StringSerializer(), new ByteArraySerializer());
    private List<String> obstacles = List.of();
    private final Telling telling =
            new Telling(INSTANCE, this::status, new GatewayMetrics(registry), producer, clock::wall);

    @AfterEach
    void close() {
        telling.close();
    }

    @Test
    void outcomeSaysWhatBecameOfTheItemAndWhen() {
        // Given
        Instant settled = clock.wall();
        telling.settled(Events.sort("line-1", "a", 3, settled), EventFate.FIRED);
        clock.advanceMillis(40);

        // When
        telling.tell();

        // Then
        assertThat(outcomes()).containsExactly(new ItemOutcome("line-1", "a", INSTANCE, "fired", 3, settled));
    }

    @Test
    void outcomeOfAnItemThatRunsOnNamesNoEjector() {
        // Given
        telling.settled(Events.unsure("line-1", "a", clock.wall()), EventFate.RESIDUAL);

        // When
        telling.tell();

        // Then
        assertThat(outcomes())
                .containsExactly(new ItemOutcome("line-1", "a", INSTANCE, "residual", null, clock.wall()));
    }

    @Test
    void outcomesKeepTheirLinesOrder() {
        // Given
        telling.settled(Events.sort("line-1", "a", 1, clock.wall()), EventFate.FIRED);
        telling.settled(Events.sort("line-2", "b", 1, clock.wall()), EventFate.LATE);
        telling.settled(Events.sort("line-1", "c", 1, clock.wall()), EventFate.CONFLICT);

        // When
        telling.tell();

        // Then
        assertThat(sent(Topic.OUTCOMES)).extracting(ProducerRecord::key).containsExactly("line-1", "line-2", "line-1");
        assertThat(outcomes()).extracting(ItemOutcome::itemId).containsExactly("a", "b", "c");
    }

    @Test
    void statusIsToldOnceASecondUnderTheGatewaysKey() {
        // Given
        telling.tell();
        obstacles = List.of("line line-1: its heartbeat is missing");

        // When
        clock.advanceMillis(999);
        telling.tell();
        clock.advanceMillis(1);
        telling.tell();

        // Then
        assertThat(sent(Topic.HEARTBEATS)).extracting(ProducerRecord::key).containsOnly("gateway/plant-a.4711");
        assertThat(statuses()).extracting(GatewayStatus::obstacles).containsExactly(List.of(), obstacles);
    }

    @Test
    void statusGoesOnWhenTheClockIsSetBack() {
        // Given
        telling.tell();

        // When
        clock.set(Duration.ofHours(-1));
        telling.tell();

        // Then
        assertThat(statuses()).hasSize(2);
    }

    @Test
    void outcomeThatTheClusterDoesNotTakeIsCountedAndTheNextIsTold() {
        // Given
        telling.tell();
        telling.settled(Events.sort("line-1", "a", 1, clock.wall()), EventFate.FIRED);
        producer.sendException = new TimeoutException("no metadata");
        telling.tell();

        // When
        producer.sendException = null;
        telling.settled(Events.sort("line-1", "b", 1, clock.wall()), EventFate.FIRED);
        telling.tell();

        // Then
        assertThat(dropped()).isEqualTo(1);
        assertThat(outcomes()).extracting(ItemOutcome::itemId).containsExactly("b");
    }

    @Test
    void outcomesBeyondThoseThatMayWaitAreCounted() {
        // Given
        var event = Events.sort("line-1", "a", 1, clock.wall());

        // When
        for (int i = 0; i < UntoldOutcomes.MOST + 3; i++) {
            telling.settled(event, EventFate.FIRED);
        }

        // Then
        assertThat(dropped()).isEqualTo(3);
    }

    @Test
    void statusThatCannotBeAskedForStopsNoOutcome() {
        // Given
        obstacles = null;
        telling.settled(Events.sort("line-1", "a", 1, clock.wall()), EventFate.FIRED);

        // When
        telling.tell();

        // Then
        assertThat(outcomes()).hasSize(1);
        assertThat(statuses()).isEmpty();
    }

    @Test
    void whatIsSettledIsToldByAThreadOfItsOwn() {
        // Given
        telling.start();

        // When
        telling.settled(Events.sort("line-1", "a", 1, clock.wall()), EventFate.FIRED);

        // Then
        await().atMost(Duration.ofSeconds(60)).until(() -> outcomes().size() == 1);
    }

    private GatewayStatus status() {
        return new GatewayStatus(INSTANCE, List.of("line-1"), false, obstacles, List.of(), clock.wall());
    }

    private List<ItemOutcome> outcomes() {
        var reader = new ItemOutcomeSerde().deserializer();
        return sent(Topic.OUTCOMES).stream()
                .map(record -> reader.deserialize(record.topic(), record.headers(), record.value()))
                .toList();
    }

    private List<GatewayStatus> statuses() {
        var reader = new GatewayStatusSerde().deserializer();
        return sent(Topic.HEARTBEATS).stream()
                .map(record -> reader.deserialize(record.topic(), record.headers(), record.value()))
                .toList();
    }

    private List<ProducerRecord<String, byte[]>> sent(Topic topic) {
        return producer.history().stream()
                .filter(record -> record.topic().equals(topic.topicName()))
                .toList();
    }

    private double dropped() {
        return registry.get(LineMetric.OUTCOMES_DROPPED.meterName()).counter().count();
    }
}
