// SPDX-License-Identifier: Apache-2.0
package dev.sortline.classifier.model;

import java.util.List;

/**
 * How familiar a picture is, from what the network says of it: the share of known pictures, held out from training, that look less like
 * training than it does. So 0.05 is below all but 5 % of the things that the model knows, whatever the network and its scale; that is the
 * p-value of an inductive conformal anomaly detector (Laxhammar and Falkman, "Conformal prediction for distribution-independent anomaly
 * detection in streaming vessel data", 2010).
 *
 * @param quantiles of the network's familiarity over those pictures, evenly spaced from the least to the largest; at least 2, rising
 */
public record Familiarity(List<Double> quantiles) {
    /** The output that tells it, in every form of the network: float32 {@code [-1, 1]}, the larger the more familiar. */
    public static final String OUTPUT = "familiarity";

    public Familiarity {
        quantiles = List.copyOf(quantiles);
        if (quantiles.size() < 2) {
            throw new IllegalArgumentException(
                    "familiarity must have at least 2 quantiles, but has " + quantiles.size());
        }
        for (int i = 0; i < quantiles.size(); i++) {
            if (!Double.isFinite(quantiles.get(i)) || (i > 0 && quantiles.get(i) < quantiles.get(i - 1))) {
                throw new IllegalArgumentException(
                        "familiarity must have rising, finite quantiles, but has %s at place %d"
                                .formatted(quantiles.get(i), i + 1));
            }
        }
    }

    /**
     * The share of known pictures that are less familiar, 0..1; between two quantiles on the straight line.
     *
     * @param score what the network says
     * @throws IllegalStateException if it is not a number, which only a broken network gives
     */
    public double of(double score) {
        if (Double.isNaN(score)) {
            throw new IllegalStateException("the network answered NaN: the model is broken");
        }
        int above = 0;
        while (above < quantiles.size() && quantiles.get(above) <= score) {
            above++;
        }
        if (above == 0 || above == quantiles.size()) {
            return above == 0 ? 0 : 1;
        }
        double below = quantiles.get(above - 1);
        return (above - 1 + (score - below) / (quantiles.get(above) - below)) / (quantiles.size() - 1);
    }
}
