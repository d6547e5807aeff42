// SPDX-License-Identifier: Apache-2.0
package dev.sortline.trainer.pictures;

/**
 * Pictures of another origin that are learned from beside a training set. How many of them there are does not matter: they have their share of
 * every batch, and what is left of an epoch's is shown in the next.
 *
 * @param set the pictures, with the labels of the training set beside them; at least one
 * @param share of each batch, above 0 and below 1
 */
public record FurtherPictures(TrainingSet set, double share) {
    public FurtherPictures {
        if (set.size() == 0) {
            throw new IllegalArgumentException("there are no further pictures");
        }
        requireShare(share);
    }

    /**
     * Checks a share before there are pictures.
     *
     * @throws IllegalArgumentException if no batch can have it
     */
    public static void requireShare(double share) {
        if (!(share > 0 && share < 1)) {
            throw new IllegalArgumentException(
                    "the share of the further pictures must lie between 0 and 1, but is " + share);
        }
    }
}
