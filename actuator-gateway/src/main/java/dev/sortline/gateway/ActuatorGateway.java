// SPDX-License-Identifier: Apache-2.0
package dev.sortline.gateway;

import dev.sortline.contract.GatewayStatus;
import dev.sortline.gateway.driver.DriverRunner;
import dev.sortline.gateway.firing.Clock;
import dev.sortline.gateway.firing.FiringControl;
import dev.sortline.gateway.firing.FiringThread;
import dev.sortline.gateway.firing.GatewayMetrics;
import dev.sortline.gateway.firing.Outcomes;
import dev.sortline.gateway.firing.ShotSink;
import dev.sortline.gateway.reading.ActuationReader;
import dev.sortline.gateway.reading.HeartbeatReader;
import dev.sortline.gateway.telling.Telling;
import dev.sortline.tracing.FrameTracing;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/**
 * Reads routing events and has ejectors fire in time, from {@link #start} until {@link #close}. Methods may be called from any
 * thread.
 */
public final class ActuatorGateway implements AutoCloseable {
    private static final Duration STUCK_AFTER = Duration.ofSeconds(10);

    private final Map<String, DriverRunner> drivers = new TreeMap<>();
    private final FiringThread firing = new FiringThread();
    private final FiringControl control;
    private final HeartbeatReader heartbeats;
    private final ActuationReader actuations;
    private final Telling telling;
    private final String instance = GatewaySettings.instance();
    private final boolean dryRun;
    private volatile boolean started;
    private final CompletableFuture<Void> end = new CompletableFuture<>();

    /** Prepares the gateway; nothing runs yet. */
    public ActuatorGateway(GatewaySettings settings, MeterRegistry registry) {
        this(settings, registry, FrameTracing.OFF);
    }

    /**
     * As {@link #ActuatorGateway(GatewaySettings, MeterRegistry)}, with frames that are traced.
     *
     * @param tracing is not closed with this
     */
    public ActuatorGateway(GatewaySettings settings, MeterRegistry registry, FrameTracing tracing) {
        var metrics = new GatewayMetrics(registry);
        metrics.watch("firing", firing.turns());
        Map<String, List<ShotSink>> driversOfLine = new HashMap<>();
        settings.lines().forEach(line -> driversOfLine.put(line, new ArrayList<>()));
        settings.drivers().forEach((name, driver) -> {
            var runner = new DriverRunner(name, driver.open(name), settings.firing(), metrics);
            drivers.put(name, runner);
            driver.lines(settings.lines())
                    .forEach(line ->
                            driversOfLine.getOrDefault(line, new ArrayList<>()).add(runner));
        });
        dryRun = settings.firing().dryRun();
        telling = new Telling(
                instance, this::status, metrics, Telling.producer(settings.kafka()), InstantSource.system());
        Outcomes outcomes = (event, fate) -> {
            telling.settled(event, fate);
            tracing.settled(event, fate.word());
        };
        control = new FiringControl(settings.firing(), driversOfLine, metrics, outcomes, new Clock(), firing::wake);
        heartbeats = new HeartbeatReader(settings.kafka(), metrics, control::heartbeat, this::failed);
        actuations = new ActuationReader(settings.kafka(), settings.lines(), metrics, control, tracing, this::failed);
    }

    /** Reaches for controllers and cluster. The topics must exist. Returns at once. */
    public void start() {
        drivers.values().forEach(DriverRunner::start);
        firing.start(control::fireDue, this::failed);
        started = true;
        heartbeats.start();
        actuations.start();
        telling.start();
    }

    private GatewayStatus status() {
        return new GatewayStatus(instance, control.lines(), dryRun, obstacles(), warnings(), Instant.now());
    }

    /** What keeps the gateway from acting, a line each; empty when it acts. */
    public List<String> obstacles() {
        List<String> obstacles = new ArrayList<>();
        if (!actuations.assigned()) {
            obstacles.add("kafka: has not given this gateway its lines yet");
        } else if (!control.isSureOfItsLines()) {
            obstacles.add("kafka: has not confirmed for 5 s that the lines are still this gateway's");
        }
        control.silentLines().forEach(line -> obstacles.add("line %s: its heartbeat is missing".formatted(line)));
        control.linesByAnotherClock()
                .forEach(line -> obstacles.add(
                        "line %s: this machine's clock was set, and no heartbeat has shown since that it agrees with its classifier's: nothing new fires; compare both clocks"
                                .formatted(line)));
        drivers.values().forEach(driver -> driver.problem().ifPresent(obstacles::add));
        return obstacles;
    }

    /** What only a restart would end, a line each: an outage of the cluster or of a controller is none. */
    public List<String> deadlocks() {
        Duration stands = firing.standsFor();
        return started && stands.compareTo(STUCK_AFTER) > 0
                ? List.of("the firing thread has not come round for " + stands.toSeconds() + " s: nothing fires")
                : List.of();
    }

    /** What deserves a look while the gateway acts, a line each. */
    public List<String> warnings() {
        return control.camerasInTrouble();
    }

    /** Completes normally after {@link #close}, and exceptionally when the gateway has failed and stands still. */
    public CompletableFuture<Void> end() {
        return end;
    }

    private void failed(Throwable failure) {
        end.completeExceptionally(failure);
    }

    /**
     * Hands its lines over with the shots that still wait, so that another gateway has them at once; releases what its ejectors
     * hold and stops. Blocks for some seconds at most.
     */
    @Override
    public void close() {
        actuations.close();
        heartbeats.close();
        firing.close();
        drivers.values().forEach(DriverRunner::close);
        telling.close();
        end.complete(null);
    }
}
