// SPDX-License-Identifier: Apache-2.0
package dev.sortline.trainer;

/**
 * How a head is trained on frozen features.
 *
 * @param inputSize width and height of the network's input in pixels
 * @param views views of each picture, the plain one among them, at least 1
 * @param augmentation how the other views stray
 * @param hidden width of the head's hidden layer, at least 1
 * @param dropout share of the features that each step leaves out, 0 or more and below 1
 * @param epochs how often every picture is seen, each time in another view, at least 1
 * @param batch pictures a step, at least 1
 * @param learningRate Adam's step at the start; falls to nothing along a cosine
 * @param weightDecay what half the kernels' squared sum is multiplied by in the loss, 0 or more
 * @param balance how far labels with few pictures weigh more: weight is frequency to the power of minus this, 0 (not) to 1 (all alike)
 * @param heldOutShare share of the pictures that the temperature is fitted on, above 0 and below 1
 * @param seed of all chance: the same seed on the same data gives the same model
 */
record HeadRecipe(
        int inputSize,
        int views,
        Augmentation augmentation,
        int hidden,
        double dropout,
        int epochs,
        int batch,
        double learningRate,
        double weightDecay,
        double balance,
        double heldOutShare,
        long seed) {

    HeadRecipe {
        if (inputSize < 32 || views < 1 || hidden < 1 || epochs < 1 || batch < 1) {
            throw new IllegalArgumentException(
                    "inputSize must be at least 32; views, hidden, epochs and batch at least 1");
        }
        if (!(dropout >= 0 && dropout < 1)) {
            throw new IllegalArgumentException("dropout must be at least 0 and below 1, but is " + dropout);
        }
        if (!(learningRate > 0 && weightDecay >= 0 && balance >= 0 && balance <= 1)) {
            throw new IllegalArgumentException("learningRate must be above 0, weightDecay at least 0, balance 0..1");
        }
        if (!(heldOutShare > 0 && heldOutShare < 1)) {
            throw new IllegalArgumentException("heldOutShare must lie between 0 and 1, but is " + heldOutShare);
        }
    }

    /** The recipe of the shipped model. */
    static HeadRecipe standard(long seed) {
        return new HeadRecipe(
                224, 8, new Augmentation(0.5, 1, 0.2, 0.5, 0.25, 0.05), 384, 0.4, 50, 64, 2e-3, 1e-3, 0.5, 0.15, seed);
    }
}
