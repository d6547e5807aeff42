// SPDX-License-Identifier: Apache-2.0
package dev.sortline.trainer.augmentation;

import java.util.random.RandomGenerator;

/** Smooth chance over a square: octaves of value noise (Perlin, "An Image Synthesizer", 1985), scaled to 0..1. */
public final class Noise {
    private Noise() {}

    /**
     * Fills a square.
     *
     * @param size width and height of the square
     * @param cells how many waves the first octave has across it, at least 1
     * @param octaves each twice as fine and half as strong as the one before, at least 1
     * @return {@code size * size} values, rows first
     */
    public static float[] square(RandomGenerator random, int size, int cells, int octaves) {
        float[] sum = new float[size * size];
        float strength = 1;
        for (int octave = 0; octave < octaves; octave++) {
            add(sum, random, size, cells << octave, strength);
            strength /= 2;
        }
        float least = Float.POSITIVE_INFINITY;
        float most = Float.NEGATIVE_INFINITY;
        for (float value : sum) {
            least = Math.min(least, value);
            most = Math.max(most, value);
        }
        float scale = most > least ? 1 / (most - least) : 0;
        for (int i = 0; i < sum.length; i++) {
            sum[i] = (sum[i] - least) * scale;
        }
        return sum;
    }

    private static void add(float[] sum, RandomGenerator random, int size, int cells, float strength) {
        int side = cells + 1;
        float[] lattice = new float[side * side];
        for (int i = 0; i < lattice.length; i++) {
            lattice[i] = strength * random.nextFloat();
        }
        int[] cell = new int[size];
        float[] share = new float[size];
        for (int i = 0; i < size; i++) {
            float at = (float) i * cells / size;
            cell[i] = (int) at;
            float within = at - cell[i];
            share[i] = within * within * (3 - 2 * within);
        }
        for (int y = 0; y < size; y++) {
            int top = cell[y] * side;
            float down = share[y];
            for (int x = 0; x < size; x++) {
                int at = top + cell[x];
                float across = share[x];
                float upper = lattice[at] + across * (lattice[at + 1] - lattice[at]);
                float lower = lattice[at + side] + across * (lattice[at + side + 1] - lattice[at + side]);
                sum[y * size + x] += upper + down * (lower - upper);
            }
        }
    }
}
