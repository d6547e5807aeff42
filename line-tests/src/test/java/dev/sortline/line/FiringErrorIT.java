// SPDX-License-Identifier: Apache-2.0
package dev.sortline.line;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sortline.line.peers.BareShots;
import dev.sortline.line.peers.ClassifyProcess;
import dev.sortline.line.peers.GatewayProcess;
import dev.sortline.line.peers.Samples;
import dev.sortline.line.peers.SimplePlc;
import dev.sortline.line.peers.TestCamera;
import dev.sortline.line.peers.TestClassifier;
import dev.sortline.loopback.Broker;
import dev.sortline.loopback.EmbeddedBroker;
import dev.sortline.process.TopicSetup;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** How long after their time a controller gets the shots of {@code sortline gateway}. */
@Timeout(300)
@Tag("exhaustive")
class FiringErrorIT {
    private static final Duration SOON = Duration.ofSeconds(60);
    // What the design asks for, with room for a machine that others use too: the figures are in docs/decisions/0018.
    private static final long MOST_MICROS_IDLE = 10_000;
    private static final long MOST_MICROS_CLASSIFYING = 20_000;
    // What disturbs a machine only ever adds: the best turn is nearest to what the gateway does by itself.
    private static final int MOST_TURNS = 3;
    private static final int SHOTS = 500;
    private static final Duration EVERY = Duration.ofMillis(50);
    // A machine that holds one thread up for so long makes a shot late, whose connection is cut: so many shots are lost
    // until it is back.
    private static final long HELD_UP_MICROS = 10_000;
    private static final long LOST_BY_A_CUT = 10;

    private Broker broker;
    private TestClassifier classifier;
    private SimplePlc plc;

    @TempDir
    private Path folder;

    @BeforeEach
    void start() throws Exception {
        broker = EmbeddedBroker.start();
        TopicSetup.createMissing(Map.of("bootstrap.servers", broker.bootstrapServers()));
        classifier = new TestClassifier(broker.bootstrapServers(), List.of("line-1"));
        plc = new SimplePlc();
    }

    @AfterEach
    void stop() throws Exception {
        plc.close();
        classifier.close();
        broker.close();
    }

    @Test
    void errorIsSmallOnAnIdleMachine() throws Exception {
        // Given
        try (var gateway = GatewayProcess.start(broker.bootstrapServers(), plc.port(), folder)) {
            await().atMost(SOON).until(gateway::ready);

            // When
            var best = best(gateway, MOST_MICROS_IDLE);

            // Then
            System.out.println("Firing error on an idle machine, at the controller: " + best);
            assertThat(best).matches(turn -> turn.isWithin(MOST_MICROS_IDLE));
        }
    }

    @Test
    void errorIsSmallWhileSixtyFramesASecondAreClassified() throws Exception {
        // Given
        var lines = List.of("camera-line-1", "camera-line-2", "camera-line-3", "camera-line-4");
        var picture = Samples.picture("glass");
        var cameras = Executors.newSingleThreadScheduledExecutor();
        try (var classify = ClassifyProcess.start(broker, lines, folder);
                var gateway = GatewayProcess.start(broker.bootstrapServers(), plc.port(), folder);
                var camera = new TestCamera(broker)) {
            await().atMost(SOON).until(() -> gateway.ready() && classify.ready());
            var frames = new AtomicLong();
            var unused = cameras.scheduleAtFixedRate(
                    () -> {
                        long frame = frames.getAndIncrement();
                        film(camera, lines.get((int) (frame % lines.size())), frame, picture);
                    },
                    0,
                    1_000_000_000 / 60,
                    TimeUnit.NANOSECONDS);

            // When
            var best = best(gateway, MOST_MICROS_CLASSIFYING);

            // Then
            System.out.printf(
                    "Firing error while %d frames were classified, at the controller: %s%n", frames.get(), best);
            assertThat(best).matches(turn -> turn.isWithin(MOST_MICROS_CLASSIFYING));
        } finally {
            cameras.shutdownNow();
        }
    }

    /**
     * How long after their time a controller got those shots that were fired, and how late bare ones were that were between them.
     */
    private record Turn(Histogram errors, Histogram bare) {
        boolean isWithin(long mostMicros) {
            long heldUp = bare.getCountBetweenValues(HELD_UP_MICROS, Long.MAX_VALUE);
            long fewest = Math.max(SHOTS / 2, SHOTS * 99 / 100 - heldUp * LOST_BY_A_CUT);
            return errors.getTotalCount() >= fewest
                    && errors.getValueAtPercentile(99) <= mostMicros + 2 * bare.getValueAtPercentile(99);
        }

        @Override
        public String toString() {
            return told(errors) + "; bare ones: " + told(bare);
        }
    }

    /** The first turn that is within the limit, or the last. */
    private Turn best(GatewayProcess gateway, long mostMicros) {
        Turn turn = shoot(gateway, 1);
        for (int i = 2; i <= MOST_TURNS && !turn.isWithin(mostMicros); i++) {
            System.out.println("Disturbed: " + turn + "; fates so far " + gateway.fates());
            turn = shoot(gateway, i);
        }
        return turn;
    }

    /** Takes 25 s. */
    private Turn shoot(GatewayProcess gateway, int turn) {
        int before = plc.rises().size();
        Instant first = Instant.now().plusSeconds(1).truncatedTo(ChronoUnit.MILLIS);
        for (int i = 0; i < SHOTS; i++) {
            classifier.publish("shot-" + turn + "-" + i, i % 8, first.plus(EVERY.multipliedBy(i)));
        }
        var bare = BareShots.run(first.plus(EVERY.dividedBy(2)), EVERY, SHOTS);
        await().atMost(SOON)
                .until(() ->
                        gateway.fate("fired") + gateway.fate("late") + gateway.fate("undelivered") == turn * SHOTS);
        var errors = new Histogram(3);
        plc.rises().stream()
                .skip(before)
                .forEach(rise -> errors.recordValue(
                        Math.floorMod(ChronoUnit.MICROS.between(first, rise.at()), EVERY.toNanos() / 1_000)));
        return new Turn(errors, bare.join());
    }

    private static void film(TestCamera camera, String line, long frame, byte[] picture) {
        try {
            camera.publish(line, frame, picture);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static String told(Histogram micros) {
        return "p50 %d us, p99 %d us, most %d us, %d shots"
                .formatted(
                        micros.getValueAtPercentile(50),
                        micros.getValueAtPercentile(99),
                        micros.getMaxValue(),
                        micros.getTotalCount());
    }
}
