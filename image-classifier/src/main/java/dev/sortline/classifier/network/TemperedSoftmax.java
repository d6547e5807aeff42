// SPDX-License-Identifier: Apache-2.0
package dev.sortline.classifier.network;

import dev.sortline.classifier.model.NetworkOutput;
import dev.sortline.classifier.model.Temperature;
import org.jspecify.annotations.Nullable;

/**
 * Scores to calibrated probabilities: {@code softmax(logits / temperature)} (Guo et al., "On Calibration of Modern Neural Networks", 2017).
 *
 * @param output what the scores are
 * @param temperature that divides them
 */
public record TemperedSoftmax(NetworkOutput output, Temperature temperature) {
    /** Below it a float32 softmax knows nothing; keeps the logarithm finite. */
    private static final double LEAST_PROBABILITY = 1e-12;

    /**
     * The probabilities of one picture's scores, in the same order, each 0..1, summing to 1.
     *
     * @param familiarity of the picture, 0..1; absent where the network does not tell
     * @throws IllegalStateException if a score is not finite, which only a broken network gives
     */
    public float[] probabilities(float[] scores, @Nullable Double familiarity) {
        double divisor = temperature.at(familiarity);
        double[] exponents = new double[scores.length];
        double largest = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < scores.length; i++) {
            if (!Float.isFinite(scores[i])) {
                throw new IllegalStateException("the network answered " + scores[i] + ": the model is broken");
            }
            double logit =
                    output == NetworkOutput.LOGITS ? scores[i] : Math.log(Math.max(scores[i], LEAST_PROBABILITY));
            exponents[i] = logit / divisor;
            largest = Math.max(largest, exponents[i]);
        }
        double sum = 0;
        for (int i = 0; i < exponents.length; i++) {
            exponents[i] = Math.exp(exponents[i] - largest);
            sum += exponents[i];
        }
        float[] probabilities = new float[scores.length];
        for (int i = 0; i < exponents.length; i++) {
            probabilities[i] = (float) (exponents[i] / sum);
        }
        return probabilities;
    }
}
