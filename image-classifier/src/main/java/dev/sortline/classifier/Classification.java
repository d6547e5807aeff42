// SPDX-License-Identifier: Apache-2.0
package dev.sortline.classifier;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What an image shows: one calibrated probability a label, and how familiar the image is. Immutable. */
public final class Classification {
    private static final double SUM_TOLERANCE = 1e-3;

    private final List<String> labels;
    private final float[] probabilities;
    private final int best;
    private final double gap;
    private final @Nullable Double familiarity;

    /** Of a model that does not tell how familiar an image is. */
    public Classification(List<String> labels, float[] probabilities) {
        this(labels, probabilities, null);
    }

    /**
     * @param labels the model's labels, at least two
     * @param probabilities of the labels in the same order, each 0..1, summing to 1; copied
     * @param familiarity share of known pictures that are less familiar, 0..1; absent where the model does not tell
     */
    public Classification(List<String> labels, float[] probabilities, @Nullable Double familiarity) {
        if (labels.size() < 2 || labels.size() != probabilities.length) {
            throw new IllegalArgumentException(
                    "labels and probabilities must be as many, and at least two, but are %d and %d"
                            .formatted(labels.size(), probabilities.length));
        }
        if (familiarity != null && !(familiarity >= 0 && familiarity <= 1)) {
            throw new IllegalArgumentException("familiarity must be 0..1, but is " + familiarity);
        }
        double sum = 0;
        int first = 0;
        for (int i = 0; i < probabilities.length; i++) {
            float p = probabilities[i];
            if (!(p >= 0 && p <= 1)) {
                throw new IllegalArgumentException("probability of " + labels.get(i) + " must be 0..1, but is " + p);
            }
            sum += p;
            if (p > probabilities[first]) {
                first = i;
            }
        }
        if (Math.abs(sum - 1) > SUM_TOLERANCE) {
            throw new IllegalArgumentException("probabilities must sum to 1, but sum to " + sum);
        }
        float second = 0;
        for (int i = 0; i < probabilities.length; i++) {
            if (i != first) {
                second = Math.max(second, probabilities[i]);
            }
        }
        this.labels = List.copyOf(labels);
        this.probabilities = probabilities.clone();
        this.best = first;
        this.gap = (double) probabilities[first] - second;
        this.familiarity = familiarity;
    }

    /** The model's labels, in the order of {@link #probabilities}. */
    public List<String> labels() {
        return labels;
    }

    /** A copy of the probabilities, in the order of {@link #labels}. */
    public float[] probabilities() {
        return probabilities.clone();
    }

    /** The most probable label; the first of them where several are equal. */
    public String label() {
        return labels.get(best);
    }

    /** The probability of {@link #label}, 0..1. */
    public double confidence() {
        return probabilities[best];
    }

    /** The best probability minus the second best, 0..1. */
    public double gap() {
        return gap;
    }

    /**
     * How familiar the image is: the share of pictures of things that the model knows, held out from its training, that are less like training,
     * 0..1. Absent where the model does not tell.
     */
    public @Nullable Double familiarity() {
        return familiarity;
    }

    /** Label to probability, in the order of the model's labels; unmodifiable. */
    public Map<String, Double> byLabel() {
        Map<String, Double> byLabel = new LinkedHashMap<>();
        for (int i = 0; i < probabilities.length; i++) {
            byLabel.put(labels.get(i), (double) probabilities[i]);
        }
        return Collections.unmodifiableMap(byLabel);
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%s %.3f (gap %.3f)", label(), confidence(), gap);
    }
}
