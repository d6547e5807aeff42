// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera.outside.modbus;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ModbusCallSettingsTest {
    @Test
    void triggerIsEitherACoilOrARegister() {
        // When
        var none = assertThatThrownBy(() -> settings(null, null, 1));
        var both = assertThatThrownBy(() -> settings(1, 2, 3));

        // Then
        none.hasMessage("triggerCoil is null and triggerRegister is null: give one of them");
        both.hasMessage("triggerCoil is 1 and triggerRegister is 2: give one of them");
    }

    @Test
    void answerHasACoilOfItsOwn() {
        // When
        var made = assertThatThrownBy(() -> settings(1, null, 1));

        // Then
        made.hasMessage("triggerCoil is 1, takenCoil 1 and missedCoil null: each needs its own");
    }

    @Test
    void addressThatModbusDoesNotHaveIsRefused() {
        // When
        var made = assertThatThrownBy(() -> settings(65_536, null, 1));

        // Then
        made.hasMessage("triggerCoil is 65536: must be from 0 to 65535");
    }

    private static ModbusCallSettings settings(Integer coil, Integer register, Integer taken) {
        return new ModbusCallSettings(
                "127.0.0.1", null, null, null, null, coil, register, null, null, null, taken, null);
    }
}
