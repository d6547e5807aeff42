// SPDX-License-Identifier: Apache-2.0
package dev.sortline.gateway.modbus;

import com.fasterxml.jackson.annotation.JsonProperty;

/** In which order a controller has the 16-bit words of a longer number. Within a word it is always the high byte first, as Modbus has it. */
public enum WordOrder {
    /** The high word at the lower address: {@code high-first}. */
    @JsonProperty(WordOrder.DEFAULT)
    HIGH_FIRST,
    /** The low word at the lower address: {@code low-first}. */
    @JsonProperty("low-first")
    LOW_FIRST;

    /** What holds for a controller of which nothing is said. */
    static final String DEFAULT = "high-first";

    private static final int WORD = 0xffff;

    /** The words of a number in this order, as many as there are from {@code first} to {@code last}, which stay free for others around them. */
    void put(long number, int[] words, int first, int last) {
        for (int at = first; at <= last; at++) {
            int place = this == HIGH_FIRST ? last - at : at - first;
            words[at] = (int) (number >>> (Short.SIZE * place)) & WORD;
        }
    }
}
