// SPDX-License-Identifier: Apache-2.0
package dev.sortline.demo.plant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.digitalpetri.modbus.client.ModbusTcpClient;
import com.digitalpetri.modbus.pdu.WriteMultipleCoilsRequest;
import com.digitalpetri.modbus.pdu.WriteMultipleRegistersRequest;
import com.digitalpetri.modbus.pdu.WriteSingleCoilRequest;
import com.digitalpetri.modbus.tcp.client.NettyTcpClientTransport;
import dev.sortline.contract.Frame;
import dev.sortline.demo.belt.AirShot;
import dev.sortline.demo.belt.Item;
import dev.sortline.demo.belt.Landing;
import dev.sortline.demo.belt.ShotCount;
import dev.sortline.gateway.modbus.ModbusLine;
import dev.sortline.loopback.LoopbackPort;
import dev.sortline.sorting.BeltGeometry;
import dev.sortline.sorting.BeltGeometry.Ejector;
import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two belts at 1 m/s whose controller is written to by a Modbus client. */
class SimulatedPlantTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final int UNIT = 1;
    private static final BeltGeometry BELT = new BeltGeometry(
            1, 0, "residue", null, null, Map.of("glass", new Ejector(1, 1, 0), "metal", new Ejector(4, 2, 0)));

    private final AtomicReference<Instant> now = new AtomicReference<>(START);
    private int port;
    private SimulatedPlant plant;
    private ModbusTcpClient client;

    @BeforeEach
    void start() throws Exception {
        port = LoopbackPort.free();
        plant = SimulatedPlant.start(lines("line-1", "line-2"), "camera-1", port, now::get);
        client = ModbusTcpClient.create(NettyTcpClientTransport.create(config -> {
            config.hostname = "127.0.0.1";
            config.port = port;
        }));
        client.connect();
    }

    @AfterEach
    void stop() throws Exception {
        client.disconnect();
        plant.close();
    }

    @Test
    void coilOpensTheValveOfItsLineAndEjector() throws Exception {
        // Given
        plant.enter(frame("line-1", 1, "glass"));
        plant.enter(frame("line-2", 1, "metal"));
        now.set(START.plusMillis(1_000));
        // Line 2 has its coils after the five of line 1.
        write(5 + 1, true);
        now.set(START.plusMillis(1_020));
        write(5 + 1, false);
        now.set(START.plusMillis(2_500));

        // When
        var landings = plant.advance();

        // Then
        assertThat(landings)
                .containsExactly(new Landing(item(1, "glass"), "residue"), new Landing(item(1, "metal"), "glass"));
        assertThat(plant.lastShots(5))
                .containsExactly(new AirShot("line-2", "glass", START.plusMillis(1_000), List.of(item(1, "metal"))));
        assertThat(plant.isStill()).isTrue();
    }

    @Test
    void countsAnewOnceTold() throws Exception {
        // Given
        plant.enter(frame("line-1", 1, "glass"));
        now.set(START.plusMillis(1_000));
        write(1, true);
        now.set(START.plusMillis(1_020));
        write(1, false);
        now.set(START.plusMillis(4_000));
        plant.advance();

        // When
        plant.countAnew();

        // Then
        assertThat(plant.shotCounts()).containsEntry("glass", ShotCount.NONE);
        assertThat(plant.lastShots(5)).isEmpty();
        assertThat(plant.isStill()).isTrue();
    }

    @Test
    void coilsWrittenTogetherOpenTheirValvesTogether() throws Exception {
        // Given
        client.writeMultipleCoils(UNIT, new WriteMultipleCoilsRequest(0, 10, new byte[] {0b0101_0010, 0b10}));
        now.set(START.plusMillis(20));
        client.writeMultipleCoils(UNIT, new WriteMultipleCoilsRequest(0, 10, new byte[] {0, 0}));
        now.set(START.plusMillis(1_000));

        // When
        var counts = plant.shotCounts();

        // Then
        assertThat(counts)
                .containsOnly(Map.entry("glass", new ShotCount(2, 2)), Map.entry("metal", new ShotCount(2, 2)));
    }

    @Test
    void registersAreTakenAndMoveNothing() throws Exception {
        // Given
        client.writeMultipleRegisters(UNIT, new WriteMultipleRegistersRequest(100, 2, new byte[] {0, 1, 0, 2}));
        now.set(START.plusMillis(1_000));

        // When
        var counts = plant.shotCounts();

        // Then
        assertThat(counts.values()).containsOnly(ShotCount.NONE);
    }

    @Test
    void emptyPictureIsNoItem() {
        // Given
        plant.enter(frame("line-1", 1, "empty"));
        plant.enter(frame("line-1", 2, null));
        now.set(START.plusMillis(2_500));

        // When
        var landings = plant.advance();

        // Then
        assertThat(landings).containsExactly(new Landing(item(2, null), "residue"));
    }

    @Test
    void onlyTheLatestShotsAreTold() throws Exception {
        // Given
        for (int shot = 0; shot < 4; shot++) {
            now.set(START.plusMillis(100L * shot));
            write(shot % 2 == 0 ? 1 : 6, true);
            now.set(START.plusMillis(100L * shot + 20));
            write(shot % 2 == 0 ? 1 : 6, false);
        }
        now.set(START.plusMillis(1_000));

        // When
        var shots = plant.lastShots(3);

        // Then
        assertThat(shots)
                .extracting(AirShot::openedAt)
                .containsExactly(START.plusMillis(100), START.plusMillis(200), START.plusMillis(300));
    }

    @Test
    void linesHaveTheirCoilsAndRegistersOneAfterTheOther() {
        // Given
        var lines = lines("line-1", "line-2");

        // When
        var places = SimulatedPlant.places(lines);

        // Then
        assertThat(places)
                .containsExactly(
                        Map.entry("line-1", new ModbusLine(0, 5, 0)), Map.entry("line-2", new ModbusLine(5, 5, 100)));
    }

    @Test
    void moreLinesThanAControllerHasRegistersForAreRefused() {
        // Given
        Map<String, BeltGeometry> lines = new LinkedHashMap<>();
        for (int line = 0; line <= 655; line++) {
            lines.put("line-" + line, BELT);
        }

        // When
        var placing = assertThatThrownBy(() -> SimulatedPlant.places(lines));

        // Then
        placing.isInstanceOf(IllegalArgumentException.class).hasMessageContaining("firstRegister is 65500");
    }

    @Test
    void portThatIsTakenIsTold() {
        // Given
        var lines = lines("line-1");

        // When
        var starting = assertThatThrownBy(() -> SimulatedPlant.start(lines, "camera-1", port, now::get));

        // Then
        starting.isInstanceOf(IOException.class)
                .hasMessageStartingWith("cannot serve a controller on 127.0.0.1:" + port);
    }

    private void write(int coil, boolean on) throws Exception {
        client.writeSingleCoil(UNIT, new WriteSingleCoilRequest(coil, on));
    }

    private static Map<String, BeltGeometry> lines(String... ids) {
        Map<String, BeltGeometry> lines = new LinkedHashMap<>();
        List.of(ids).forEach(id -> lines.put(id, BELT));
        return lines;
    }

    private static Item item(long sequence, @Nullable String truth) {
        return new Item(frame("line-1", sequence, truth).item(), truth, START);
    }

    private static Frame frame(String line, long sequence, @Nullable String truth) {
        return new Frame(line, "camera-1", sequence, null, START, null, "image/jpeg", truth, new byte[] {1});
    }
}
