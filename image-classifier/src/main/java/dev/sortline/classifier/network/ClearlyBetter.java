// SPDX-License-Identifier: Apache-2.0
package dev.sortline.classifier.network;

import java.util.Arrays;

/**
 * Chooses among ways of running a network by times that were taken in turns: in each round every way once, so that what disturbs one of them
 * disturbs its neighbours too. The first way, which is the simplest, stays unless another is better by enough in nearly every round: a
 * choice that noise does not change from start to start.
 */
final class ClearlyBetter {
    /** Rounds in which the better one may be the worse one, of all. */
    private static final double ROUNDS_LOST = 0.15;

    private ClearlyBetter() {}

    /**
     * Chooses.
     *
     * @param seconds a picture, by way and round; all rounds of all ways
     * @param gain share by which the better way must be faster, above 0
     * @return which way
     */
    static int of(double[][] seconds, double gain) {
        int best = 0;
        for (int way = 1; way < seconds.length; way++) {
            int won = 0;
            for (int round = 0; round < seconds[way].length; round++) {
                won += seconds[best][round] > seconds[way][round] * (1 + gain) ? 1 : 0;
            }
            if (won >= seconds[way].length * (1 - ROUNDS_LOST)) {
                best = way;
            }
        }
        return best;
    }

    static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
