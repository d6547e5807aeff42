// SPDX-License-Identifier: Apache-2.0
package dev.sortline.trainer.learning;

import java.util.List;

/**
 * The temperature that makes confidences true: it minimises the mean negative log-likelihood of {@code softmax(logits / temperature)} on
 * pictures that the network has not learned from (Guo et al., "On Calibration of Modern Neural Networks", 2017).
 */
public final class TemperatureScaling {
    private static final double LEAST = 0.1;
    private static final double MOST = 10;
    private static final double GOLDEN = (Math.sqrt(5) - 1) / 2;
    private static final double PRECISION = 1e-5;

    private TemperatureScaling() {}

    /**
     * A golden-section search over the logarithm, within 0.1..10; the likelihood has one peak there.
     *
     * @param logits a row a picture, at least one
     * @param truths for each picture the index of its label
     */
    public static double fit(List<double[]> logits, List<Integer> truths) {
        if (logits.isEmpty() || logits.size() != truths.size()) {
            throw new IllegalArgumentException("%d logits for %d truths".formatted(logits.size(), truths.size()));
        }
        double low = Math.log(LEAST);
        double high = Math.log(MOST);
        while (high - low > PRECISION) {
            double left = high - GOLDEN * (high - low);
            double right = low + GOLDEN * (high - low);
            if (meanLoss(logits, truths, Math.exp(left)) < meanLoss(logits, truths, Math.exp(right))) {
                high = right;
            } else {
                low = left;
            }
        }
        return Math.exp((low + high) / 2);
    }

    /** Mean negative log-likelihood, in nats. */
    public static double meanLoss(List<double[]> logits, List<Integer> truths, double temperature) {
        double sum = 0;
        for (int i = 0; i < logits.size(); i++) {
            double[] row = logits.get(i);
            double largest = Double.NEGATIVE_INFINITY;
            for (double logit : row) {
                largest = Math.max(largest, logit / temperature);
            }
            double exponents = 0;
            for (double logit : row) {
                exponents += Math.exp(logit / temperature - largest);
            }
            sum += largest + Math.log(exponents) - row[truths.get(i)] / temperature;
        }
        return sum / logits.size();
    }
}
