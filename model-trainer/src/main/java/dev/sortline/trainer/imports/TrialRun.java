// SPDX-License-Identifier: Apache-2.0
package dev.sortline.trainer.imports;

import dev.sortline.classifier.model.NetworkOutput;
import dev.sortline.classifier.model.PixelScaling;
import dev.sortline.classifier.tensorflow.SavedNetwork;
import dev.sortline.trainer.progress.TrainingInputException;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;

/**
 * What a network answers to a few made-up pictures: black, white and noise. Says how many scores it gives and whether they are
 * probabilities, which no signature tells.
 */
final class TrialRun {
    private static final int PICTURES = 4;
    private static final double TOLERANCE = 1e-3;

    /** Of all pictures, one after the other. */
    private final float[] pixels;

    private final float[][] rows;

    private TrialRun(float[] pixels, float[][] rows) {
        this.pixels = pixels;
        this.rows = rows;
    }

    /** @throws TrainingInputException if the network answers with no numbers, or to the same picture now so, now otherwise */
    static TrialRun of(SavedNetwork network, int inputSize, PixelScaling scaling) {
        float[] pixels = pictures(3 * inputSize * inputSize, scaling);
        TrialRun trial = new TrialRun(pixels, network.scores(pixels));
        for (float[] row : trial.rows) {
            for (float score : row) {
                if (!Float.isFinite(score)) {
                    throw new TrainingInputException(
                            "the network answers %s to a made-up picture: its weights are broken".formatted(score));
                }
            }
        }
        int values = pixels.length / PICTURES;
        for (int i = 0; i < PICTURES; i++) {
            float[][] alone = network.scores(Arrays.copyOfRange(pixels, i * values, (i + 1) * values));
            if (!alike(trial.rows[i], alone[0])) {
                throw new TrainingInputException(
                        "the network answers a picture now so, now otherwise, by chance or by what else is in the batch: export it without Keras' augmentation layers and the like");
            }
        }
        return trial;
    }

    /** How many scores the network gives a picture. */
    int scores() {
        return rows[0].length;
    }

    /** Probabilities where every row lies within 0..1 and sums to 1; logits where scores lie outside; empty where neither is so. */
    Optional<NetworkOutput> output() {
        boolean within = true;
        boolean sumToOne = true;
        for (float[] row : rows) {
            double sum = 0;
            for (float score : row) {
                within &= score >= 0 && score <= 1 + TOLERANCE;
                sum += score;
            }
            sumToOne &= Math.abs(sum - 1) <= TOLERANCE;
        }
        if (!within) {
            return Optional.of(NetworkOutput.LOGITS);
        }
        return sumToOne ? Optional.of(NetworkOutput.PROBABILITIES) : Optional.empty();
    }

    /** Whether another network answers the same to the same pictures, up to the rounding of float32 sums. */
    boolean isAnsweredBy(SavedNetwork other) {
        float[][] theirs = other.scores(pixels);
        for (int i = 0; i < rows.length; i++) {
            if (!alike(rows[i], theirs[i])) {
                return false;
            }
        }
        return true;
    }

    private static boolean alike(float[] some, float[] others) {
        if (some.length != others.length) {
            return false;
        }
        float largest = 1;
        for (float score : some) {
            largest = Math.max(largest, Math.abs(score));
        }
        for (int i = 0; i < some.length; i++) {
            if (Math.abs(some[i] - others[i]) > TOLERANCE * largest) {
                return false;
            }
        }
        return true;
    }

    private static float[] pictures(int valuesOfOne, PixelScaling scaling) {
        Random random = new Random(1);
        float[] pixels = new float[PICTURES * valuesOfOne];
        for (int i = 0; i < pixels.length; i++) {
            int value =
                    switch (i / valuesOfOne) {
                        case 0 -> 0;
                        case 1 -> 255;
                        default -> random.nextInt(256);
                    };
            pixels[i] = value * scaling.multiplier() + scaling.offset();
        }
        return pixels;
    }
}
