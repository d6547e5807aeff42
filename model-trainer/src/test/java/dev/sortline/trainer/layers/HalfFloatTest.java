// SPDX-License-Identifier: Apache-2.0
package dev.sortline.trainer.layers;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HalfFloatTest {

    /** Values of IEEE 754-2008, binary16. */
    @ParameterizedTest
    @CsvSource({
        "0000, 0",
        "8000, -0.0",
        "3c00, 1",
        "c000, -2",
        "3555, 0.33325195",
        "7bff, 65504",
        "0400, 6.103515625e-5",
        "03ff, 6.097555160522461e-5",
        "0001, 5.9604645e-8",
        "7c00, Infinity",
        "fc00, -Infinity",
        "7e00, NaN"
    })
    void readsSixteenBits(String bits, Float value) {
        // When
        float read = HalfFloat.toFloat((short) Integer.parseInt(bits, 16));

        // Then
        assertThat(read).isEqualTo(value);
    }
}
