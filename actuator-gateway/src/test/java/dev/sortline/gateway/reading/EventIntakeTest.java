// SPDX-License-Identifier: Apache-2.0
package dev.sortline.gateway.reading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sortline.contract.RoutingEvent;
import dev.sortline.contract.RoutingEventSerde;
import dev.sortline.contract.Topic;
import dev.sortline.gateway.firing.Events;
import dev.sortline.gateway.firing.GatewayMetrics;
import dev.sortline.metrics.LineMetric;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventIntakeTest {
    private static final RoutingEvent EVENT = Events.sort("line-1", "a", 3, Instant.parse("2026-01-01T00:00:02Z"));

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final List<RoutingEvent> taken = new ArrayList<>();
    private final EventIntake<RoutingEvent> intake = new EventIntake<>(
            Topic.ACTUATIONS,
            new RoutingEventSerde().deserializer(),
            RoutingEvent::lineId,
            new GatewayMetrics(registry));

    @Test
    void eventIsTakenUp() {
        // Given
        var record = Records.of(EVENT);

        // When
        boolean readable = intake.take(record, taken::add);

        // Then
        assertThat(readable).isTrue();
        assertThat(taken).containsExactly(EVENT);
        assertThat(refusals()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"decision\":\"SORT\",", "\"lane\":\"glass\",", "\"decidedAt\":\"[^\"]*\","})
    void eventThatLacksSomethingIsCountedAndTheNextIsTakenUp(String missing) {
        // Given
        var lacking = Records.with(Records.of(EVENT), missing, "");

        // When
        boolean readable = intake.take(lacking, taken::add);
        intake.take(Records.of(EVENT), taken::add);

        // Then
        assertThat(readable).isFalse();
        assertThat(refusals()).containsOnly(Map.entry("data", 1.0));
        assertThat(taken).containsExactly(EVENT);
    }

    @Test
    void eventUnderTheKeyOfAnotherLineIsRefused() {
        // Given
        var record = Records.of(EVENT);
        var elsewhere = Records.of(Topic.ACTUATIONS, "line-2", record.headers(), record.value());
        var nowhere = new ConsumerRecord<String, byte[]>(record.topic(), 0, 0, null, record.value());
        record.headers().forEach(nowhere.headers()::add);

        // When
        intake.take(elsewhere, taken::add);
        intake.take(nowhere, taken::add);

        // Then
        assertThat(taken).isEmpty();
        assertThat(refusals()).containsOnly(Map.entry("key", 2.0));
    }

    @Test
    void recordOfAnybodyElseIsCountedByWhatIsWrongWithIt() {
        // Given
        var bare =
                Records.of(Topic.ACTUATIONS, "line-1", new RecordHeaders(), "hello".getBytes(StandardCharsets.UTF_8));
        var empty = new ConsumerRecord<String, byte[]>(Topic.ACTUATIONS.topicName(), 0, 0, null, null);

        // When
        intake.take(bare, taken::add);
        intake.take(empty, taken::add);

        // Then
        assertThat(refusals()).containsOnly(Map.entry("envelope", 2.0));
    }

    @Test
    void eventThatNobodyCanDealWithIsCountedAndTheNextIsTakenUp() {
        // Given
        var record = Records.of(EVENT);

        // When
        boolean dealtWith = intake.take(record, event -> {
            throw new ArithmeticException("long overflow");
        });
        intake.take(record, taken::add);

        // Then
        assertThat(dealtWith).isFalse();
        assertThat(refusals()).containsOnly(Map.entry("failed", 1.0));
        assertThat(taken).containsExactly(EVENT);
    }

    private Map<String, Double> refusals() {
        return registry.get(LineMetric.GATEWAY_UNREADABLE.meterName()).counters().stream()
                .filter(counter -> counter.count() > 0)
                .collect(Collectors.toMap(counter -> counter.getId().getTag("reason"), Counter::count));
    }
}
