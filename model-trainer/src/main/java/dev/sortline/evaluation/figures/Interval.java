// SPDX-License-Identifier: Apache-2.0
package dev.sortline.evaluation.figures;

import com.fasterxml.jackson.annotation.JsonValue;

/**
 * Where a share lies that was measured on a sample.
 *
 * @param low 0..1
 * @param high {@code low}..1
 */
public record Interval(double low, double high) {
    /** The 97.5th percentile of the standard normal distribution: 95 % lie within so many deviations on either side. */
    private static final double Z = 1.959963984540054;

    public Interval {
        if (!(0 <= low && low <= high && high <= 1)) {
            throw new IllegalArgumentException("interval must lie in 0..1, but is %s..%s".formatted(low, high));
        }
    }

    /**
     * The Wilson score interval at 95 % (Wilson, "Probable Inference, the Law of Succession, and Statistical Inference", 1927): honest also
     * for few pictures and for shares near 0 and 1, where the normal approximation is not.
     *
     * @param right how many of them, 0..{@code total}
     * @param total at least 1
     */
    public static Interval wilson(int right, int total) {
        if (total < 1 || right < 0 || right > total) {
            throw new IllegalArgumentException("%d of %d is no share".formatted(right, total));
        }
        double share = (double) right / total;
        double widening = 1 + Z * Z / total;
        double centre = (share + Z * Z / (2 * total)) / widening;
        double half = Z / widening * Math.sqrt(share * (1 - share) / total + Z * Z / (4.0 * total * total));
        return new Interval(Math.max(0, Math.min(share, centre - half)), Math.min(1, Math.max(share, centre + half)));
    }

    @JsonValue
    double[] lowAndHigh() {
        return new double[] {low, high};
    }
}
