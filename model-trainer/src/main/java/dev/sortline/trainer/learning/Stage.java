// SPDX-License-Identifier: Apache-2.0
package dev.sortline.trainer.learning;

import dev.sortline.trainer.network.Network;

/**
 * A part of the training.
 *
 * @param epochs how often every picture is seen in it, at least 1
 * @param firstLayer what lies before this {@linkplain Network#layer layer} stays as it is; 0 trains the whole network
 * @param pictureSize width and height of the augmented pictures in pixels, at least 32
 * @param rate Adam's step at most, above 0
 * @param strength how far augmentation strays, as a share of the recipe's ranges, above 0 and at most 1
 */
public record Stage(int epochs, int firstLayer, int pictureSize, double rate, double strength) {
    public Stage {
        if (epochs < 1 || firstLayer < 0 || pictureSize < 32 || !(rate > 0)) {
            throw new IllegalArgumentException(
                    "a stage needs an epoch or more, a first layer of 0 or more, pictures of 32 pixels or more and a rate above 0");
        }
        if (!(strength > 0 && strength <= 1)) {
            throw new IllegalArgumentException("strength must be above 0 and at most 1, but is " + strength);
        }
    }
}
