// SPDX-License-Identifier: Apache-2.0
package dev.sortline.gateway.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sortline.gateway.firing.Announcement;
import dev.sortline.gateway.firing.Events;
import dev.sortline.gateway.firing.GatewayMetrics;
import dev.sortline.gateway.firing.LineStatus;
import dev.sortline.gateway.rules.EjectorSchedule;
import dev.sortline.gateway.rules.EventFate;
import dev.sortline.gateway.rules.FiringSettings;
import dev.sortline.gateway.rules.Shot;
import dev.sortline.metrics.LineMetric;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
public class DriverRunnerTest {
    /** So tolerant that no busy machine makes a shot late. */
    public static final FiringSettings TOLERANT = new FiringSettings(false, 2_000, 1_000, 50, 150);

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final RecordingDriver driver = new RecordingDriver();
    private final List<Boolean> taken = new CopyOnWriteArrayList<>();
    private final DriverRunner runner = new DriverRunner("plc", driver, TOLERANT, new GatewayMetrics(registry));

    @AfterEach
    void stop() {
        driver.hanging.countDown();
        runner.close();
    }

    @Test
    void shotIsFiredAndReleasedAfterItsPulse() {
        // Given
        connected();
        long fired = System.nanoTime();

        // When
        runner.fire(shot("a"), fired, taken::add);
        await().until(() -> !driver.calls("release").isEmpty());

        // Then
        assertThat(System.nanoTime() - fired)
                .isGreaterThanOrEqualTo(TOLERANT.pulse().toNanos());
        assertThat(driver.calls()).containsExactly("connect", "fire a", "release a");
        assertThat(taken).containsExactly(true);
    }

    @Test
    void shotThatIsHandedOverAheadOfItsTimeWaitsForIt() {
        // Given
        connected();
        long fireAt = System.nanoTime() + EjectorSchedule.LEAD.toNanos();

        // When
        runner.fire(shot("a"), fireAt, taken::add);
        await().until(() -> !taken.isEmpty());

        // Then
        assertThat(driver.firedAtNanos()).singleElement().satisfies(firedAt -> assertThat(firedAt - fireAt)
                .isNotNegative());
    }

    @Test
    void shotThatTheControllerTookHasFiredAlsoWhenItIsLostBeforeItIsToldWhichItWas() {
        // Given
        connected();
        driver.awayAfterFiring = true;

        // When
        runner.fire(shot("a"), System.nanoTime(), taken::add);
        await().until(() -> driver.calls("connect").size() == 2);

        // Then
        assertThat(taken).containsExactly(true);
    }

    @Test
    void shotWhileTheControllerIsAwayIsNotFiredWhenItReturns() {
        // Given
        driver.away = true;
        runner.start();
        await().until(() -> runner.problem().orElse("").contains("controller is away"));

        // When
        runner.fire(shot("a"), System.nanoTime(), taken::add);
        driver.away = false;
        await().until(() -> runner.problem().isEmpty());
        runner.fire(shot("b"), System.nanoTime(), taken::add);
        await().until(() -> taken.size() == 2);

        // Then
        assertThat(driver.calls("fire")).containsExactly("fire b");
        assertThat(taken).containsExactly(false, true);
        assertThat(registry.get(LineMetric.DRIVER_UNDELIVERED.meterName())
                        .tags("driver", "plc", "what", "fire")
                        .counter()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void ejectorAtWhichTheControllerWasLostIsTold() {
        // Given
        connected();
        Shot shot = shot("a");
        driver.away = true;
        driver.returning = new CountDownLatch(1);

        // When
        runner.fire(shot, System.nanoTime(), taken::add);
        await().until(() -> runner.problem().isPresent());
        String problem = runner.problem().orElseThrow();
        driver.away = false;
        driver.returning.countDown();

        // Then
        assertThat(problem)
                .isEqualTo("driver plc: at ejector %d of %s: controller is away; trying again in 100 ms"
                        .formatted(shot.ejector(), shot.lineId()));
    }

    @Test
    void controllerThatIsLostIsToldAndReachedAgain() {
        // Given
        connected();
        driver.away = true;
        driver.returning = new CountDownLatch(1);

        // When
        runner.beat(status());
        await().until(() -> runner.problem().isPresent());
        String problem = runner.problem().orElseThrow();
        driver.away = false;
        driver.returning.countDown();
        await().until(() -> runner.problem().isEmpty());

        // Then
        assertThat(problem).isEqualTo("driver plc: controller is away; trying again in 100 ms");
        assertThat(driver.calls("connect")).hasSize(2);
        assertThat(registry.get(LineMetric.DRIVER_FAILURES.meterName())
                        .counter()
                        .count())
                .isGreaterThanOrEqualTo(1);
        assertThat(registry.get(LineMetric.DRIVER_UP.meterName()).gauge().value())
                .isEqualTo(1);
    }

    @Test
    void shotThatHadToWaitForASlowControllerIsNotFiredLate() throws InterruptedException {
        // Given
        connected();
        driver.hanging = new CountDownLatch(1);
        runner.beat(status());
        await().until(driver::hangs);

        // When
        long fireAt = System.nanoTime();
        runner.fire(shot("a"), fireAt, taken::add);
        await().until(() -> System.nanoTime() - fireAt > TOLERANT.tolerance().toNanos());
        driver.hanging.countDown();
        await().until(() -> !taken.isEmpty());

        // Then
        assertThat(driver.calls("fire")).isEmpty();
        assertThat(taken).containsExactly(false);
    }

    @Test
    void slowControllerIsNeverWaitedFor() {
        // Given
        connected();
        driver.hanging = new CountDownLatch(1);
        runner.beat(status());
        await().until(driver::hangs);

        // When
        for (int i = 0; i < 10_000; i++) {
            runner.announce(
                    new Announcement(Events.unsure("line-1", "i" + i, Instant.now()), null, EventFate.RESIDUAL));
            runner.fire(shot("a" + i), System.nanoTime(), taken::add);
        }

        // Then
        assertThat(taken).hasSizeGreaterThan(9_000).containsOnly(false);
    }

    @Test
    void ejectorThatTheControllerLacksIsToldAndLosesNothing() {
        // Given
        connected();

        // When
        runner.fire(Events.shot(Events.sort("line-1", "a", 100, Instant.now()), 1), System.nanoTime(), taken::add);

        // Then
        assertThat(taken).containsExactly(false);
        assertThat(runner.problem()).isEmpty();
    }

    @Test
    void controllerThatIsToldNothingIsAskedWhetherItIsThere() {
        // Given
        connected();

        // When
        await().until(() -> !driver.calls("probe").isEmpty());
        driver.away = true;

        // Then
        await().until(() -> runner.problem().isPresent());
        assertThat(registry.get(LineMetric.DRIVER_UP.meterName()).gauge().value())
                .isZero();
    }

    @Test
    void linesOfThisGatewayAreTakenOverAgainAfterALoss() {
        // Given
        connected();
        runner.takeOver("line-1");
        runner.takeOver("line-2");
        runner.handOver("line-2");
        await().until(() -> driver.calls("takeOver").size() == 2);
        driver.away = true;
        runner.beat(status());
        await().until(() -> runner.problem().isPresent());

        // When
        driver.away = false;
        await().until(() -> driver.calls("takeOver").size() > 2);

        // Then
        assertThat(driver.calls("takeOver")).containsExactly("takeOver line-1", "takeOver line-2", "takeOver line-1");
    }

    @Test
    void shotForNowDoesNotWaitForOneThatWasHandedOverBeforeIt() {
        // Given
        connected();
        long later = System.nanoTime() + TOLERANT.tolerance().toNanos() / 2;
        runner.fire(shot("later"), later, taken::add);

        // When
        runner.fire(shot("now"), System.nanoTime(), taken::add);
        await().until(() -> taken.size() == 2);

        // Then
        assertThat(driver.calls("fire")).containsExactly("fire now", "fire later");
    }

    @Test
    void stopReleasesWhatIsHeld() {
        // Given
        connected();
        runner.fire(shot("a"), System.nanoTime(), taken::add);
        await().until(() -> !taken.isEmpty());

        // When
        runner.close();

        // Then
        assertThat(driver.calls()).containsExactly("connect", "fire a", "release a", "disconnect");
    }

    private void connected() {
        runner.start();
        await().until(() -> runner.problem().isEmpty());
    }

    private static Shot shot(String item) {
        return Events.shot(Events.sort("line-1", item, 1, Instant.now()), 1);
    }

    private static LineStatus status() {
        return new LineStatus("line-1", true, false, 1, Map.of(), Map.of());
    }
}
