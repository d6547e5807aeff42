// SPDX-License-Identifier: Apache-2.0
package dev.sortline.gateway.modbus;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * Where a line has its coils and registers in a controller: the table in docs/plc.md, moved by these. Addresses count from 0, as they
 * travel; many controllers' handbooks count from 1 and put 4xxxx before registers.
 *
 * @param firstCoil coil of ejector 0, 0 to 65535
 * @param ejectors how many coils the line has, one an ejector from number 0 on, 1 to 256
 * @param firstRegister first of the line's {@value ModbusTable#REGISTERS} holding registers
 */
public record ModbusLine(
        @JsonProperty(required = true) int firstCoil,
        @JsonProperty(required = true) int ejectors,
        @JsonProperty(required = true) int firstRegister) {
    private static final int ADDRESSES = 65_536;

    public ModbusLine {
        if (ejectors < 1 || ejectors > 256) {
            throw new IllegalArgumentException("ejectors is %d: must be from 1 to 256".formatted(ejectors));
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
