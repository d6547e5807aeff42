// SPDX-License-Identifier: Apache-2.0
package dev.sortline.gateway.modbus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sortline.contract.CameraStatus;
import dev.sortline.contract.CameraTrouble;
import dev.sortline.gateway.driver.CameraBits;
import dev.sortline.gateway.firing.Events;
import dev.sortline.gateway.firing.LineStatus;
import dev.sortline.gateway.rules.EventFate;
import dev.sortline.gateway.rules.Shot;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ModbusTableTest {
    private static final int TROUBLE = 4;
    private static final int IN_TROUBLE = 5;
    private static final int OLDEST = 6;
    private static final int NOT_KNOWN = 0xffff;

    private final Shot shot = Events.shot(Events.sort("line-1", "a", 3, Instant.parse("2026-01-01T00:00:02Z")), 70_003);

    @Test
    void camerasThatAreAllWellAreZero() {
        // Given
        var well = List.of(
                new CameraStatus("camera-1", List.of(), 40L, 3L), new CameraStatus("camera-2", List.of(), 260L, null));

        // When
        int[] words = ModbusTable.status(status(well), WordOrder.HIGH_FIRST);

        // Then
        assertThat(words[TROUBLE]).isZero();
        assertThat(words[IN_TROUBLE]).isZero();
        assertThat(words[OLDEST]).isEqualTo(260);
    }

    @Test
    void camerasOfWhichNobodyTellsAreUnknownNotWell() {
        // Given
        List<CameraStatus> nobodyTells = List.of();

        // When
        int[] words = ModbusTable.status(status(nobodyTells), WordOrder.HIGH_FIRST);

        // Then
        assertThat(words[TROUBLE]).isEqualTo(0b0100_0000_0000_0000);
        assertThat(words[OLDEST]).isEqualTo(NOT_KNOWN);
    }

    @Test
    void troublesOfAllCamerasStandTogether() {
        // Given
        var troubled = List.of(
                new CameraStatus("camera-1", List.of(CameraTrouble.CLOCK_AHEAD), 70_000L, 4_000L),
                new CameraStatus("camera-2", List.of(), 40L, null),
                new CameraStatus("camera-3", List.of(CameraTrouble.SILENT, CameraTrouble.CLOCK_AHEAD), null, null));

        // When
        int[] words = ModbusTable.status(status(troubled), WordOrder.HIGH_FIRST);

        // Then
        assertThat(words[TROUBLE]).isEqualTo(0b11);
        assertThat(words[IN_TROUBLE]).isEqualTo(2);
        assertThat(words[OLDEST]).isEqualTo(NOT_KNOWN);
    }

    @ParameterizedTest
    @EnumSource(CameraTrouble.class)
    void eachTroubleHasABitThatAlsoASignedWordHolds(CameraTrouble trouble) {
        // Given
        var cameras = List.of(new CameraStatus("camera-1", List.of(trouble), 40L, null));

        // When
        int bits = CameraBits.of(cameras);

        // Then
        assertThat(Integer.bitCount(bits)).isEqualTo(1);
        assertThat(bits).isPositive().isLessThan(CameraBits.UNKNOWN);
    }

    @Test
    void longerNumbersComeInTheOrderOfTheController() {
        // When
        int[] high = ModbusTable.announced(shot, WordOrder.HIGH_FIRST);
        int[] low = ModbusTable.announced(shot, WordOrder.LOW_FIRST);

        // Then
        assertThat(high).containsExactly(1, 70_003 - 65_536, 3, 930, 1, 0, 0, 0, 0, 5_120);
        assertThat(low).containsExactly(70_003 - 65_536, 1, 3, 930, 1, 0, 5_120, 0, 0, 0);
        assertThat(ModbusTable.shot(shot, WordOrder.LOW_FIRST)).containsExactly(70_003 - 65_536, 1, 3, 930);
        assertThat(ModbusTable.status(status(List.of()), WordOrder.LOW_FIRST))
                .startsWith(70_001 - 65_536, 1, 70_002 - 65_536, 1);
    }

    private static LineStatus status(List<CameraStatus> cameras) {
        return new LineStatus("line-1", true, false, 70_001, Map.of(EventFate.FIRED, 70_002L), Map.of(), cameras);
    }
}
