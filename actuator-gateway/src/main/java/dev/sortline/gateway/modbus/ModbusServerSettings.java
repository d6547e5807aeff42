// SPDX-License-Identifier: Apache-2.0
package dev.sortline.gateway.modbus;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.sortline.gateway.driver.ActuatorDriver;
import dev.sortline.gateway.driver.DriverSettings;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A Modbus TCP server for controllers that poll: the gateway only answers.
 *
 * @param address local address that it listens on; all when absent
 * @param port its TCP port, 1 to 65535; default 502
 * @param wordOrder which word of a number of several comes first, {@code high-first} or {@code low-first}; default {@code high-first}
 * @param lines where each line has its coils and registers, at least one
 */
public record ModbusServerSettings(
        @Nullable String address,
        @Nullable Integer port,
        @Nullable WordOrder wordOrder,
        @JsonProperty(required = true) Map<String, ModbusLine> lines)
        implements DriverSettings {

    public ModbusServerSettings {
        if (port != null && (port < 1 || port > 65_535)) {
            throw new IllegalArgumentException("port is %d: must be from 1 to 65535".formatted(port));
        }
        lines = ModbusTable.checked(lines);
    }

    @Override
    public Set<String> lines(Set<String> all) {
        return lines.keySet();
    }

    @Override
    public ActuatorDriver open(String name) {
        var bank = new ModbusServerBank(address == null ? "0.0.0.0" : address, port == null ? 502 : port);
        return new ModbusDriver(bank, lines, wordOrder);
    }
}
