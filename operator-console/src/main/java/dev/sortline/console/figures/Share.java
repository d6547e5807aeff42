// SPDX-License-Identifier: Apache-2.0
package dev.sortline.console.figures;

import org.jspecify.annotations.Nullable;

/**
 * A share that was counted on some, and where that of all lies with 95 %.
 *
 * @param value 0..1
 * @param low 0..{@code value}
 * @param high {@code value}..1
 */
public record Share(double value, double low, double high) {
    /** The 97.5th percentile of the standard normal distribution: 95 % lie within so many deviations on either side. */
    private static final double Z = 1.959963984540054;

    public Share {
        if (!(0 <= low && low <= value && value <= high && high <= 1)) {
            throw new IllegalArgumentException("share is %s between %s and %s: must be 0 <= low <= value <= high <= 1"
                    .formatted(value, low, high));
        }
    }

    /**
     * The share with its Wilson score interval at 95 % (Wilson, "Probable Inference, the Law of Succession, and Statistical Inference", Journal
     * of the American Statistical Association 22, 1927): honest also for few items and for shares near 0 and 1.
     *
     * @param right how many of them, 0..{@code total}
     * @param total at least 0
     * @return {@code null} where there is none to count
     */
    public static @Nullable Share of(long right, long total) {
        if (total < 0 || right < 0 || right > total) {
            throw new IllegalArgumentException("%d of %d is no share".formatted(right, total));
        }
        if (total == 0) {
            return null;
        }
        double share = (double) right / total;
        double widening = 1 + Z * Z / total;
        double centre = (share + Z * Z / (2.0 * total)) / widening;
        double half = Z / widening * Math.sqrt(share * (1 - share) / total + Z * Z / (4.0 * total * total));
        return new Share(
                share, Math.max(0, Math.min(share, centre - half)), Math.min(1, Math.max(share, centre + half)));
    }
}
