// SPDX-License-Identifier: Apache-2.0
package dev.sortline.gateway.modbus;

import dev.sortline.gateway.driver.ActuatorDriver;
import dev.sortline.gateway.driver.ActuatorDriverContractTest;
import java.util.List;
import java.util.Map;

class ModbusClientContractTest extends ActuatorDriverContractTest {
    private static final int FIRST_COIL = 10;

    @Override
    protected ActuatorDriver driver(int port) {
        return new ModbusClientSettings(
                        "127.0.0.1", port, 1, 500, null, Map.of(LINE, new ModbusLine(FIRST_COIL, 8, 100)))
                .open("plc");
    }

    @Override
    protected Controller controller(int port) throws Exception {
        var plc = new ModbusPlc(port);
        return new Controller() {
            @Override
            public List<Integer> shots() {
                return plc.pulses().stream()
                        .map(pulse -> pulse.coil() - FIRST_COIL)
                        .toList();
            }

            @Override
            public void settle() throws Exception {
                var beside = driver(port);
                beside.connect();
                beside.disconnect();
            }

            @Override
            public void close() throws Exception {
                plc.close();
            }
        };
    }
}
