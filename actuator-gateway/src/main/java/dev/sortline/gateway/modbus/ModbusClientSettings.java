// SPDX-License-Identifier: Apache-2.0
package dev.sortline.gateway.modbus;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.sortline.gateway.driver.ActuatorDriver;
import dev.sortline.gateway.driver.DriverSettings;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A controller that is a Modbus TCP server: the gateway writes to it.
 *
 * @param host its address
 * @param port its TCP port, 1 to 65535; default 502
 * @param unit its unit id, 0 to 255; default 1
 * @param timeoutMillis how long an answer may take before the connection is given up, in milliseconds, 10 to 1000; default 250
 * @param wordOrder which word of a number of several comes first, {@code high-first} or {@code low-first}; default {@code high-first}
 * @param lines where each line has its coils and registers, at least one
 */
public record ModbusClientSettings(
        @JsonProperty(required = true) String host,
        @Nullable Integer port,
        @Nullable Integer unit,
        @Nullable Integer timeoutMillis,
        @Nullable WordOrder wordOrder,
        @JsonProperty(required = true) Map<String, ModbusLine> lines)
        implements DriverSettings {

    public ModbusClientSettings {
        check("port", port, 1, 65_535);
        check("unit", unit, 0, 255);
        check("timeoutMillis", timeoutMillis, 10, 1_000);
        lines = ModbusTable.checked(lines);
    }

    @Override
    public Set<String> lines(Set<String> all) {
        return lines.keySet();
    }

    @Override
    public ActuatorDriver open(String name) {
        var bank = new ModbusClientBank(
                host,
                port == null ? 502 : port,
                unit == null ? 1 : unit,
                Duration.ofMillis(timeoutMillis == null ? 250 : timeoutMillis));
        return new ModbusDriver(bank, lines, wordOrder);
    }

    private static void check(String what, @Nullable Integer value, int least, int most) {
        if (value != null && (value < least || value > most)) {
            throw new IllegalArgumentException("%s is %d: must be from %d to %d".formatted(what, value, least, most));
        }
    }
}
