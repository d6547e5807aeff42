// SPDX-License-Identifier: Apache-2.0
package dev.sortline.gateway.reading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sortline.contract.Heartbeat;
import dev.sortline.contract.HeartbeatSerde;
import dev.sortline.contract.RoutingEvent;
import dev.sortline.contract.RoutingEventSerde;
import dev.sortline.contract.Topic;
import dev.sortline.gateway.firing.Announcement;
import dev.sortline.gateway.firing.Events;
import dev.sortline.gateway.firing.FiringControl;
import dev.sortline.gateway.firing.GatewayMetrics;
import dev.sortline.gateway.firing.HandClock;
import dev.sortline.gateway.firing.LineStatus;
import dev.sortline.gateway.firing.Outcomes;
import dev.sortline.gateway.firing.ShotSink;
import dev.sortline.gateway.rules.Bookmark;
import dev.sortline.gateway.rules.EjectorSchedule;
import dev.sortline.gateway.rules.FiringSettings;
import dev.sortline.gateway.rules.LinePulse;
import dev.sortline.gateway.rules.Shot;
import dev.sortline.metrics.LineMetric;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What a clock may say anywhere in the plant, from the first moment that there is a number for to the last: nothing fails, nothing fires wrongly. */
class ExtremeTimesPropertiesTest {
    private static final String TIME = "\"[^\"]*\"";

    /** Any at all, those near the ends of everything more often, and those around the hand's clock. */
    @Provide
    Arbitrary<Instant> instants() {
        var any = Combinators.combine(
                        Arbitraries.longs().between(Instant.MIN.getEpochSecond(), Instant.MAX.getEpochSecond()),
                        Arbitraries.longs().between(0, 999_999_999))
                .as(Instant::ofEpochSecond);
        var writable = Arbitraries.longs()
                .between(Instant.parse("0000-01-01T00:00:00Z").getEpochSecond(), 253_402_300_799L)
                .map(Instant::ofEpochSecond);
        var near = Arbitraries.longs()
                .between(-2_000_000, 2_000_000)
                .map(millis -> new HandClock().wall().plusMillis(millis));
        var famous = Arbitraries.of(
                Instant.MIN,
                Instant.MAX,
                Instant.EPOCH,
                Instant.parse("0001-01-01T00:00:00Z"),
                Instant.parse("1601-01-01T00:00:00Z"),
                Instant.parse("9999-12-31T23:59:59.999999999Z"));
        return Arbitraries.oneOf(any, writable, near, famous);
    }

    @Property
    void heartbeatOfAnyTimeIsReadAndOnlyOneOfNowShowsThatTheLineIsAlive(@ForAll("instants") Instant sentAt) {
        // Given
        var gateway = new Gateway();
        var record = Records.with(
                Records.of(Events.heartbeat("line-1", gateway.clock.wall())),
                "\"sentAt\":" + TIME,
                "\"sentAt\":\"" + sentAt + '"');

        // When
        gateway.heartbeats.take(record, gateway.control::heartbeat);

        // Then
        boolean now = Duration.between(sentAt, gateway.clock.wall()).abs().compareTo(LinePulse.AGREEMENT) <= 0;
        assertThat(gateway.control.silentLines().isEmpty()).isEqualTo(now);
        assertThat(gateway.count("failed")).isZero();
    }

    @Property
    void eventOfAnyTimesFiresAtItsTimeOrNotAtAll(
            @ForAll("instants") Instant capturedAt,
            @ForAll("instants") Instant decidedAt,
            @ForAll("instants") Instant deadline,
            @ForAll("instants") Instant fireAt) {
        // Given
        var gateway = new Gateway();
        var clock = gateway.clock;
        clock.advanceMillis(1_000);
        Instant cameAt = clock.wall();
        gateway.control.heartbeat(Events.heartbeat("line-1", cameAt));
        var record = Records.of(Events.sort("line-1", "a", 3, clock.wall().plusMillis(500)));
        for (var time : Map.of("capturedAt", capturedAt, "decidedAt", decidedAt, "deadline", deadline, "fireAt", fireAt)
                .entrySet()) {
            record = Records.with(
                    record, '"' + time.getKey() + "\":" + TIME, '"' + time.getKey() + "\":\"" + time.getValue() + '"');
        }

        // When
        boolean readable = gateway.events.take(record, event -> gateway.control.accept(event, 0, 0));
        for (int second = 0; second < 4_000 / 250; second++) {
            clock.advanceMillis(250);
            gateway.control.heartbeat(Events.heartbeat("line-1", clock.wall()));
            gateway.control.fireDue();
        }

        // Then
        assertThat(gateway.count("failed")).isZero();
        assertThat(gateway.shots).allSatisfy(shot -> {
            assertThat(readable).isTrue();
            assertThat(shot.fireAt()).isBetween(cameAt, clock.wall().plus(EjectorSchedule.LEAD));
            assertThat(deadline).isBetween(cameAt, fireAt);
        });
    }

    /** That has had a line from the clock's first moment on. */
    private static final class Gateway {
        private final HandClock clock = new HandClock();
        private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
        private final GatewayMetrics metrics = new GatewayMetrics(registry);
        private final List<Shot> shots = new ArrayList<>();
        private final FiringControl control = new FiringControl(
                FiringSettings.DEFAULT,
                Map.of("line-1", List.of(new Recorder())),
                metrics,
                Outcomes.UNTOLD,
                clock,
                () -> {});
        private final EventIntake<Heartbeat> heartbeats =
                new EventIntake<>(Topic.HEARTBEATS, new HeartbeatSerde().deserializer(), Heartbeat::lineId, metrics);
        private final EventIntake<RoutingEvent> events = new EventIntake<>(
                Topic.ACTUATIONS, new RoutingEventSerde().deserializer(), RoutingEvent::lineId, metrics);

        Gateway() {
            control.takeOver(0, Set.of("line-1"), new Bookmark(0, Set.of()));
            control.ownedUntil(clock.get().nanos() + TimeUnit.HOURS.toNanos(24));
        }

        private double count(String reason) {
            return registry.get(LineMetric.GATEWAY_UNREADABLE.meterName()).tag("reason", reason).counters().stream()
                    .mapToDouble(counter -> counter.count())
                    .sum();
        }

        private final class Recorder implements ShotSink {
            @Override
            public void fire(Shot shot, long fireAtNanos, Consumer<Boolean> taken) {
                shots.add(shot);
                taken.accept(true);
            }

            @Override
            public void takeOver(String lineId) {}

            @Override
            public void handOver(String lineId) {}

            @Override
            public void announce(Announcement announcement) {}

            @Override
            public void beat(LineStatus status) {}
        }
    }
}
