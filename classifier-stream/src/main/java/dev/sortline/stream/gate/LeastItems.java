// SPDX-License-Identifier: Apache-2.0
package dev.sortline.stream.gate;

import java.util.Arrays;

/**
 * The items that were least unlike an empty belt, of the last {@value #GENERATION} to twice as many. Not thread-safe.
 *
 * <p>Where none of {@code n} items was so little unlike, at most {@code 3 / n} of all are, with 95 % confidence (the rule of three: Hanley and
 * Lippman-Hand, "If nothing goes wrong, is everything all right?", 1983); where one to three of them were, that takes more items, by
 * Poisson's distribution. So nothing is assumed of how items are spread, only that the next are like those before.
 */
final class LeastItems {
    /** What is promised: of so many items one at most is taken for an empty belt. */
    static final int ITEMS_TO_ONE_TAKEN = 2_000;

    static final int GENERATION = 8_192;

    /** How many items there must be for the bound to pass over none of them, one, two or three, as multiples of what is promised. */
    private static final double[] ENOUGH = {2.996, 4.744, 6.296, 7.754};

    private final int strictness;
    private Generation now = new Generation();
    private Generation before = new Generation();
    private double last = Double.POSITIVE_INFINITY;

    /** @param strictness so many times as many items are asked for, at least 1 */
    LeastItems(int strictness) {
        this.strictness = strictness;
    }

    private static final class Generation {
        /** The least first. */
        private final double[] least = new double[ENOUGH.length];

        private int count;

        Generation() {
            Arrays.fill(least, Double.POSITIVE_INFINITY);
        }

        /** Puts one in the place of another, or of the largest where the other is not among the least. */
        void put(double unlikeness, double inPlaceOf) {
            int known = Arrays.binarySearch(least, inPlaceOf);
            int place = known < 0 ? least.length - 1 : known;
            least[place] = Math.min(least[place], unlikeness);
            Arrays.sort(least);
        }
    }

    /**
     * A frame with an item.
     *
     * @param another whether it counts as one more; else it shows the last one, which is as unlike as in the frame where it is least so
     */
    void add(double unlikeness, boolean another) {
        if (another && now.count == strictness * GENERATION) {
            before = now;
            now = new Generation();
        }
        if (another) {
            now.count++;
            now.put(unlikeness, Double.POSITIVE_INFINITY);
            last = unlikeness;
        } else if (unlikeness < last) {
            now.put(unlikeness, last);
            last = unlikeness;
        }
    }

    /** Below which unlikeness so few items lie as is promised; negative infinity where too few were seen to say. */
    double bound() {
        int passed = -1;
        double most = (double) (now.count + before.count) / strictness / ITEMS_TO_ONE_TAKEN;
        while (passed + 1 < ENOUGH.length && most >= ENOUGH[passed + 1]) {
            passed++;
        }
        if (passed < 0) {
            return Double.NEGATIVE_INFINITY;
        }
        double[] least = Arrays.copyOf(now.least, 2 * ENOUGH.length);
        System.arraycopy(before.least, 0, least, ENOUGH.length, ENOUGH.length);
        Arrays.sort(least);
        return least[passed];
    }
}
