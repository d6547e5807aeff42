// SPDX-License-Identifier: Apache-2.0
package dev.sortline.gateway.modbus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sortline.gateway.driver.ActuatorDriver;
import java.util.Map;
import java.util.stream.IntStream;

/** A controller with one line, which takes what belongs to the line, as numbers that a register holds, and fails on the rest. */
public final class LineOfCoils {
    private static final int MOST = 65_535;

    private LineOfCoils() {}

    /** A driver that is connected to such a controller. */
    public static ActuatorDriver driver(String lineId, ModbusLine line) {
        return new ModbusDriver(new Bank(line), Map.of(lineId, line), WordOrder.HIGH_FIRST);
    }

    private record Bank(ModbusLine line) implements ModbusBank {
        @Override
        public void connect() {}

        @Override
        public void switchOn(int coil, long latestNanos) {
            switchOff(coil);
        }

        @Override
        public void switchOff(int coil) {
            assertThat(coil).isBetween(line.firstCoil(), line.firstCoil() + line.ejectors() - 1);
        }

        @Override
        public void setRegisters(int address, int[] words) {
            assertThat(address).isGreaterThanOrEqualTo(line.firstRegister());
            assertThat(address + words.length).isLessThanOrEqualTo(line.firstRegister() + ModbusTable.REGISTERS);
            assertThat(IntStream.of(words).boxed()).allMatch(word -> word >= 0 && word <= MOST);
        }

        @Override
        public boolean isWatched(int coil) {
            return true;
        }

        @Override
        public void probe(int coil) {}

        @Override
        public void disconnect() {}
    }
}
