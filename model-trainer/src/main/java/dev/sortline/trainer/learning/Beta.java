// SPDX-License-Identifier: Apache-2.0
package dev.sortline.trainer.learning;

import java.util.random.RandomGenerator;

/** The symmetric beta distribution, by Jöhnk's method (1964), which is quick for parameters of 1 and less. */
final class Beta {
    private Beta() {}

    /**
     * Draws a pair of shares that sum to 1 and gives the smaller, so that each picture keeps the greater part of itself.
     *
     * @param parameter both parameters of the distribution, above 0 and at most 1
     * @return 0..0.5
     */
    static double symmetric(RandomGenerator random, double parameter) {
        while (true) {
            double x = Math.pow(random.nextDouble(), 1 / parameter);
            double y = Math.pow(random.nextDouble(), 1 / parameter);
            if (x + y > 0 && x + y <= 1) {
                return Math.min(x, y) / (x + y);
            }
        }
    }
}
