// SPDX-License-Identifier: Apache-2.0
package dev.sortline.gateway.modbus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.digitalpetri.modbus.client.ModbusTcpClient;
import com.digitalpetri.modbus.exceptions.ModbusResponseException;
import com.digitalpetri.modbus.pdu.ReadHoldingRegistersRequest;
import com.digitalpetri.modbus.pdu.WriteSingleCoilRequest;
import com.digitalpetri.modbus.tcp.client.NettyTcpClientTransport;
import dev.sortline.gateway.driver.ActuatorDriver;
import dev.sortline.gateway.driver.DriverRunner;
import dev.sortline.gateway.driver.DriverRunnerTest;
import dev.sortline.gateway.driver.Peer;
import dev.sortline.gateway.driver.PeerLimits;
import dev.sortline.gateway.driver.Ports;
import dev.sortline.gateway.firing.Announcement;
import dev.sortline.gateway.firing.Events;
import dev.sortline.gateway.firing.GatewayMetrics;
import dev.sortline.gateway.firing.LineStatus;
import dev.sortline.gateway.rules.EventFate;
import dev.sortline.gateway.rules.Shot;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(90)
class ModbusDriverTest {
    private static final Map<String, ModbusLine> LINES = Map.of("line-1", new ModbusLine(10, 8, 100));
    private static final LineStatus ALIVE =
            new LineStatus("line-1", true, false, 70_001, Map.of(EventFate.FIRED, 70_002L), Map.of());

    /** Transaction 1, protocol 0, 6 bytes follow: unit 1, function 3, register 100, one of them. */
    private static final byte[] READ_HEARTBEAT = {0, 1, 0, 0, 0, 6, 1, 3, 0, 100, 0, 1};

    private final int port = Ports.free();
    private final Shot shot = Events.shot(Events.sort("line-1", "a", 3, Instant.now()), 70_003);

    @Test
    void shotPulsesItsEjectorsCoilAndTellsTheItem() throws Exception {
        // Given
        try (var plc = new ModbusPlc(port)) {
            var driver = client(port);
            driver.connect();

            // When
            driver.fire(shot, Events.inTime());
            driver.report(shot);
            boolean on = plc.isOn(13);
            driver.release(shot);

            // Then
            assertThat(on).isTrue();
            assertThat(plc.isOn(13)).isFalse();
            assertThat(plc.pulses()).extracting(ModbusPlc.Change::coil).containsExactly(13);
            assertThat(registers(plc, 108, 4)).containsExactly(1, 70_003 - 65_536, 3, 930);
            driver.disconnect();
        }
    }

    @Test
    void heartbeatStateAndAnnouncedShotsStandInTheTable() throws Exception {
        // Given
        try (var plc = new ModbusPlc(port)) {
            var driver = client(port);
            driver.connect();

            // When
            driver.beat(ALIVE);
            driver.announce(new Announcement(shot.event(), shot, null));

            // Then
            assertThat(registers(plc, 100, 4)).containsExactly(70_001 - 65_536, 1, 1, 70_002 - 65_536);
            int slot = 100 + 16 + 70_003 % 8 * 10;
            assertThat(registers(plc, slot, 10)).containsExactly(1, 70_003 - 65_536, 3, 930, 1, 0, 0, 0, 0, 5_120);
            driver.disconnect();
        }
    }

    @Test
    void coilThatWasLeftOnIsReleasedByWhoTakesItsLineOver() throws Exception {
        // Given
        try (var plc = new ModbusPlc(port)) {
            var killed = client(port);
            killed.connect();
            killed.fire(shot, Events.inTime());
            killed.report(shot);
            killed.disconnect();

            // When
            var successor = client(port);
            successor.connect();
            boolean held = plc.isOn(13);
            successor.takeOver("line-1");

            // Then
            assertThat(held).isTrue();
            assertThat(plc.isOn(13)).isFalse();
            successor.disconnect();
        }
    }

    @Test
    void controllerThatGoesAndReturnsGetsNothingStale() throws Exception {
        // Given
        var taken = new CopyOnWriteArrayList<Boolean>();
        var runner = new DriverRunner(
                "plc", client(port), DriverRunnerTest.TOLERANT, new GatewayMetrics(new SimpleMeterRegistry()));
        try (runner) {
            try (var plc = new ModbusPlc(port)) {
                runner.start();
                await().until(() -> runner.problem().isEmpty());
                runner.fire(shot("before"), System.nanoTime(), taken::add);
                await().until(() -> taken.size() == 1);
            }

            // When
            runner.beat(ALIVE);
            await().until(() -> runner.problem().isPresent());
            runner.fire(shot("meanwhile"), System.nanoTime(), taken::add);
            try (var plc = new ModbusPlc(port)) {
                await().until(() -> runner.problem().isEmpty());
                runner.fire(shot("after"), System.nanoTime(), taken::add);
                await().until(() -> taken.size() == 3);

                // Then
                assertThat(taken).containsExactly(true, false, true);
                assertThat(plc.pulses()).hasSize(1);
            }
        }
    }

    @Test
    void controllerThatTakesTheConnectionAndNeverAnswersIsGivenUp() throws Exception {
        // Given
        try (var hostile = new ServerSocket(port, 50, InetAddress.getLoopbackAddress())) {
            var driver = client(port);

            // When
            long asked = System.nanoTime();
            var connecting = assertThatThrownBy(driver::connect);

            // Then
            connecting.isInstanceOf(IOException.class).hasMessageContaining("Modbus controller at 127.0.0.1:" + port);
            assertThat(System.nanoTime() - asked).isLessThan(1_000_000_000L);
            driver.disconnect();
        }
    }

    @Test
    void anotherMakesControllerTakesTheWrites() throws Exception {
        // Given
        try (var plc = Peer.node("modbus-plc.cjs", port)) {
            plc.awaitLine("listening");
            var driver = client(port);
            driver.connect();

            // When
            driver.fire(shot, Events.inTime());
            driver.report(shot);
            driver.release(shot);
            driver.beat(ALIVE);
            plc.awaitLine("register 101 1");
            driver.disconnect();

            // Then
            assertThat(plc.lines())
                    .containsSubsequence(
                            "coil 13 1", "register 108 1", "register 110 3", "register 111 930", "coil 13 0");
        }
    }

    @Test
    void anotherMakesControllerPollsCoilsAndRegisters() throws Exception {
        // Given
        var driver = server(port);
        driver.connect();
        try (var plc = Peer.node("modbus-poll.cjs", port, 10, 8, 100)) {
            plc.awaitLine("polling");

            // When
            driver.fire(shot, Events.inTime());
            driver.report(shot);
            plc.awaitLine("rose 3");
            driver.release(shot);
            plc.awaitLine("fell 3");

            // Then
            assertThat(plc.lines()).containsExactly("polling", "rose 3", "fell 3 shot 1 4467 3 930");
        } finally {
            driver.disconnect();
        }
    }

    @Test
    void serverIsReadOnly() throws Exception {
        // Given
        var driver = server(port);
        driver.connect();
        var plc = plcClient();
        plc.connect();

        // When
        var writing = assertThatThrownBy(() -> plc.writeSingleCoil(1, new WriteSingleCoilRequest(13, true)));

        // Then
        writing.isInstanceOf(ModbusResponseException.class);
        plc.disconnect();
        driver.disconnect();
    }

    @Test
    void peersThatHoldTheirConnectionsLeaveRoomForTheController() throws Exception {
        // Given
        var driver = server(port);
        driver.connect();
        driver.beat(ALIVE);
        var plc = plcClient();
        plc.connect();
        List<Socket> hostile = new ArrayList<>();
        for (int i = 0; i < 2 * PeerLimits.MOST_PEERS; i++) {
            hostile.add(new Socket(InetAddress.getLoopbackAddress(), port));
        }

        // When
        var answer = plc.readHoldingRegisters(1, new ReadHoldingRegistersRequest(100, 2));

        // Then
        assertThat(ByteBuffer.wrap(answer.registers()).getInt()).isEqualTo(((70_001 - 65_536) << 16) | 1);
        for (var socket : hostile) {
            socket.close();
        }
        plc.disconnect();
        driver.disconnect();
    }

    @Test
    void peersThatSayNothingOrHalfARequestDoNotKeepTheControllerWaiting() throws Exception {
        // Given
        var driver = server(port);
        driver.connect();
        driver.beat(ALIVE);
        var silent = new Socket(InetAddress.getLoopbackAddress(), port);
        var halfway = new Socket(InetAddress.getLoopbackAddress(), port);
        halfway.getOutputStream().write(READ_HEARTBEAT, 0, READ_HEARTBEAT.length / 2);
        var plc = plcClient();
        plc.connect();

        // When
        var answer = plc.readHoldingRegisters(1, new ReadHoldingRegistersRequest(100, 1));

        // Then
        assertThat(ByteBuffer.wrap(answer.registers()).getShort()).isEqualTo((short) (70_001 - 65_536));
        silent.close();
        halfway.close();
        plc.disconnect();
        driver.disconnect();
    }

    @Test
    void requestThatComesInTwoHalvesIsAnswered() throws Exception {
        // Given
        var driver = server(port);
        driver.connect();
        driver.beat(ALIVE);
        try (var plc = new Socket(InetAddress.getLoopbackAddress(), port)) {
            int half = READ_HEARTBEAT.length / 2;
            plc.setTcpNoDelay(true);
            plc.getOutputStream().write(READ_HEARTBEAT, 0, half);
            plc.getOutputStream().flush();

            // When
            plc.getOutputStream().write(READ_HEARTBEAT, half, READ_HEARTBEAT.length - half);
            byte[] answer = plc.getInputStream().readNBytes(11);

            // Then
            assertThat(ByteBuffer.wrap(answer, 9, 2).getShort()).isEqualTo((short) (70_001 - 65_536));
        }
        driver.disconnect();
    }

    private ModbusTcpClient plcClient() {
        return ModbusTcpClient.create(NettyTcpClientTransport.create(config -> {
            config.hostname = "127.0.0.1";
            config.port = port;
            config.connectPersistent = false;
        }));
    }

    private static ActuatorDriver client(int port) {
        return new ModbusClientSettings("127.0.0.1", port, 1, 250, null, LINES).open("plc");
    }

    private static ActuatorDriver server(int port) {
        return new ModbusServerSettings("127.0.0.1", port, null, LINES).open("plc");
    }

    private static Shot shot(String item) {
        return Events.shot(Events.sort("line-1", item, 3, Instant.now()), 1);
    }

    private static List<Integer> registers(ModbusPlc plc, int first, int count) {
        List<Integer> words = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            words.add(plc.register(first + i));
        }
        return words;
    }
}
