// SPDX-License-Identifier: Apache-2.0
package dev.sortline.stream.heartbeat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import dev.sortline.contract.Heartbeat;
import dev.sortline.contract.HeartbeatSerde;
import dev.sortline.contract.RoutingEvent;
import dev.sortline.sorting.Lines;
import dev.sortline.stream.camera.CameraWatch;
import dev.sortline.stream.camera.CameraWatchSettings;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Predicate;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

class HeartbeatsTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final RoutingEvent.Model MODEL = new RoutingEvent.Model("words", "1");

    private final MockProducer<String, Heartbeat> producer =
            new MockProducer<>(true, null, new StringSerializer(), new HeartbeatSerde().serializer());

    @Test
    void tellsOfEachLineThatCanBeDecidedAndOfNoOther() {
        // Given
        var heartbeats = heartbeats(line -> line.equals("line-2"));

        // When
        heartbeats.beat();

        // Then
        assertThat(producer.history())
                .extracting(ProducerRecord::topic, ProducerRecord::key, ProducerRecord::value)
                .containsExactly(tuple(
                        "sortline.heartbeats",
                        "line-2",
                        new Heartbeat("line-2", "host.1", MODEL, "two-fractions", NOW)));
    }

    @Test
    void brokerThatIsAwayDoesNotEndTheHeartbeats() {
        // Given
        var heartbeats = heartbeats(line -> {
            throw new TimeoutException("no partitions of sortline.frames within 500 ms");
        });

        // When
        var beating = assertThatCode(heartbeats::beat);

        // Then
        beating.doesNotThrowAnyException();
    }

    @Test
    void mistakeAtOneBeatDoesNotEndTheHeartbeats() {
        // Given
        var beats = new AtomicInteger();
        Predicate<String> failingOnce = line -> {
            if (beats.getAndIncrement() == 0) {
                throw new IllegalArgumentException("nobody foresaw this");
            }
            return true;
        };

        // When
        try (var heartbeats = heartbeats(failingOnce)) {
            heartbeats.start();

            // Then
            await().atMost(Duration.ofSeconds(40))
                    .untilAsserted(() -> assertThat(producer.history()).hasSizeGreaterThanOrEqualTo(2));
        }
    }

    @Test
    void lineThatFailsKeepsNoHeartbeatOfAnotherBack() {
        // Given
        var heartbeats = heartbeats(line -> true, line -> {
            if (line.equals("line-1")) {
                throw new UnsupportedOperationException("nobody foresaw this");
            }
            return MODEL;
        });

        // When
        heartbeats.beat();

        // Then
        assertThat(producer.history()).extracting(ProducerRecord::key).containsExactly("line-2");
    }

    private Heartbeats heartbeats(Predicate<String> decidable) {
        return heartbeats(decidable, line -> MODEL);
    }

    private Heartbeats heartbeats(Predicate<String> decidable, Function<String, RoutingEvent.Model> models) {
        var lines = Map.of("line-1", Lines.line("line-1"), "line-2", Lines.line("line-2"));
        var watch = new CameraWatch(lines, CameraWatchSettings.DEFAULT, new SimpleMeterRegistry(), () -> NOW);
        return new Heartbeats(lines, models, "host.1", decidable, watch, producer, () -> NOW);
    }
}
