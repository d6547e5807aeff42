// SPDX-License-Identifier: Apache-2.0
package dev.sortline.trainer.onnx;

/**
 * What a tensor of activations is rounded to: 256 even steps.
 *
 * @param scale of a step, above 0
 * @param zero the step that stands for 0, 0..255
 */
record ActivationRange(float scale, int zero) {
    private static final int STEPS = 255;

    ActivationRange {
        if (!(scale > 0) || zero < 0 || zero > STEPS) {
            throw new IllegalArgumentException("scale %s, zero %d".formatted(scale, zero));
        }
    }

    /** Steps over a range, widened so that it holds 0, which must be exact: edges are padded with it. */
    static ActivationRange over(double least, double most) {
        double from = Math.min(least, 0);
        double to = Math.max(most, 0);
        double scale = Math.max((to - from) / STEPS, 1e-8);
        return new ActivationRange((float) scale, (int) Math.round(-from / scale));
    }

    /** A value as it comes out of the steps again. */
    double rounded(double value) {
        long step = Math.round(value / scale) + zero;
        return (Math.max(0, Math.min(STEPS, step)) - zero) * (double) scale;
    }
}
