// SPDX-License-Identifier: Apache-2.0
package dev.sortline.console.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sortline.console.Events;
import dev.sortline.contract.Decision;
import dev.sortline.contract.RoutingEvent;
import dev.sortline.contract.RoutingEventSerde;
import dev.sortline.contract.Topic;
import dev.sortline.loopback.EmbeddedBroker;
import dev.sortline.sorting.SortingPlan;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

/** How long a report over a million events takes, broker and reader in one process. It prints the figures and takes minutes, so it is run by its name alone. */
class ShiftReaderMeasurement {
    private static final int EVENTS = 1_000_000;
    private static final int LINES = 4;
    private static final int PARTITIONS = 12;
    private static final Instant SIX = Instant.parse("2026-03-02T06:00:00Z");
    private static final Duration SHIFT = Duration.ofHours(8);

    @Test
    void aMillionEventsOfFourLines() throws Exception {
        try (var broker = EmbeddedBroker.start()) {
            // Given
            try (Admin admin = Admin.create(broker.clientProperties())) {
                admin.createTopics(List.of(new NewTopic(Topic.ACTUATIONS.topicName(), PARTITIONS, (short) 1)
                                .configs(Map.of("retention.ms", "-1"))))
                        .all()
                        .get();
            }
            publish(broker.clientProperties());
            Map<String, SortingPlan> plans = new LinkedHashMap<>();
            for (int line = 0; line < LINES; line++) {
                plans.put("line-" + line, Events.PLAN);
            }
            var reader = new ShiftReader(broker.clientProperties(), InstantSource.system(), Duration.ofMinutes(10));
            for (int run = 1; run <= 3; run++) {
                long begun = System.nanoTime();

                // When
                Report report = reader.read(SIX, SIX.plus(SHIFT), plans);

                // Then
                System.out.printf(
                        "run %d: %d events in %.1f s%n",
                        run,
                        report.lines().stream().mapToLong(line -> line.items()).sum(),
                        (System.nanoTime() - begun) / 1e9);
                assertThat(report.lines().stream().mapToLong(line -> line.items()))
                        .containsOnly((long) EVENTS / LINES);
            }
        }
    }

    private static void publish(Map<String, Object> kafka) {
        Map<String, Object> properties = new HashMap<>(kafka);
        properties.put("linger.ms", 5);
        try (var producer =
                new KafkaProducer<>(properties, new StringSerializer(), new RoutingEventSerde().serializer())) {
            long nanosBetween = SHIFT.toNanos() / EVENTS;
            for (int i = 0; i < EVENTS; i++) {
                RoutingEvent event = event("line-" + i % LINES, i, SIX.plusNanos(nanosBetween * i));
                var unused = producer.send(new ProducerRecord<>(
                        Topic.ACTUATIONS.topicName(), null, event.capturedAt().toEpochMilli(), event.lineId(), event));
            }
        }
    }

    /** As the shipped models' are: seven labels, times, an ejector. */
    private static RoutingEvent event(String line, int number, Instant decidedAt) {
        Map<String, Double> probabilities = new LinkedHashMap<>();
        for (String label : List.of("cardboard", "empty", "glass", "metal", "paper", "plastic")) {
            probabilities.put(label, 0.0123456789);
        }
        probabilities.put("green-glass", 0.9259259266);
        String item = "camera-1." + number + "." + decidedAt.toEpochMilli();
        return new RoutingEvent(
                line,
                item,
                List.of(line + "/camera-1/" + number),
                Decision.SORT,
                "green-glass",
                "glass",
                "G",
                1,
                0.9259259266,
                0.9135802477,
                null,
                probabilities,
                decidedAt.minusMillis(20),
                decidedAt,
                decidedAt.plusSeconds(2),
                decidedAt.plusMillis(1980),
                null,
                new RoutingEvent.Model("waste-mobilenet-v2", "2.1.0"),
                "six-fractions",
                "0123456789ab",
                null,
                null,
                new RoutingEvent.StageMicros(900, 1200, 6000, 40));
    }
}
