// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera.outside.modbus;

import com.fasterxml.jackson.annotation.JsonProperty;

/** In which order a controller has the two 16-bit words of a number. Within a word it is always the high byte first, as Modbus has it. */
public enum WordOrder {
    /** The high word at the lower address: {@code high-first}. */
    @JsonProperty(WordOrder.DEFAULT)
    HIGH_FIRST,
    /** The low word at the lower address: {@code low-first}. */
    @JsonProperty("low-first")
    LOW_FIRST;

    /** What holds for a controller of which nothing is said. */
    static final String DEFAULT = "high-first";

    /** The unsigned number in two registers as they were read. */
    long number(byte[] registers) {
        long first = word(registers, 0);
        long second = word(registers, 2);
        return this == HIGH_FIRST ? (first << Short.SIZE) | second : (second << Short.SIZE) | first;
    }

    /** The unsigned word at a byte. */
    static long word(byte[] registers, int at) {
        return ((registers[at] & 0xFFL) << Byte.SIZE) | (registers[at + 1] & 0xFFL);
    }
}
