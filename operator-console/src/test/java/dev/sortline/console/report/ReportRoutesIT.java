// SPDX-License-Identifier: Apache-2.0
package dev.sortline.console.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sortline.console.Events;
import dev.sortline.console.ServedRoutes;
import dev.sortline.contract.Decision;
import dev.sortline.contract.RoutingEvent;
import dev.sortline.contract.RoutingEventSerde;
import dev.sortline.contract.Topic;
import dev.sortline.loopback.EmbeddedBroker;
import dev.sortline.sorting.BeltGeometry;
import dev.sortline.sorting.Line;
import dev.sortline.sorting.PlanEdition;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReportRoutesIT {
    private static final Instant SIX = Instant.parse("2026-03-02T06:00:00Z");
    private static final String SHIFT = "?from=2026-03-02T06:00:00Z&to=2026-03-02T07:00:00Z";

    private static EmbeddedBroker broker;
    private static ReportRoutes routes;
    private static ServedRoutes served;

    @BeforeAll
    static void serve() throws Exception {
        broker = EmbeddedBroker.start();
        try (Admin admin = Admin.create(broker.clientProperties())) {
            admin.createTopics(List.of(new NewTopic(Topic.ACTUATIONS.topicName(), 2, (short) 1)
                            .configs(Map.of("retention.ms", "-1"))))
                    .all()
                    .get();
        }
        Map<String, Line> lines = new LinkedHashMap<>();
        for (String id : List.of("line-2", "line-1")) {
            lines.put(
                    id,
                    new Line(
                            id,
                            new BeltGeometry(1, 0, "R", null, null, Map.of()),
                            new PlanEdition("plan", "0123456789ab", Events.PLAN)));
        }
        routes = new ReportRoutes(
                broker.clientProperties(), lines, () -> SIX.plus(Duration.ofDays(7)), request -> "somebody");
        served = ServedRoutes.start(routes);
        try (var producer = new KafkaProducer<>(
                broker.clientProperties(), new StringSerializer(), new RoutingEventSerde().serializer())) {
            publish(producer, Events.glassThatIs("green-glass", "line-1", "a", SIX.plusSeconds(5)));
            publish(producer, Events.glassThatIs("green-glass", "line-1", "a", SIX.plusSeconds(5)));
            publish(
                    producer,
                    Events.event("line-1", "b", SIX.plusSeconds(6), Decision.SORT, "can", "=1+1", "M", 0.5, null));
        }
    }

    @AfterAll
    static void stop() throws Exception {
        served.close();
        routes.close();
        broker.close();
    }

    @Test
    void reportIsToldLineByLineInTheirOrder() {
        // When
        JsonNode report = served.json("/api/report" + SHIFT);

        // Then
        assertThat(report.get("from").textValue()).isEqualTo("2026-03-02T06:00:00Z");
        assertThat(report.get("complete").booleanValue()).isTrue();
        assertThat(report.get("lines").findValuesAsText("line")).containsExactly("line-2", "line-1");
        JsonNode line = report.get("lines").get(1);
        assertThat(line.get("items").intValue()).isEqualTo(2);
        assertThat(line.get("decisions").get("SORT").intValue()).isEqualTo(2);
        assertThat(line.get("lanes").get(0).get("purity").get("value").doubleValue())
                .isEqualTo(1);
        assertThat(line.get("meanConfidence").doubleValue()).isEqualTo(0.7);
        assertThat(line.get("stops").get(0).get("to").textValue()).isEqualTo("2026-03-02T07:00:00Z");
        assertThat(line.get("hours").get(0).get("hour").textValue()).isEqualTo("2026-03-02T06:00:00Z");
        assertThat(report.get("lines").get(0).get("latencyMillis").isNull()).isTrue();
    }

    @Test
    void oneLineAloneCanBeAskedFor() {
        // When
        JsonNode report = served.json("/api/report" + SHIFT + "&line=line-2");

        // Then
        assertThat(report.get("lines").findValuesAsText("line")).containsExactly("line-2");
    }

    @Test
    void tableIsAFileWithoutFormulas() {
        // When
        var answer = served.get("/api/report.csv" + SHIFT + "&line=line-1");

        // Then
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("text/csv; charset=utf-8");
        assertThat(answer.headers().firstValue("Content-Disposition"))
                .hasValue("attachment; filename=\"sortline-2026-03-02T06-00-00Z-2026-03-02T07-00-00Z.csv\"");
        assertThat(new String(answer.body(), StandardCharsets.UTF_8))
                .contains("2026-03-02T06:00:00Z,line-1,'=1+1,1,2,0,0,0,0.7000\r\n");
    }

    @ParameterizedTest
    @CsvSource({
        "400, ''",
        "400, ?from=2026-03-02T06:00:00Z",
        "400, ?from=yesterday&to=today",
        "400, ?from=2026-03-02T06:00:00Z&to=2026-03-02T06:00:00Z",
        "400, ?from=2026-03-02T06:00:00Z&to=2026-03-10T06:00:01Z",
        "400, ?from=-999999999-01-01T00:00:00Z&to=2026-03-10T06:00:01Z",
        "404, ?from=2026-03-02T06:00:00Z&to=2026-03-02T07:00:00Z&line=line-3",
    })
    void whatIsNoShiftIsRefused(int status, String query) {
        // When
        var answer = served.get("/api/report" + query);

        // Then
        assertThat(answer.statusCode()).isEqualTo(status);
    }

    @Test
    void reportsOneAfterTheOtherAreAllRead() {
        // When
        var answers = List.of(
                served.get("/api/report" + SHIFT),
                served.get("/api/report" + SHIFT),
                served.get("/api/report" + SHIFT));

        // Then
        assertThat(answers).extracting(answer -> answer.statusCode()).containsOnly(200);
    }

    private static void publish(KafkaProducer<String, RoutingEvent> producer, RoutingEvent event) throws Exception {
        producer.send(new ProducerRecord<>(
                        Topic.ACTUATIONS.topicName(), null, event.capturedAt().toEpochMilli(), event.lineId(), event))
                .get();
    }
}
