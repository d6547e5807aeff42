// SPDX-License-Identifier: Apache-2.0
package dev.sortline.trainer.layers;

/** What two signals make, value by value; one value, or a channel of one, stands for as many as the other has. */
public enum Arithmetic {
    ADD,
    SUBTRACT,
    MULTIPLY,
    DIVIDE,
    MAXIMUM,
    MINIMUM
}
