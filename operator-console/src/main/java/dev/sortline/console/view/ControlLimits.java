// SPDX-License-Identifier: Apache-2.0
package dev.sortline.console.view;

/**
 * Limits of a control chart, three standard deviations of the sample's figure to either side of what it was before: as long as nothing
 * changes, a figure is outside about three times in a thousand.
 *
 * @param least the lower limit, 0 to 1
 * @param most the upper limit, 0 to 1
 */
record ControlLimits(double least, double most) {
    private static final double SIGMAS = 3;

    /** Of fewer, a share is not distributed as the three standard deviations suppose. */
    private static final double LEAST_EXPECTED = 5;

    /** Figures that are all the same differ by rounding. */
    private static final double ROUNDING = 1e-9;

    /**
     * The p chart: {@code p ± 3 √(p (1 - p) / n)}, NIST/SEMATECH e-Handbook of Statistical Methods, 6.3.3.2; Montgomery, Introduction to
     * Statistical Quality Control, 7.2. A share of which fewer than five items would be expected, or all but five, is taken for one of five:
     * else the first item of a rare fraction were a trouble of its own.
     *
     * @param share the share before, 0 to 1
     * @param items the sample's size, at least 10
     */
    static ControlLimits ofShare(double share, long items) {
        if (items < 2 * LEAST_EXPECTED) {
            throw new IllegalArgumentException("items is " + items + ": must be at least 10");
        }
        double rare = LEAST_EXPECTED / items;
        double centre = Math.max(rare, Math.min(1 - rare, share));
        double reach = SIGMAS * Math.sqrt(centre * (1 - centre) / items);
        double least = share < rare ? 0 : centre - reach;
        double most = share > 1 - rare ? 1 : centre + reach;
        return within(least, most);
    }

    /**
     * The x-bar chart: {@code m ± 3 s / √n}, NIST/SEMATECH e-Handbook of Statistical Methods, 6.3.2; Montgomery, Introduction to Statistical
     * Quality Control, 6.3.
     *
     * @param mean the mean before, 0 to 1
     * @param deviation the standard deviation of single items before, at least 0
     * @param items the sample's size, at least 1
     */
    static ControlLimits ofMean(double mean, double deviation, long items) {
        if (items < 1) {
            throw new IllegalArgumentException("items is " + items + ": must be at least 1");
        }
        double reach = SIGMAS * deviation / Math.sqrt((double) items);
        return within(mean - reach, mean + reach);
    }

    boolean hold(double figure) {
        return figure >= least - ROUNDING && figure <= most + ROUNDING;
    }

    private static ControlLimits within(double least, double most) {
        return new ControlLimits(Math.max(0, least), Math.min(1, most));
    }
}
