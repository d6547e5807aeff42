// SPDX-License-Identifier: Apache-2.0
package dev.sortline.gateway.reading;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.DictionaryEntries;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.sortline.contract.BadEnvelopeException;
import dev.sortline.contract.RoutingEvent;
import dev.sortline.contract.RoutingEventSerde;
import dev.sortline.gateway.driver.ActuatorDriver;
import dev.sortline.gateway.firing.Announcement;
import dev.sortline.gateway.firing.Events;
import dev.sortline.gateway.firing.FiringControl;
import dev.sortline.gateway.firing.GatewayMetrics;
import dev.sortline.gateway.firing.HandClock;
import dev.sortline.gateway.firing.LineStatus;
import dev.sortline.gateway.firing.Outcomes;
import dev.sortline.gateway.firing.ShotSink;
import dev.sortline.gateway.modbus.LineOfCoils;
import dev.sortline.gateway.modbus.ModbusLine;
import dev.sortline.gateway.mqtt.MqttBroker;
import dev.sortline.gateway.mqtt.MqttSettings;
import dev.sortline.gateway.rules.Bookmark;
import dev.sortline.gateway.rules.FiringSettings;
import dev.sortline.gateway.rules.Shot;
import dev.sortline.metrics.LineMetric;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.Deserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Events that anybody may have written to the topic, from their JSON to the registers of a controller and the messages of a real broker. */
class RoutedEventFuzzTest {
    private static final String LINE = "line-1";
    private static final ModbusLine TABLE = new ModbusLine(10, 8, 100);
    private static final Duration STEP = Duration.ofMillis(500);
    private static final int STEPS = 8;

    private static ActuatorDriver mqtt;

    private final Deserializer<RoutingEvent> events = new RoutingEventSerde().deserializer();
    private final RecordHeaders headers = new RecordHeaders();

    RoutedEventFuzzTest() {
        new RoutingEventSerde().serializer().serialize("", headers, Events.sort(LINE, "a", 3, HandClock.START));
    }

    @BeforeAll
    static void connect() throws IOException, InterruptedException {
        mqtt = new MqttSettings("127.0.0.1", MqttBroker.running().port(), null, null, null, null).open("fuzz");
        mqtt.connect();
    }

    @AfterAll
    static void disconnect() {
        mqtt.disconnect();
    }

    @FuzzTest
    @DictionaryEntries({
        "\\x22decision\\x22:\\x22SORT\\x22",
        "\\x22ejector\\x22:",
        "\\x22fireAt\\x22:",
        "\\x22fireAtEncoder\\x22:",
        "\\x22lineId\\x22:\\x22line-1\\x22",
        "2026-01-01T00:00:02Z",
        "0000-01-01T00:00:00Z",
        "9999-12-31T23:59:59.999999999Z",
        "2147483647"
    })
    void eventHasOneFateAtMostAndReachesNothingButItsOwnLine(byte[] json) {
        // Given
        RoutingEvent event;
        try {
            event = events.deserialize("actuations", headers, json);
        } catch (BadEnvelopeException refusal) {
            return;
        }
        var clock = new HandClock();
        var registry = new SimpleMeterRegistry();
        var control = new FiringControl(
                FiringSettings.DEFAULT,
                Map.of(LINE, List.of(new BothControllers())),
                new GatewayMetrics(registry),
                Outcomes.UNTOLD,
                clock,
                () -> {});
        control.takeOver(0, Set.of(LINE), new Bookmark(0, Set.of()));
        control.ownedUntil(clock.get().nanos() + TimeUnit.HOURS.toNanos(1));
        clock.advance(STEP);
        control.heartbeat(Events.heartbeat(LINE, clock.wall()));

        // When
        control.accept(event, 0, 0);
        for (int step = 0; step < STEPS; step++) {
            clock.advance(STEP);
            control.heartbeat(Events.heartbeat(LINE, clock.wall()));
            control.fireDue();
        }

        // Then
        double fates = registry.find(LineMetric.ACTUATIONS.meterName()).counters().stream()
                .mapToDouble(Counter::count)
                .sum();
        assertThat(fates).isLessThanOrEqualTo(1);
    }

    /** Hands on at once. What a driver refuses here would end its thread there. */
    private static final class BothControllers implements ShotSink {
        private final ActuatorDriver modbus = LineOfCoils.driver(LINE, TABLE);

        @Override
        public void fire(Shot shot, long fireAtNanos, Consumer<Boolean> taken) {
            try {
                if (modbus.reaches(shot)) {
                    modbus.fire(shot, Events.inTime());
                    modbus.report(shot);
                    modbus.release(shot);
                }
                mqtt.fire(shot, Events.inTime());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            taken.accept(true);
        }

        @Override
        public void announce(Announcement announcement) {
            try {
                modbus.announce(announcement);
                mqtt.announce(announcement);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void beat(LineStatus status) {
            try {
                modbus.beat(status);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void takeOver(String lineId) {}

        @Override
        public void handOver(String lineId) {}
    }
}
