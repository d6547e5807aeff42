// SPDX-License-Identifier: Apache-2.0
package dev.sortline.trainer.layers;

/** Numbers of 16 bits (IEEE 754 binary16), which many networks are shipped in. */
public final class HalfFloat {
    private static final int EXPONENT_BITS = 5;
    private static final int FRACTION_BITS = 10;
    private static final int BIAS = 15;

    private HalfFloat() {}

    public static float toFloat(short bits) {
        int exponent = (bits >> FRACTION_BITS) & ((1 << EXPONENT_BITS) - 1);
        int fraction = bits & ((1 << FRACTION_BITS) - 1);
        float sign = bits < 0 ? -1 : 1;
        if (exponent == 0) {
            return sign * Math.scalb((float) fraction, 1 - BIAS - FRACTION_BITS);
        }
        if (exponent == (1 << EXPONENT_BITS) - 1) {
            return fraction == 0 ? sign * Float.POSITIVE_INFINITY : Float.NaN;
        }
        return sign * Math.scalb((float) (fraction | 1 << FRACTION_BITS), exponent - BIAS - FRACTION_BITS);
    }
}
