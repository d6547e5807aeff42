// SPDX-License-Identifier: Apache-2.0
package dev.sortline.demo;

import dev.sortline.classifier.model.ModelPackage;
import dev.sortline.contract.RoutingEvent;
import dev.sortline.demo.DemoReport.Frames;
import dev.sortline.demo.plant.SimulatedPlant;
import dev.sortline.gateway.ActuatorGateway;
import dev.sortline.process.CommandFailure;
import dev.sortline.sorting.Line;
import dev.sortline.stream.LineStream;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The demo's parts while they run: waits for them to begin and to come to their end, and tells how they stand. Closes none of them.
 *
 * @param stream decides
 * @param gateway fires
 * @param plant is fired at
 * @param score is kept of all
 * @param counts what stream and gateway count
 */
record RunningLine(
        LineStream stream, ActuatorGateway gateway, SimulatedPlant plant, Scoreboard score, FateCounts counts) {
    private static final Duration READY_WITHIN = Duration.ofSeconds(60);
    private static final Duration DRAINED_WITHIN = Duration.ofSeconds(15);
    private static final int SHOTS_SHOWN = 3;

    /**
     * Starts stream and gateway and waits until items can be decided and fired at.
     *
     * @throws CommandFailure when that takes too long or fails
     */
    void start() throws InterruptedException {
        gateway.start();
        stream.start();
        waitUntil("the stream takes frames", READY_WITHIN, stream::ready);
        waitUntil("ejectors can fire", READY_WITHIN, () -> gateway.obstacles().isEmpty());
    }

    /** The same line, still, with nothing counted yet. */
    RunningLine countedAnew(Line line, FateCounts anew) {
        plant.countAnew();
        return new RunningLine(stream, gateway, plant, new Scoreboard(line), anew);
    }

    /** Whether a part has stopped by itself. */
    boolean failed() {
        return stream.end().isDone() || gateway.end().isDone();
    }

    /** How it stands now. */
    Standing standing(Duration run) {
        advance();
        return new Standing(run, frames(), counts.firings(), plant.shotCounts(), plant.lastShots(SHOTS_SHOWN), score);
    }

    /**
     * Waits until every frame and every event has its fate and the last item has left the belt; the cameras have stopped.
     *
     * @throws CommandFailure when that takes too long or a part fails
     */
    void drain() throws InterruptedException {
        waitUntil("every frame has its fate", DRAINED_WITHIN, () -> frames().complete());
        waitUntil("every event is read", DRAINED_WITHIN, () -> score.items() == counts.events());
        Duration landedWithin = DRAINED_WITHIN.plus(plant.transit());
        waitUntil("every event has its fate at the ejectors", landedWithin, this::everyEventHasItsFate);
        waitUntil("every item has landed and every valve is shut", landedWithin, this::beltsAreStill);
    }

    private boolean everyEventHasItsFate() {
        return counts.firings().values().stream().mapToLong(count -> count).sum() >= counts.events();
    }

    private boolean beltsAreStill() {
        advance();
        return plant.isStill();
    }

    private void advance() {
        plant.advance().forEach(score::landed);
    }

    private Frames frames() {
        return counts.frames(score.published());
    }

    private void waitUntil(String what, Duration within, BooleanSupplier condition) throws InterruptedException {
        long started = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (failed() || System.nanoTime() - started > within.toNanos()) {
                throw CommandFailure.whileRunning("gave up waiting until " + what, failure());
            }
            TimeUnit.MILLISECONDS.sleep(5);
        }
    }

    private @Nullable Throwable failure() {
        return CompletableFuture.anyOf(stream.end(), gateway.end())
                .handle((done, failure) -> failure)
                .getNow(null);
    }

    /**
     * What the run came to, after {@link #drain}.
     *
     * @param filmed how long the cameras ran
     */
    DemoReport report(Duration filmed, ModelPackage model) {
        double seconds = filmed.toMillis() / 1_000.0;
        return new DemoReport(
                seconds,
                frames(),
                score.items(),
                frames().fated() / seconds,
                score.latency(),
                score.accuracy(),
                score.decisions(),
                counts.firings(),
                plant.shotCounts(),
                score.itemsOnBelt(),
                score.landedRight(),
                score.promisedRight(),
                score.lanes(),
                score.promisedLanes(),
                new RoutingEvent.Model(model.name(), model.version()));
    }
}
