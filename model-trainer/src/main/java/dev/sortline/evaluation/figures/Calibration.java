// SPDX-License-Identifier: Apache-2.0
package dev.sortline.evaluation.figures;

import java.util.ArrayList;
import java.util.List;

/**
 * Whether confidences are true: of the answers given with 0.8, are eight in ten right?
 *
 * @param ece expected calibration error, 0..1: how far accuracy and mean confidence lie apart in a bin, averaged over the pictures (Guo et
 *     al., "On Calibration of Modern Neural Networks", 2017)
 * @param bins the bins that hold pictures, by confidence
 */
public record Calibration(double ece, List<Bin> bins) {
    /** As many as Guo et al. take. */
    public static final int BINS = 15;

    public Calibration {
        bins = List.copyOf(bins);
    }

    /**
     * The answers whose confidence is above {@code from} and at most {@code to}.
     *
     * @param from 0..1
     * @param to 0..1
     * @param images how many answers, at least 1
     * @param confidence their mean confidence, 0..1
     * @param accuracy share of them that is right, 0..1
     */
    public record Bin(double from, double to, int images, double confidence, double accuracy) {}

    /**
     * Puts predictions into bins by their confidence.
     *
     * @param predictions at least one
     */
    public static Calibration of(List<Prediction> predictions) {
        int[] images = new int[BINS];
        int[] right = new int[BINS];
        double[] confidences = new double[BINS];
        for (Prediction prediction : predictions) {
            int bin = Math.max(0, (int) Math.ceil(prediction.confidence() * BINS) - 1);
            images[bin]++;
            confidences[bin] += prediction.confidence();
            if (prediction.right()) {
                right[bin]++;
            }
        }
        List<Bin> bins = new ArrayList<>();
        double ece = 0;
        for (int i = 0; i < BINS; i++) {
            if (images[i] > 0) {
                double confidence = confidences[i] / images[i];
                double accuracy = (double) right[i] / images[i];
                bins.add(new Bin((double) i / BINS, (i + 1.0) / BINS, images[i], confidence, accuracy));
                ece += Math.abs(accuracy - confidence) * images[i] / predictions.size();
            }
        }
        return new Calibration(ece, bins);
    }
}
