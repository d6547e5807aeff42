// SPDX-License-Identifier: Apache-2.0
package dev.sortline.trainer.learning;

/**
 * How much is learned from teachers, and how (Hinton et al., "Distilling the Knowledge in a Neural Network", 2015): the weights of
 * {@code docs/decisions/0061}.
 */
public final class Lesson {
    /** Share of the loss that comes from the teachers' answer; the rest comes from the label. */
    public static final double WEIGHT = 0.7;

    /** Teacher and student are softened by it, so that what the teacher holds for possible counts beside what it holds for true. */
    public static final double TEMPERATURE = 2;

    /** So many shots of each picture are shown in turn, so that teachers answer each of them once. */
    public static final int SHOTS = 8;

    private Lesson() {}

    /** The softmax at the temperature, of probabilities: their powers, summing to 1. */
    static float[] softened(float[] probabilities) {
        double[] powers = new double[probabilities.length];
        double sum = 0;
        for (int i = 0; i < powers.length; i++) {
            powers[i] = Math.pow(probabilities[i], 1 / TEMPERATURE);
            sum += powers[i];
        }
        float[] softened = new float[powers.length];
        for (int i = 0; i < powers.length; i++) {
            softened[i] = (float) (powers[i] / sum);
        }
        return softened;
    }
}
