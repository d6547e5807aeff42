// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera.outside.modbus;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.sortline.camera.outside.CallSource;
import dev.sortline.camera.outside.CallSourceSettings;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A controller that is a Modbus TCP server. Each setting is described where it is declared; docs/line-file.md is made of that. */
@JsonClassDescription(
        "A controller that is a Modbus TCP server: a coil of it that goes on, or a register that changes, is a trigger. It sets item and"
                + " encoder before, and leaves them until it is answered.")
public record ModbusCallSettings(
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
        @JsonPropertyDescription("how often it is asked; a coil must stay on, and off, for longer")
                @JsonProperty(defaultValue = "" + POLL_MILLIS)
                @Min(1) @Max(MOST_POLL_MILLIS) @Nullable Integer pollMillis,
        @JsonPropertyDescription("address of the coil that goes on for a trigger; either this or triggerRegister")
                @Min(0) @Max(MOST_ADDRESS) @Nullable Integer triggerCoil,
        @JsonPropertyDescription(
                        "address of the holding register that changes for a trigger; either this or triggerCoil")
                @Min(0) @Max(MOST_ADDRESS) @Nullable Integer triggerRegister,
        @JsonPropertyDescription(
                        "address of the first of two holding registers with the item's number, unsigned; absent for none")
                @Min(0) @Max(MOST_FIRST_OF_TWO) @Nullable Integer itemRegister,
        @JsonPropertyDescription(
                        "address of the first of two holding registers with the encoder's counts, unsigned; absent for none")
                @Min(0) @Max(MOST_FIRST_OF_TWO) @Nullable Integer encoderRegister,
        @JsonPropertyDescription("which 16-bit word of these comes first")
                @JsonProperty(defaultValue = WordOrder.DEFAULT)
                @Nullable WordOrder wordOrder,
        @JsonPropertyDescription(
                        "address of the coil that goes on when a picture was taken, and off when the trigger goes off or the next comes;"
                                + " absent for none")
                @Min(0) @Max(MOST_ADDRESS) @Nullable Integer takenCoil,
        @JsonPropertyDescription("the same for a trigger that got no picture; absent for none")
                @Min(0) @Max(MOST_ADDRESS) @Nullable Integer missedCoil)
        implements CallSourceSettings {
    private static final int PORT = 502;
    private static final int MOST_PORT = 65_535;
    private static final int UNIT = 1;
    private static final int MOST_UNIT = 255;
    private static final int TIMEOUT_MILLIS = 250;
    private static final int LEAST_TIMEOUT_MILLIS = 10;
    private static final int MOST_TIMEOUT_MILLIS = 5_000;
    private static final int POLL_MILLIS = 5;
    private static final int MOST_POLL_MILLIS = 1_000;
    private static final int MOST_ADDRESS = 65_535;
    private static final int MOST_FIRST_OF_TWO = 65_534;

    public ModbusCallSettings {
        check("port", port, 1, MOST_PORT);
        check("unit", unit, 0, MOST_UNIT);
        check("timeoutMillis", timeoutMillis, LEAST_TIMEOUT_MILLIS, MOST_TIMEOUT_MILLIS);
        check("pollMillis", pollMillis, 1, MOST_POLL_MILLIS);
        check("triggerCoil", triggerCoil, 0, MOST_ADDRESS);
        check("triggerRegister", triggerRegister, 0, MOST_ADDRESS);
        check("itemRegister", itemRegister, 0, MOST_FIRST_OF_TWO);
        check("encoderRegister", encoderRegister, 0, MOST_FIRST_OF_TWO);
        check("takenCoil", takenCoil, 0, MOST_ADDRESS);
        check("missedCoil", missedCoil, 0, MOST_ADDRESS);
        if ((triggerCoil == null) == (triggerRegister == null)) {
            throw new IllegalArgumentException("triggerCoil is %d and triggerRegister is %d: give one of them"
                    .formatted(triggerCoil, triggerRegister));
        }
        long given = Stream.of(triggerCoil, takenCoil, missedCoil)
                .filter(Objects::nonNull)
                .count();
        long different = Stream.of(triggerCoil, takenCoil, missedCoil)
                .filter(Objects::nonNull)
                .distinct()
                .count();
        if (different < given) {
            throw new IllegalArgumentException("triggerCoil is %d, takenCoil %d and missedCoil %d: each needs its own"
                    .formatted(triggerCoil, takenCoil, missedCoil));
        }
    }

    @Override
    public CallSource open(String name, InstantSource clock) {
        return new ModbusCalls(this, clock);
    }

    int portOrDefault() {
        return port == null ? PORT : port;
    }

    int unitOrDefault() {
        return unit == null ? UNIT : unit;
    }

    Duration timeout() {
        return Duration.ofMillis(timeoutMillis == null ? TIMEOUT_MILLIS : timeoutMillis);
    }

    Duration poll() {
        return Duration.ofMillis(pollMillis == null ? POLL_MILLIS : pollMillis);
    }

    WordOrder order() {
        return wordOrder == null ? WordOrder.HIGH_FIRST : wordOrder;
    }

    private static void check(String what, @Nullable Integer value, int least, int most) {
        if (value != null && (value < least || value > most)) {
            throw new IllegalArgumentException("%s is %d: must be from %d to %d".formatted(what, value, least, most));
        }
    }
}
