// SPDX-License-Identifier: Apache-2.0
package dev.sortline.trainer;

/**
 * Two dense layers from a picture's features to one logit a label, ReLU between them. Immutable.
 *
 * <p>Kernels are {@code [inputs, outputs]}, rows first.
 */
final class ClassifierHead {
    private final float[] hiddenKernel;
    private final float[] hiddenBias;
    private final float[] kernel;
    private final float[] bias;

    /** Takes the arrays over. */
    ClassifierHead(float[] hiddenKernel, float[] hiddenBias, float[] kernel, float[] bias) {
        if (hiddenBias.length == 0
                || hiddenKernel.length % hiddenBias.length != 0
                || bias.length < 2
                || kernel.length != hiddenBias.length * bias.length) {
            throw new IllegalArgumentException("kernels of %d and %d numbers and biases of %d and %d make no head"
                    .formatted(hiddenKernel.length, kernel.length, hiddenBias.length, bias.length));
        }
        this.hiddenKernel = hiddenKernel;
        this.hiddenBias = hiddenBias;
        this.kernel = kernel;
        this.bias = bias;
    }

    int features() {
        return hiddenKernel.length / hiddenBias.length;
    }

    int hidden() {
        return hiddenBias.length;
    }

    int labels() {
        return bias.length;
    }

    /** {@code [features, hidden]}; not a copy. */
    float[] hiddenKernel() {
        return hiddenKernel;
    }

    /** {@code [hidden]}; not a copy. */
    float[] hiddenBias() {
        return hiddenBias;
    }

    /** {@code [hidden, labels]}; not a copy. */
    float[] kernel() {
        return kernel;
    }

    /** {@code [labels]}; not a copy. */
    float[] bias() {
        return bias;
    }

    /** One logit a label. */
    double[] logits(float[] features) {
        double[] hidden = dense(toDoubles(features), hiddenKernel, hiddenBias);
        for (int i = 0; i < hidden.length; i++) {
            hidden[i] = Math.max(0, hidden[i]);
        }
        return dense(hidden, kernel, bias);
    }

    private static double[] dense(double[] inputs, float[] kernel, float[] bias) {
        double[] outputs = toDoubles(bias);
        for (int i = 0; i < inputs.length; i++) {
            for (int j = 0; j < outputs.length; j++) {
                outputs[j] += inputs[i] * kernel[i * outputs.length + j];
            }
        }
        return outputs;
    }

    private static double[] toDoubles(float[] values) {
        double[] doubles = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            doubles[i] = values[i];
        }
        return doubles;
    }
}
