// SPDX-License-Identifier: Apache-2.0
package dev.sortline.classifier.network;

import java.util.Arrays;

/**
 * Chooses among ways of running a network by times that were taken in turns: in each round every way once, so that what disturbs one of them
 * disturbs its neighbours too. The first way, which is the simplest, stays unless another is better by enough in its best round and in most
 * rounds: what disturbs a round makes it longer, never shorter, and a choice is to be the same from start to start.
 */
final class ClearlyBetter {
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
            if (2 * won > seconds[way].length && least(seconds[best]) > least(seconds[way]) * (1 + gain)) {
                best = way;
            }
        }
        return best;
    }

    private static double least(double[] values) {
        return Arrays.stream(values).min().orElseThrow();
    }

    static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
