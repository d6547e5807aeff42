// SPDX-License-Identifier: Apache-2.0
package dev.sortline.trainer.onnx;

import java.nio.FloatBuffer;

/**
 * What values a tensor of activations takes over all calibration pictures. Each picture is looked at twice: first for the bounds and the mean
 * of each channel, then for how often each value is taken.
 *
 * <p>From that follows the range of least squared error: rare large values are cut off where that makes the steps of all others finer.
 */
final class ActivationStatistics {
    private static final int BINS = 2048;
    private static final int CUTS = 100;
    /** A range is narrowed to this share of the whole at most. */
    private static final double NARROWEST = 0.3;

    private float least;
    private float most;
    private double[] sums = {};
    private long valuesAChannel;
    private final long[] counts = new long[BINS];

    /**
     * The first look.
     *
     * @param shape {@code [1, channels, …]}
     */
    void measure(long[] shape, FloatBuffer values) {
        int channels = Math.toIntExact(shape[1]);
        int inner = values.remaining() / channels;
        if (sums.length == 0) {
            sums = new double[channels];
        }
        int at = values.position();
        for (int channel = 0; channel < channels; channel++) {
            for (int i = 0; i < inner; i++) {
                float value = values.get(at++);
                least = Math.min(least, value);
                most = Math.max(most, value);
                sums[channel] += value;
            }
        }
        valuesAChannel += inner;
    }

    /** The second look, after the first of all pictures. */
    void count(FloatBuffer values) {
        double binsAValue = BINS / Math.max(most - least, 1e-8);
        for (int i = values.position(); i < values.limit(); i++) {
            counts[(int) Math.min(BINS - 1, (values.get(i) - least) * binsAValue)]++;
        }
    }

    /** The mean of a channel. */
    double mean(int channel) {
        return sums[channel] / valuesAChannel;
    }

    int channels() {
        return sums.length;
    }

    /** The range whose steps leave the least squared error. */
    ActivationRange range() {
        ActivationRange best = ActivationRange.over(least, most);
        double smallest = error(best);
        for (int cut = 1; cut < CUTS; cut++) {
            double kept = 1 - cut * (1 - NARROWEST) / CUTS;
            ActivationRange narrowed = ActivationRange.over(least * kept, most * kept);
            double error = error(narrowed);
            if (error < smallest) {
                smallest = error;
                best = narrowed;
            }
        }
        return best;
    }

    private double error(ActivationRange range) {
        double width = (most - least) / (double) BINS;
        double sum = 0;
        for (int bin = 0; bin < BINS; bin++) {
            if (counts[bin] > 0) {
                double value = least + (bin + 0.5) * width;
                double apart = value - range.rounded(value);
                sum += counts[bin] * apart * apart;
            }
        }
        return sum;
    }
}
