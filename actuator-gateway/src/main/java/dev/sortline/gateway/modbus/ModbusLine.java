// SPDX-License-Identifier: Apache-2.0
package dev.sortline.gateway.modbus;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;

/**
 * Where a line has its coils and registers in a controller: the table in docs/plc.md, moved by these. Addresses count from 0, as they
 * travel; many controllers' handbooks count from 1 and put 4xxxx before registers. Each setting is described where it is declared;
 * docs/line-file.md is made of that.
 */
@JsonClassDescription(
        "Where a line has its coils and registers in a controller: the table in plc.md, moved by these. Addresses count from 0,"
                + " as they travel; many controllers' handbooks count from 1 and put 4xxxx before registers. No two lines overlap.")
public record ModbusLine(
        @JsonPropertyDescription("coil of ejector 0; the line's last is below " + ADDRESSES)
                @JsonProperty(required = true)
                @Min(0) @Max(ADDRESSES - 1) int firstCoil,
        @JsonPropertyDescription("how many coils the line has, one an ejector from number 0 on")
                @JsonProperty(required = true)
                @Min(1) @Max(MOST_EJECTORS) int ejectors,
        @JsonPropertyDescription("first of the line's " + ModbusTable.REGISTERS + " holding registers")
                @JsonProperty(required = true)
                @Min(0) @Max(ADDRESSES - ModbusTable.REGISTERS) int firstRegister) {
    private static final int ADDRESSES = 65_536;
    private static final int MOST_EJECTORS = 256;

    public ModbusLine {
        if (ejectors < 1 || ejectors > MOST_EJECTORS) {
            throw new IllegalArgumentException(
                    "ejectors is %d: must be from 1 to %d".formatted(ejectors, MOST_EJECTORS));
        }
        check("firstCoil", firstCoil, ADDRESSES - ejectors);
        check("firstRegister", firstRegister, ADDRESSES - ModbusTable.REGISTERS);
    }

    private static void check(String what, int value, int most) {
        if (value < 0 || value > most) {
            throw new IllegalArgumentException("%s is %d: must be from 0 to %d".formatted(what, value, most));
        }
    }
}
