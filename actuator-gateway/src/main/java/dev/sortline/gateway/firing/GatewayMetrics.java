// SPDX-License-Identifier: Apache-2.0
package dev.sortline.gateway.firing;

import dev.sortline.contract.Topic;
import dev.sortline.gateway.rules.EventFate;
import dev.sortline.metrics.LineMetric;
import dev.sortline.metrics.LoopWatch;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter.MeterProvider;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.kafka.KafkaClientMetrics;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.DoubleSupplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;

/**
 * Everything that the gateway measures; what that is, {@link LineMetric} says. Tag values are few: the configured lines and drivers and
 * fixed words. Safe to use from any thread.
 */
public final class GatewayMetrics {
    /** Value of the tag line for events of lines that are not configured or cannot be read. */
    public static final String UNKNOWN_LINE = "unknown";

    /** Longer ages say no more of two clocks, and one from the year 1 is more than a timer holds. */
    private static final Duration MOST_AGE = Duration.ofDays(1);

    private final MeterRegistry registry;
    private final MeterProvider<Counter> actuations;
    private final MeterProvider<Timer> firingError;
    private final MeterProvider<Timer> firingTaken;
    private final MeterProvider<Counter> failures;
    private final MeterProvider<Counter> undelivered;
    private final MeterProvider<Timer> heartbeatAge;
    private final MeterProvider<Counter> disagreements;
    private final MeterProvider<Counter> unreadable;
    private final Counter steps;
    private final Counter outcomesDropped;

    /** Registers what is measured; the registry stays the caller's. */
    public GatewayMetrics(MeterRegistry registry) {
        this.registry = registry;
        actuations = LineMetric.ACTUATIONS.counter(registry);
        firingError = LineMetric.FIRING_ERROR.timer(registry);
        firingTaken = LineMetric.FIRING_TAKEN.timer(registry);
        failures = LineMetric.DRIVER_FAILURES.counter(registry);
        undelivered = LineMetric.DRIVER_UNDELIVERED.counter(registry);
        heartbeatAge = LineMetric.HEARTBEAT_AGE.timer(registry);
        disagreements = LineMetric.CLOCK_DISAGREEMENTS.counter(registry);
        unreadable = LineMetric.GATEWAY_UNREADABLE.counter(registry);
        for (EventFate fate : EventFate.values()) {
            // Of a line that is not known there are no others.
            if (fate == EventFate.UNREADABLE || fate == EventFate.UNKNOWN_LINE) {
                actuations.withTags("line", UNKNOWN_LINE, "fate", fate.word());
            }
        }
        steps = LineMetric.CLOCK_STEPS.counter(registry).withTags();
        outcomesDropped = LineMetric.OUTCOMES_DROPPED.counter(registry).withTags();
    }

    /** Shows what a client of Kafka measures of itself, until what it gives is closed. */
    public KafkaClientMetrics show(Consumer<?, ?> client) {
        return bound(new KafkaClientMetrics(client));
    }

    /** As {@link #show(Consumer)}. */
    public KafkaClientMetrics show(Producer<?, ?> client) {
        return bound(new KafkaClientMetrics(client));
    }

    private KafkaClientMetrics bound(KafkaClientMetrics ofClient) {
        ofClient.bindTo(registry);
        return ofClient;
    }

    void count(String line, EventFate fate) {
        actuations.withTags("line", line, "fate", fate.word()).increment();
    }

    /** A command has left, so long after its shot's time. */
    public void fired(String driver, long errorNanos) {
        firingError.withTag("driver", driver).record(errorNanos, TimeUnit.NANOSECONDS);
    }

    /** A controller has answered a command, so long after its shot's time. */
    public void taken(String driver, long afterNanos) {
        firingTaken.withTag("driver", driver).record(afterNanos, TimeUnit.NANOSECONDS);
    }

    /** From now on a driver's figures are there, at 0: what counts from its first failure on would hide that one. */
    public void driver(String driver, BooleanSupplier up) {
        firingError.withTag("driver", driver);
        firingTaken.withTag("driver", driver);
        failures.withTag("driver", driver);
        undelivered.withTags("driver", driver, "what", "fire");
        undelivered.withTags("driver", driver, "what", "announce");
        LineMetric.DRIVER_UP.gauge(registry, () -> up.getAsBoolean() ? 1 : 0, "driver", driver);
    }

    /** A driver has lost its controller, or not come by it. */
    public void driverFailed(String driver) {
        failures.withTag("driver", driver).increment();
    }

    /**
     * Something was not told to a controller.
     *
     * @param what it was, {@code fire} or {@code announce}
     */
    public void undelivered(String driver, String what) {
        undelivered.withTags("driver", driver, "what", what).increment();
    }

    /** From now on a line's figures are there, at 0. */
    void line(String line, BooleanSupplier alive, DoubleSupplier camerasInTrouble) {
        for (EventFate fate : EventFate.values()) {
            actuations.withTags("line", line, "fate", fate.word());
        }
        disagreements.withTag("line", line);
        heartbeatAge.withTag("line", line);
        LineMetric.CAMERAS_IN_TROUBLE.gauge(registry, camerasInTrouble, "line", line);
        LineMetric.LINE_ALIVE.gauge(registry, () -> alive.getAsBoolean() ? 1 : 0, "line", line);
    }

    /** A loop is watched from now on. */
    public void watch(String loop, LoopWatch turns) {
        LineMetric.LOOP_STALL.gauge(registry, turns::worstSeconds, "loop", loop);
    }

    void heartbeat(String line, Duration age, boolean agrees) {
        Duration told = age.isNegative() ? Duration.ZERO : age.compareTo(MOST_AGE) > 0 ? MOST_AGE : age;
        heartbeatAge.withTag("line", line).record(told);
        if (!agrees) {
            disagreements.withTag("line", line).increment();
        }
    }

    /** From now on the figures of a topic that is read are there, at 0. */
    public void intake(Topic topic) {
        for (RecordFlaw flaw : RecordFlaw.values()) {
            unreadable.withTags("topic", topic.topicName(), "reason", flaw.word());
        }
    }

    /** Nothing could be made of a record. */
    public void unreadable(Topic topic, RecordFlaw flaw) {
        unreadable.withTags("topic", topic.topicName(), "reason", flaw.word()).increment();
    }

    /** What became of an item is not told to the cluster. */
    public void outcomeDropped() {
        outcomesDropped.increment();
    }

    void clockStepped() {
        steps.increment();
    }
}
