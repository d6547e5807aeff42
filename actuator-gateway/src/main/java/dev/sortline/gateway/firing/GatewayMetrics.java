// SPDX-License-Identifier: Apache-2.0
package dev.sortline.gateway.firing;

import dev.sortline.contract.Topic;
import dev.sortline.gateway.rules.EventFate;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter.MeterProvider;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.DoubleSupplier;
import java.util.stream.LongStream;

/**
 * Everything that the gateway measures. Names and tags are part of the contract with dashboards; tag values are few: the configured
 * lines and drivers and fixed words. Safe to use from any thread.
 */
public final class GatewayMetrics {
    /** Counts routing events. Tags: line (or {@code unknown}), fate (an {@link EventFate} in lower case). */
    public static final String ACTUATIONS = "sortline.actuations";
    /** Time from a shot's {@code fireAt} until its command leaves for the driver's controller, with buckets. Tag: driver. */
    public static final String FIRING_ERROR = "sortline.firing.error";
    /** Time from a shot's {@code fireAt} until the controller has taken its command, with buckets. Tag: driver. */
    public static final String FIRING_TAKEN = "sortline.firing.taken";
    /** Whether a driver has its controller, 1 or 0. Tag: driver. */
    public static final String DRIVER_UP = "sortline.driver.up";
    /** Counts connections that a driver has lost or not come by. Tag: driver. */
    public static final String DRIVER_FAILURES = "sortline.driver.failures";
    /** Counts what was not told to a driver's controller. Tags: driver, what (fire or announce). */
    public static final String DRIVER_UNDELIVERED = "sortline.driver.untold";
    /** Whether a line's heartbeat is fresh, 1 or 0. Tag: line. */
    public static final String LINE_ALIVE = "sortline.line.alive";
    /** How many cameras of a line have a trouble, as its classifier tells; not a number when nobody tells. Tag: line. */
    public static final String CAMERAS_IN_TROUBLE = "sortline.line.cameras.in.trouble";
    /** Age of heartbeats when they come: transport, and how far the two clocks differ. Tag: line. */
    public static final String HEARTBEAT_AGE = "sortline.heartbeat.age";
    /** Counts heartbeats that show that the clocks of classifier and gateway differ. Tag: line. */
    public static final String CLOCK_DISAGREEMENTS = "sortline.clock.disagreements";
    /** Counts records that nothing could be made of. Tags: topic, reason (a {@link RecordFlaw} in lower case). */
    public static final String UNREADABLE = "sortline.gateway.unreadable";
    /** Counts outcomes of items that were not told to the cluster. */
    public static final String OUTCOMES_DROPPED = "sortline.gateway.outcomes.dropped";
    /** Counts how often this machine's clock was set. */
    public static final String CLOCK_STEPS = "sortline.clock.steps";

    /** Value of the tag line for events of lines that are not configured or cannot be read. */
    public static final String UNKNOWN_LINE = "unknown";

    /** Longer ages say no more of two clocks, and one from the year 1 is more than a timer holds. */
    private static final Duration MOST_AGE = Duration.ofDays(1);

    private static final Duration[] ERROR_BUCKETS = LongStream.of(
                    100, 250, 500, 1_000, 2_000, 3_000, 5_000, 7_500, 10_000, 15_000, 20_000, 50_000, 100_000, 500_000)
            .mapToObj(micros -> Duration.ofNanos(micros * 1_000))
            .toArray(Duration[]::new);

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
        actuations = Counter.builder(ACTUATIONS)
                .description("Routing events at the gateway, each counted once by its fate")
                .withRegistry(registry);
        firingError = Timer.builder(FIRING_ERROR)
                .description("From fireAt until the command leaves")
                .serviceLevelObjectives(ERROR_BUCKETS)
                .withRegistry(registry);
        firingTaken = Timer.builder(FIRING_TAKEN)
                .description("From fireAt until the controller has taken the command")
                .serviceLevelObjectives(ERROR_BUCKETS)
                .withRegistry(registry);
        failures = Counter.builder(DRIVER_FAILURES)
                .description("Connections to a controller that were lost or not come by")
                .withRegistry(registry);
        undelivered = Counter.builder(DRIVER_UNDELIVERED)
                .description("What was not told to a controller")
                .withRegistry(registry);
        heartbeatAge = Timer.builder(HEARTBEAT_AGE)
                .description("Age of heartbeats when they come")
                .withRegistry(registry);
        disagreements = Counter.builder(CLOCK_DISAGREEMENTS)
                .description("Heartbeats that show that the clocks differ")
                .withRegistry(registry);
        unreadable = Counter.builder(UNREADABLE)
                .description("Records that nothing could be made of")
                .withRegistry(registry);
        for (EventFate fate : EventFate.values()) {
            // Of a line that is not known there are no others.
            if (fate == EventFate.UNREADABLE || fate == EventFate.UNKNOWN_LINE) {
                actuations.withTags("line", UNKNOWN_LINE, "fate", fate.word());
            }
        }
        steps = Counter.builder(CLOCK_STEPS)
                .description("How often this machine's clock was set")
                .register(registry);
        outcomesDropped = Counter.builder(OUTCOMES_DROPPED)
                .description("Outcomes of items that were not told to the cluster")
                .register(registry);
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
        Gauge.builder(DRIVER_UP, up, state -> state.getAsBoolean() ? 1 : 0)
                .description("Whether a driver has its controller")
                .tag("driver", driver)
                .strongReference(true)
                .register(registry);
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
        Gauge.builder(CAMERAS_IN_TROUBLE, camerasInTrouble, DoubleSupplier::getAsDouble)
                .description("Cameras of a line of which its classifier tells a trouble")
                .tag("line", line)
                .strongReference(true)
                .register(registry);
        Gauge.builder(LINE_ALIVE, alive, state -> state.getAsBoolean() ? 1 : 0)
                .description("Whether a line's heartbeat is fresh")
                .tag("line", line)
                .strongReference(true)
                .register(registry);
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
