// SPDX-License-Identifier: Apache-2.0
package dev.sortline.adjustment;

import dev.sortline.classifier.model.Temperature;
import dev.sortline.trainer.learning.TemperatureScaling;
import java.util.List;

/**
 * The two temperatures by which confidences are truest at home and in strange places together: they minimise the sum of the mean negative
 * log-likelihoods of both, each of which has one valley over the inverses of the temperatures. One after the other is fitted until neither moves.
 */
final class TemperatureFit {
    private static final double GOLDEN = (Math.sqrt(5) - 1) / 2;
    private static final double LEAST = 0.1;
    private static final double MOST = 10;
    private static final double PRECISION = 1e-5;
    private static final int MOST_ROUNDS = 100;

    private final List<Answers> places;

    private TemperatureFit(List<Answers> places) {
        this.places = places;
    }

    /** @param places each with familiarities; they count alike, however many pictures they have */
    static Temperature fit(Answers... places) {
        return new TemperatureFit(List.of(places)).fit();
    }

    /** The one temperature that does best by the same measure. */
    static Temperature fitSingle(Answers... places) {
        return new Temperature(rounded(new TemperatureFit(List.of(places)).least(Temperature::new)));
    }

    private Temperature fit() {
        double familiar = 1;
        double strange = 1;
        for (int round = 0; round < MOST_ROUNDS; round++) {
            double fixedStrange = strange;
            double nextFamiliar = least(candidate -> new Temperature(candidate, fixedStrange));
            double nextStrange = least(candidate -> new Temperature(nextFamiliar, candidate));
            boolean still =
                    Math.abs(nextFamiliar - familiar) < PRECISION && Math.abs(nextStrange - strange) < PRECISION;
            familiar = nextFamiliar;
            strange = nextStrange;
            if (still) {
                break;
            }
        }
        return new Temperature(rounded(familiar), rounded(strange));
    }

    private interface Candidates {
        Temperature of(double candidate);
    }

    /** A golden-section search over the logarithm. */
    private double least(Candidates candidates) {
        double low = Math.log(LEAST);
        double high = Math.log(MOST);
        while (high - low > PRECISION / 10) {
            double left = high - GOLDEN * (high - low);
            double right = low + GOLDEN * (high - low);
            if (loss(candidates.of(Math.exp(left))) < loss(candidates.of(Math.exp(right)))) {
                high = right;
            } else {
                low = left;
            }
        }
        return Math.exp((low + high) / 2);
    }

    private double loss(Temperature temperature) {
        return places.stream()
                .mapToDouble(place -> TemperatureScaling.meanLoss(place.tempered(temperature), place.truths(), 1))
                .sum();
    }

    /** More digits say nothing. */
    private static double rounded(double temperature) {
        return Math.round(temperature * 1e4) / 1e4;
    }
}
