// SPDX-License-Identifier: Apache-2.0
package dev.sortline.gateway.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.sortline.gateway.firing.Events;
import dev.sortline.gateway.firing.GatewayMetrics;
import dev.sortline.gateway.firing.LineStatus;
import dev.sortline.gateway.rules.Shot;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What every driver must do when its controller, or the way to it, fails: {@code fired} means that somebody was there to take it,
 * and nothing is delivered late. A driver's own test says how its controller is made.
 */
@Timeout(60)
public abstract class ActuatorDriverContractTest {
    protected static final String LINE = "line-1";
    static final LineStatus ALIVE = new LineStatus(LINE, true, false, 1, Map.of(), Map.of());

    /** What no driver takes longer than to say that a controller does not answer. */
    private static final Duration ANSWERED_WITHIN = Duration.ofSeconds(1);

    private final GatewayMetrics metrics = new GatewayMetrics(new SimpleMeterRegistry());
    private final List<Boolean> taken = new CopyOnWriteArrayList<>();

    @TempDir
    Path folder;

    /** The way between driver and controller. */
    private Proxy way;

    private Controller controller;

    /** What stands at the other end. */
    public interface Controller extends AutoCloseable {
        /** The ejectors that it has switched on, in order. */
        List<Integer> shots();

        /** Returns when what had come to it before has been dealt with. */
        void settle() throws Exception;
    }

    /** A controller that listens on a port. */
    protected abstract Controller controller(int port) throws Exception;

    /** The port at which controllers listen. */
    protected int controllerPort() {
        return Ports.free();
    }

    /** A driver as one gateway has it, for the controller at a port. */
    protected abstract ActuatorDriver driver(int port) throws Exception;

    @BeforeEach
    void start() throws Exception {
        int port = controllerPort();
        controller = controller(port);
        way = new Proxy(port);
    }

    @AfterEach
    void stop() throws Exception {
        way.close();
        controller.close();
    }

    @Test
    void shotIsTakenByTheControllerThatIsThere() throws Exception {
        // Given
        var driver = connected();

        // When
        boolean delivered = driver.fire(shot(3), Events.inTime());

        // Then
        assertThat(delivered).isTrue();
        await().untilAsserted(() -> assertThat(controller.shots()).containsExactly(3));
        driver.disconnect();
    }

    @Test
    void slowAnswerIsWaitedFor() throws Exception {
        // Given
        var driver = connected();
        way.holdAnswers();

        // When
        var firing = CompletableFuture.supplyAsync(() -> fire(driver));
        await().until(way::isHolding);
        way.pass();

        // Then
        assertThat(firing.get(60, TimeUnit.SECONDS)).isTrue();
        assertThat(controller.shots()).containsExactly(3);
        driver.disconnect();
    }

    @Test
    void shotWhoseAnswerIsLostIsNotCountedAndNotRepeated() throws Exception {
        // Given
        var driver = connected();
        way.holdAnswers();

        // When
        var firing = assertThatThrownBy(() -> driver.fire(shot(3), Events.inTime()));
        way.pass();
        driver.disconnect();
        driver.connect();

        // Then
        firing.isInstanceOf(IOException.class);
        controller.settle();
        assertThat(controller.shots()).containsExactly(3);
        driver.disconnect();
    }

    @Test
    void shotThatWasHeldOnItsWayForTooLongNeverArrives() throws Exception {
        // Given
        var driver = connected();
        way.hold();

        // When
        long asked = System.nanoTime();
        var firing = assertThatThrownBy(() -> driver.fire(shot(3), Events.inTime()));
        long tookNanos = System.nanoTime() - asked;
        await().until(way::isIdle);
        way.pass();

        // Then
        firing.isInstanceOf(IOException.class);
        assertThat(Duration.ofNanos(tookNanos)).isLessThan(ANSWERED_WITHIN.plusSeconds(4));
        controller.settle();
        assertThat(controller.shots()).isEmpty();
        driver.disconnect();
    }

    @Test
    void shotWhoseTimeIsOverBeforeItLeavesIsNotSent() throws Exception {
        // Given
        var driver = connected();

        // When
        var firing = assertThatThrownBy(() -> driver.fire(shot(3), System.nanoTime() - 1));

        // Then
        firing.isInstanceOf(IOException.class);
        controller.settle();
        assertThat(controller.shots()).isEmpty();
        driver.disconnect();
    }

    @Test
    void whatFollowsAShotLeavesWithoutHaste() throws Exception {
        // Given
        var driver = connected();
        long latest = System.nanoTime() + Duration.ofSeconds(1).toNanos();
        boolean delivered = driver.fire(shot(3), latest);
        await().until(() -> System.nanoTime() - latest > 0);

        // When
        driver.beat(ALIVE);

        // Then
        assertThat(delivered).isTrue();
        driver.disconnect();
    }

    @Test
    void nothingIsSentOnAConnectionThatWasGivenUp() throws Exception {
        // Given
        var driver = connected();
        way.hold();
        assertThatThrownBy(() -> driver.beat(ALIVE)).isInstanceOf(IOException.class);
        int connections = way.connections();
        way.pass();

        // When
        var firing = assertThatThrownBy(() -> driver.fire(shot(3), Events.inTime()));

        // Then
        firing.isInstanceOf(IOException.class);
        controller.settle();
        assertThat(controller.shots()).isEmpty();
        assertThat(way.connections()).isEqualTo(connections);
        driver.disconnect();
    }

    @Test
    void peerThatTakesTheConnectionAndNeverAnswersIsToldOf() throws Exception {
        // Given
        try (var silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            var driver = driver(silent.getLocalPort());

            // When
            var connecting = assertThatThrownBy(driver::connect);

            // Then
            connecting.isInstanceOf(IOException.class).hasMessageContaining(":" + silent.getLocalPort());
            driver.disconnect();
        }
    }

    @Test
    void connectionThatIsHalfOpenIsFoundOutByWhoStandsBy() throws Exception {
        // Given
        var driver = connected();
        driver.probe();
        way.swallow();

        // When
        var probing = assertThatThrownBy(driver::probe);

        // Then
        probing.isInstanceOf(IOException.class).message().isNotBlank().hasLineCount(1);
        driver.disconnect();
    }

    @Test
    void twoGatewaysOfOneLineFileStandBesideEachOther() throws Exception {
        // Given
        var firing = connected();
        var standby = connected();
        int connections = way.connections();

        // When
        boolean delivered = firing.fire(shot(3), Events.inTime());

        // Then
        assertThat(delivered).isTrue();
        firing.probe();
        standby.probe();
        controller.settle();
        assertThat(controller.shots()).containsExactly(3);
        assertThat(way.connections()).isEqualTo(connections);
        firing.disconnect();
        standby.disconnect();
    }

    @Test
    void lostControllerIsReachedAgainAndGetsNothingOfBefore() throws Exception {
        // Given
        try (var runner = new DriverRunner("plc", driver(way.port()), DriverRunnerTest.TOLERANT, metrics)) {
            runner.start();
            awaitUp(runner);
            runner.fire(shot(3), System.nanoTime(), taken::add);
            await().until(() -> taken.size() == 1);
            int cutsBefore = way.cuts();

            // When
            way.hold();
            runner.fire(shot(4), System.nanoTime(), taken::add);
            await().until(() -> taken.size() == 2);
            runner.fire(shot(5), System.nanoTime(), taken::add);
            await().until(() -> way.cuts() > cutsBefore);
            way.pass();
            awaitUp(runner);
            runner.fire(shot(6), System.nanoTime(), taken::add);
            await().until(() -> taken.size() == 4);

            // Then
            assertThat(taken).containsExactly(true, false, false, true);
            controller.settle();
            assertThat(controller.shots()).containsExactly(3, 6);
        }
    }

    private ActuatorDriver connected() throws Exception {
        var driver = driver(way.port());
        driver.connect();
        return driver;
    }

    private static boolean fire(ActuatorDriver driver) {
        try {
            return driver.fire(shot(3), Events.inTime());
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    protected static Shot shot(int ejector) {
        return Events.shot(Events.sort(LINE, "item-" + ejector, ejector, Instant.now()), ejector);
    }

    private static void awaitUp(DriverRunner runner) {
        await().atMost(60, TimeUnit.SECONDS)
                .untilAsserted(() -> assertThat(runner.problem()).isEmpty());
    }
}
