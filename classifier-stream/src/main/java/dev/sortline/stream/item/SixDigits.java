// SPDX-License-Identifier: Apache-2.0
package dev.sortline.stream.item;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Probabilities as they are told: more digits than the network's 32-bit floats hold would only look exact. */
public final class SixDigits {
    private static final double SIX_DIGITS = 1e6;

    private SixDigits() {}

    /** Each of them rounded, in the same order. */
    public static Map<String, Double> of(Map<String, Double> probabilities) {
        var rounded = new LinkedHashMap<>(probabilities);
        rounded.replaceAll((label, probability) -> of(probability));
        return rounded;
    }

    /** A share that may be absent. */
    public static @Nullable Double of(@Nullable Double share) {
        return share == null ? null : Double.valueOf(of(share.doubleValue()));
    }

    /** Sums of probabilities may come out a little above 1. */
    static double of(double probability) {
        return Math.min(1, Math.max(0, Math.round(probability * SIX_DIGITS) / SIX_DIGITS));
    }
}
