// SPDX-License-Identifier: Apache-2.0
package dev.sortline.gateway.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.sortline.gateway.firing.Announcement;
import dev.sortline.gateway.firing.Events;
import dev.sortline.gateway.firing.LineStatus;
import dev.sortline.gateway.rules.Shot;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The same as {@link ActuatorDriverContractTest} for drivers to which controllers come: {@code fired} means that somebody was there to
 * take it, and nothing is delivered late. A driver's own test says how its controller is made.
 */
@Timeout(60)
public abstract class ServingDriverContractTest {
    protected static final String LINE = "line-1";

    protected final int port = Ports.free();

    private ActuatorDriver driver;
    private Proxy way;

    /** A controller that watches ejectors 3 to 6. */
    public interface Controller extends AutoCloseable {
        /** The ejectors that it has seen switched on, in order. */
        List<Integer> shots();

        /** Does something before the controller asks again: one that asks, rather than being told, would be held with an older answer. */
        default void beforeItAsks(Callable<?> something) throws Exception {
            something.call();
        }
    }

    /** A controller that has come to a port; returns when it watches. */
    protected abstract Controller controller(int at) throws Exception;

    /** A driver as one gateway has it. */
    protected abstract ActuatorDriver driver() throws Exception;

    @BeforeEach
    void serve() throws Exception {
        driver = driver();
        driver.connect();
        driver.beat(new LineStatus(LINE, true, false, 1, Map.of(), Map.of()));
        for (int ejector = 3; ejector <= 6; ejector++) {
            driver.announce(new Announcement(shot(ejector).event(), shot(ejector), null));
        }
        way = new Proxy(port);
    }

    @AfterEach
    void stop() throws Exception {
        way.close();
        driver.disconnect();
    }

    @Test
    void shotIsTakenByTheControllerThatIsThere() throws Exception {
        // Given
        try (var controller = controller(way.port())) {

            // When
            boolean delivered = driver.fire(shot(3), Events.inTime());

            // Then
            assertThat(delivered).isTrue();
            await().untilAsserted(() -> assertThat(controller.shots()).containsExactly(3));
            driver.release(shot(3));
        }
    }

    @Test
    void shotThatNobodyIsThereToTakeIsNotTakenNorKept() throws Exception {
        // When
        boolean delivered = driver.fire(shot(3), Events.inTime());

        // Then
        assertThat(delivered).isFalse();
        assertThatNobodyGets(3);
    }

    @Test
    void shotWhoseTimeIsOverIsNotShown() throws Exception {
        // Given
        try (var controller = controller(way.port())) {

            // When
            var firing = assertThatThrownBy(() -> driver.fire(shot(3), System.nanoTime() - 1));
            driver.fire(shot(4), Events.inTime());

            // Then
            firing.isInstanceOf(IOException.class).hasMessageContaining("held up");
            await().until(() -> !controller.shots().isEmpty());
            assertThat(controller.shots()).containsExactly(4);
            driver.release(shot(4));
        }
    }

    @Test
    void whoOnlyHoldsAConnectionIsNotThere() throws Exception {
        // Given
        try (var idle = new Socket(InetAddress.getLoopbackAddress(), port)) {

            // When
            boolean delivered = driver.fire(shot(3), Events.inTime());

            // Then
            assertThat(delivered).isFalse();
            assertThat(idle.isConnected()).isTrue();
        }
    }

    @Test
    void controllerThatHasGoneIsNoLongerThere() throws Exception {
        // Given
        try (var controller = controller(way.port())) {
            assertThat(driver.fire(shot(3), Events.inTime())).isTrue();
            await().until(() -> controller.shots().size() == 1);
            driver.release(shot(3));
        }

        // When
        await().until(() -> {
            boolean taken = driver.fire(shot(4), Events.inTime());
            driver.release(shot(4));
            return !taken;
        });

        // Then
        assertThatNobodyGets(4);
    }

    @Test
    void shotThatIsHeldOnItsWayToAControllerNeverArrives() throws Exception {
        // Given
        try (var controller = controller(way.port())) {
            int cutsBefore = way.cuts();
            controller.beforeItAsks(() -> {
                way.holdAnswers();
                return driver.fire(shot(3), Events.inTime());
            });
            await().until(way::isHolding);
            driver.release(shot(3));

            // When
            await().until(() -> way.cuts() > cutsBefore);
            way.pass();

            // Then
            try (var after = controller(port)) {
                assertThat(driver.fire(shot(5), Events.inTime())).isTrue();
                await().untilAsserted(() -> assertThat(after.shots()).containsExactly(5));
                driver.release(shot(5));
            }
            assertThat(controller.shots()).doesNotContain(3);
        }
    }

    @Test
    void secondGatewayOnTheSameMachineSaysThatItCannotServeAndHarmsNothing() throws Exception {
        // Given
        try (var controller = controller(way.port())) {
            var second = driver();

            // When
            var serving = assertThatThrownBy(second::connect);
            second.disconnect();

            // Then
            serving.isInstanceOf(IOException.class)
                    .message()
                    .contains("" + port)
                    .hasLineCount(1);
            assertThat(driver.fire(shot(3), Events.inTime())).isTrue();
            await().untilAsserted(() -> assertThat(controller.shots()).containsExactly(3));
            driver.release(shot(3));
        }
    }

    private void assertThatNobodyGets(int ejector) throws Exception {
        try (var later = controller(port)) {
            assertThat(driver.fire(shot(6), Events.inTime())).isTrue();
            await().untilAsserted(() -> assertThat(later.shots()).contains(6));
            assertThat(later.shots()).doesNotContain(ejector);
            driver.release(shot(6));
        }
    }

    protected static Shot shot(int ejector) {
        return Events.shot(Events.sort(LINE, "item-" + ejector, ejector, Instant.now()), ejector);
    }
}
