// SPDX-License-Identifier: Apache-2.0
package dev.sortline.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A controller that the gateway writes to goes away, or keeps its connection and says nothing. */
@Timeout(120)
class LostControllerTest {
    private static final LineStatus ALIVE = new LineStatus("line-1", true, false, 1, Map.of(), Map.of());

    private final int port = Ports.free();
    private final GatewayMetrics metrics = new GatewayMetrics(new SimpleMeterRegistry());
    private final List<Boolean> taken = new CopyOnWriteArrayList<>();

    @TempDir
    private Path folder;

    private Proxy proxy;

    @BeforeEach
    void openProxy() throws IOException {
        Files.writeString(folder.resolve("password"), "secret\n");
        proxy = new Proxy(port);
    }

    @AfterEach
    void closeProxy() throws IOException {
        proxy.close();
    }

    @Test
    void opcUaControllerThatGoesAndReturnsGetsNothingStale() throws Exception {
        // Given
        Path plcFolder = folder.resolve("plc");
        try (var plc = OpcUaPlc.start(port, plcFolder, OpcUaPlc.SECURED)) {
            OpcUaPlc.trust(port, folder);
        }
        var driver = OpcUaPlc.secured(port, folder, OpcUaPlc.line()).open("plc");
        try (var runner = new DriverRunner("plc", driver, DriverRunnerTest.TOLERANT, metrics)) {
            try (var plc = OpcUaPlc.start(port, plcFolder, OpcUaPlc.SECURED)) {
                runner.start();
                awaitConnected(runner);
                runner.fire(shot("before"), System.nanoTime(), taken::add);
                await().until(() -> taken.size() == 1);
            }

            // When
            runner.beat(ALIVE);
            await().until(() -> runner.problem().isPresent());
            runner.fire(shot("meanwhile"), System.nanoTime(), taken::add);
            try (var plc = OpcUaPlc.start(port, plcFolder, OpcUaPlc.SECURED)) {
                awaitConnected(runner);
                runner.fire(shot("after"), System.nanoTime(), taken::add);
                plc.awaitWrite("\"Item\" after");

                // Then
                assertThat(taken).containsExactly(true, false, true);
                assertThat(plc.writes())
                        .filteredOn(write -> write.endsWith("true"))
                        .hasSize(1);
                assertThat(plc.writes()).doesNotContain("\"Item\" meanwhile");
            }
        }
    }

    @Test
    void shotThatWasHeldBackOnItsWayToAnOpcUaControllerNeverArrives() throws Exception {
        // Given
        try (var plc = OpcUaPlc.start(port, folder.resolve("plc"), OpcUaPlc.SECURED)) {
            OpcUaPlc.trust(port, folder);
            var driver = OpcUaPlc.secured(proxy.port(), folder, OpcUaPlc.line()).open("plc");
            driver.connect();
            proxy.hold();

            // When
            long asked = System.nanoTime();
            var firing = assertThatThrownBy(() -> driver.fire(shot("held")));
            Duration took = Duration.ofNanos(System.nanoTime() - asked);
            await().until(proxy::isIdle);
            proxy.pass();

            // Then
            firing.isInstanceOf(IOException.class).hasMessageContaining("no answer within 500 ms");
            assertThat(took).isLessThan(Duration.ofSeconds(1));
            fireBesideIt(plc);
            assertThat(plc.writes()).doesNotContain("\"Ejector\"[3] true");
            driver.disconnect();
        }
    }

    @Test
    void shotAtACutConnectionIsNotKeptForTheNextOne() throws Exception {
        // Given
        try (var plc = OpcUaPlc.start(port, folder.resolve("plc"), OpcUaPlc.SECURED)) {
            OpcUaPlc.trust(port, folder);
            var driver = OpcUaPlc.secured(proxy.port(), folder, OpcUaPlc.line()).open("plc");
            driver.connect();
            int connections = proxy.connections();
            proxy.cut();
            assertThatThrownBy(() -> driver.beat(ALIVE)).isInstanceOf(IOException.class);

            // When
            var firing = assertThatThrownBy(() -> driver.fire(shot("cut")));

            // Then
            firing.isInstanceOf(IOException.class);
            await().during(2, TimeUnit.SECONDS).until(() -> proxy.connections() == connections);
            fireBesideIt(plc);
            assertThat(plc.writes()).doesNotContain("\"Ejector\"[3] true");
            driver.disconnect();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"modbus-client", "opcua-client"})
    void controllerThatTakesTheConnectionAndNeverAnswersIsToldOfWhileOthersGoOn(String type) throws Exception {
        // Given
        try (var silent = new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
                var lost = new DriverRunner("silent", driver(type, port), DriverRunnerTest.TOLERANT, metrics);
                var other = new DriverRunner("other", new RecordingDriver(), DriverRunnerTest.TOLERANT, metrics)) {
            lost.start();
            other.start();
            awaitConnected(other);

            // When
            await().atMost(20, TimeUnit.SECONDS)
                    .until(() -> lost.problem().orElse("").contains("trying again"));
            lost.fire(shot("a"), System.nanoTime(), taken::add);
            other.fire(shot("a"), System.nanoTime(), taken::add);
            await().until(() -> taken.size() == 2);

            // Then
            assertThat(taken).containsExactly(false, true);
            assertThat(lost.problem().orElseThrow()).contains("" + silent.getLocalPort());
        }
    }

    @Test
    void opcUaControllerThatFallsSilentIsToldOfAndGetsNothingStale() throws Exception {
        // Given
        try (var plc = OpcUaPlc.start(port, folder.resolve("plc"), OpcUaPlc.OPEN)) {
            fallSilent(driver("opcua-client", proxy.port()));

            // Then
            assertThat(taken).containsExactly(false);
            assertThat(plc.writes()).noneMatch(write -> write.endsWith("true"));
        }
    }

    /** The driver reaches its controller, which then says nothing until it has been given up, and then speaks again. */
    private void fallSilent(ActuatorDriver driver) throws IOException {
        try (var runner = new DriverRunner("plc", driver, DriverRunnerTest.TOLERANT, metrics)) {
            runner.start();
            awaitConnected(runner);
            proxy.hold();
            runner.fire(shot("a"), System.nanoTime(), taken::add);
            await().until(() -> runner.problem().orElse("").contains("trying again"));
            proxy.pass();
            awaitConnected(runner);
        }
    }

    private ActuatorDriver driver(String type, int at) {
        return type.equals("modbus-client")
                ? new ModbusClientSettings("127.0.0.1", at, 1, 250, Map.of("line-1", new ModbusLine(10, 8, 100)))
                        .open("plc")
                : OpcUaPlc.open(at, OpcUaPlc.line()).open("plc");
    }

    /** Another gateway's shot: what was to come before it has come. */
    private void fireBesideIt(OpcUaPlc plc) throws IOException, InterruptedException {
        var beside = OpcUaPlc.secured(port, folder, OpcUaPlc.line()).open("beside");
        beside.connect();
        var shot = Events.shot(Events.sort("line-1", "beside", 5, Instant.now()), 2);
        beside.fire(shot);
        beside.report(shot);
        beside.disconnect();
        plc.awaitWrite("\"Item\" beside");
    }

    private static void awaitConnected(DriverRunner runner) {
        await().atMost(30, TimeUnit.SECONDS)
                .untilAsserted(() -> assertThat(runner.problem()).isEmpty());
    }

    private static Shot shot(String item) {
        return Events.shot(Events.sort("line-1", item, 3, Instant.now()), 1);
    }
}
