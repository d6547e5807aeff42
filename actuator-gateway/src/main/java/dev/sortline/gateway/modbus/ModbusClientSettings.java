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
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A controller that is a Modbus TCP server: the gateway writes to it. Each setting is described where it is declared; docs/line-file.md is
 * made of that.
 */
@JsonClassDescription("A controller that is a Modbus TCP server: the gateway writes to it.")
public record ModbusClientSettings(
        @JsonPropertyDescription("its address") @JsonProperty(required = true) String host,
        @JsonPropertyDescription("its TCP port")
                @JsonProperty(defaultValue = "" + PORT)
                @Min(1) @Max(MOST_PORT) @Nullable Integer port,
        @JsonPropertyDescription("its unit id")
                @JsonProperty(defaultValue = "" + UNIT)
                @Min(0) @Max(MOST_UNIT) @Nullable Integer unit,
        @JsonPropertyDescription("how long an answer may take before the connection is given up")
                @JsonProperty(defaultValue = "" + TIMEOUT_MILLIS)
                @Min(LEAST_TIMEOUT_MILLIS) @Max(MOST_TIMEOUT_MILLIS) @Nullable Integer timeoutMillis,
        @JsonPropertyDescription("which 16-bit word of a longer number comes first")
                @JsonProperty(defaultValue = WordOrder.DEFAULT)
                @Nullable WordOrder wordOrder,
        @JsonPropertyDescription("where each line has its coils and registers, by the line's id")
                @JsonProperty(required = true)
                @Size(min = 1) Map<String, ModbusLine> lines)
        implements DriverSettings {
    private static final int PORT = 502;
    private static final int MOST_PORT = 65_535;
    private static final int UNIT = 1;
    private static final int MOST_UNIT = 255;
    private static final int TIMEOUT_MILLIS = 250;
    private static final int LEAST_TIMEOUT_MILLIS = 10;
    private static final int MOST_TIMEOUT_MILLIS = 1_000;

    public ModbusClientSettings {
        check("port", port, 1, MOST_PORT);
        check("unit", unit, 0, MOST_UNIT);
        check("timeoutMillis", timeoutMillis, LEAST_TIMEOUT_MILLIS, MOST_TIMEOUT_MILLIS);
        lines = ModbusTable.checked(lines);
    }

    @Override
    public Set<String> lines(Set<String> all) {
        return lines.keySet();
    }

    /** The controller's TCP port, also where the file leaves it out. */
    public int tcpPort() {
        return port == null ? PORT : port;
    }

    @Override
    public ActuatorDriver open(String name) {
        var bank = new ModbusClientBank(
                name,
                host,
                tcpPort(),
                unit == null ? UNIT : unit,
                Duration.ofMillis(timeoutMillis == null ? TIMEOUT_MILLIS : timeoutMillis));
        return new ModbusDriver(bank, lines, wordOrder);
    }

    private static void check(String what, @Nullable Integer value, int least, int most) {
        if (value != null && (value < least || value > most)) {
            throw new IllegalArgumentException("%s is %d: must be from %d to %d".formatted(what, value, least, most));
        }
    }
}
