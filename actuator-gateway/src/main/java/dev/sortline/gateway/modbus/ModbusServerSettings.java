// SPDX-License-Identifier: Apache-2.0
package dev.sortline.gateway.modbus;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.sortline.gateway.driver.ActuatorDriver;
import dev.sortline.gateway.driver.DriverSettings;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Size;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A Modbus TCP server for controllers that poll: the gateway only answers. Each setting is described where it is declared; docs/line-file.md
 * is made of that.
 */
@JsonClassDescription("A Modbus TCP server for controllers that poll: the gateway only answers.")
public record ModbusServerSettings(
        @JsonPropertyDescription("local address that it listens on; " + ADDRESS + " is all")
                @JsonProperty(defaultValue = ADDRESS)
                @Nullable String address,
        @JsonPropertyDescription("its TCP port")
                @JsonProperty(defaultValue = "" + PORT)
                @Min(1) @Max(MOST_PORT) @Nullable Integer port,
        @JsonPropertyDescription("which 16-bit word of a longer number comes first")
                @JsonProperty(defaultValue = WordOrder.DEFAULT)
                @Nullable WordOrder wordOrder,
        @JsonPropertyDescription("where each line has its coils and registers, by the line's id")
                @JsonProperty(required = true)
                @Size(min = 1) Map<String, ModbusLine> lines)
        implements DriverSettings {
    private static final String ADDRESS = "0.0.0.0";
    private static final int PORT = 502;
    private static final int MOST_PORT = 65_535;

    public ModbusServerSettings {
        if (port != null && (port < 1 || port > MOST_PORT)) {
            throw new IllegalArgumentException("port is %d: must be from 1 to %d".formatted(port, MOST_PORT));
        }
        lines = ModbusTable.checked(lines);
    }

    @Override
    public Set<String> lines(Set<String> all) {
        return lines.keySet();
    }

    @Override
    public ActuatorDriver open(String name) {
        var bank = new ModbusServerBank(name, address == null ? ADDRESS : address, port == null ? PORT : port);
        return new ModbusDriver(bank, lines, wordOrder);
    }
}
