// SPDX-License-Identifier: Apache-2.0
package dev.sortline.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sortline.gateway.driver.Ports;
import dev.sortline.gateway.firing.GatewayMetrics;
import dev.sortline.gateway.firing.RecordFlaw;
import dev.sortline.gateway.modbus.ModbusClientSettings;
import dev.sortline.gateway.modbus.ModbusLine;
import dev.sortline.gateway.rules.EventFate;
import dev.sortline.gateway.rules.FiringSettings;
import dev.sortline.metrics.LineMetric;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ActuatorGatewayTest {
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    @Test
    void everyFigureIsThereBeforeAnythingHasHappened() {
        // When
        gateway();

        // Then
        for (String line : Set.of("line-1", "line-2")) {
            for (EventFate fate : EventFate.values()) {
                assertThat(has(LineMetric.ACTUATIONS.meterName(), "line", line, "fate", fate.word()))
                        .isTrue();
            }
            assertThat(has(LineMetric.HEARTBEAT_AGE.meterName(), "line", line)).isTrue();
            assertThat(has(LineMetric.CLOCK_DISAGREEMENTS.meterName(), "line", line))
                    .isTrue();
            assertThat(has(LineMetric.LINE_ALIVE.meterName(), "line", line)).isTrue();
            assertThat(has(LineMetric.CAMERAS_IN_TROUBLE.meterName(), "line", line))
                    .isTrue();
        }
        for (String fate : Set.of("unreadable", "unknown_line")) {
            assertThat(has(LineMetric.ACTUATIONS.meterName(), "line", GatewayMetrics.UNKNOWN_LINE, "fate", fate))
                    .isTrue();
        }
        for (String topic : Set.of("sortline.actuations", "sortline.heartbeats")) {
            for (RecordFlaw flaw : RecordFlaw.values()) {
                assertThat(has(LineMetric.GATEWAY_UNREADABLE.meterName(), "topic", topic, "reason", flaw.word()))
                        .isTrue();
            }
        }
        for (String figure : Set.of(
                LineMetric.DRIVER_UP.meterName(),
                LineMetric.DRIVER_FAILURES.meterName(),
                LineMetric.FIRING_ERROR.meterName(),
                LineMetric.FIRING_TAKEN.meterName())) {
            assertThat(has(figure, "driver", "plc")).isTrue();
        }
        assertThat(has(LineMetric.DRIVER_UNDELIVERED.meterName(), "driver", "plc", "what", "fire"))
                .isTrue();
        assertThat(has(LineMetric.DRIVER_UNDELIVERED.meterName(), "driver", "plc", "what", "announce"))
                .isTrue();
        assertThat(has(LineMetric.CLOCK_STEPS.meterName())).isTrue();
        assertThat(has(LineMetric.OUTCOMES_DROPPED.meterName())).isTrue();
    }

    @Test
    void whatItsClientsOfKafkaMeasureIsShown() {
        // When
        gateway();

        // Then
        assertThat(registry.find("kafka.consumer.fetch.manager.records.consumed.total")
                        .meters())
                .hasSize(2);
        assertThat(has("kafka.producer.record.error.total")).isTrue();
    }

    @Test
    void clusterAndControllersThatAreAwayKeepItFromActingButAreNothingThatARestartWouldEnd() {
        // When
        var gateway = gateway();

        // Then
        assertThat(gateway.obstacles()).hasSize(2);
        assertThat(gateway.deadlocks()).isEmpty();
        assertThat(gateway.warnings()).isEmpty();
    }

    /** One that reaches for nothing. */
    private ActuatorGateway gateway() {
        var plc = new ModbusClientSettings(
                "127.0.0.1", Ports.free(), null, null, null, Map.of("line-1", new ModbusLine(0, 8, 0)));
        return new ActuatorGateway(
                new GatewaySettings(
                        Map.of("bootstrap.servers", "127.0.0.1:" + Ports.free()),
                        Set.of("line-1", "line-2"),
                        FiringSettings.DEFAULT,
                        Map.of("plc", plc)),
                registry);
    }

    private boolean has(String name, String... tags) {
        Meter meter = registry.find(name).tags(tags).meter();
        return meter != null;
    }
}
