// SPDX-License-Identifier: Apache-2.0
package dev.sortline.retraining;

import dev.sortline.trainer.augmentation.AugmentationRanges;
import dev.sortline.trainer.learning.Recipe;
import dev.sortline.trainer.learning.Stage;
import dev.sortline.trainer.network.Network;
import dev.sortline.trainer.pictures.FurtherPictures;
import java.util.List;

/**
 * How a round is done. Its work follows from it alone, however many pictures there are: each epoch shows the same number of kept pictures and
 * the reviewed ones that stand beside them in their batches.
 *
 * @param recipe how the network learns
 * @param keptShown kept pictures that an epoch shows, at least 1; where there are fewer, some are shown again
 * @param reviewedShare share of each batch that reviewed pictures have, above 0 and below 1
 * @param heldOutReviews share of the reviewed pictures that is not learned from, above 0 and below 1
 * @param mostHeldOut of kept or validation pictures, and of reviewed ones, that are asked about: by chance where there are more; at least 1
 */
record Round(Recipe recipe, int keptShown, double reviewedShare, double heldOutReviews, int mostHeldOut) {
    Round {
        FurtherPictures.requireShare(reviewedShare);
        if (keptShown < 1 || mostHeldOut < 1 || !(heldOutReviews > 0 && heldOutReviews < 1)) {
            throw new IllegalArgumentException(
                    "keptShown and mostHeldOut must be at least 1, heldOutReviews must lie between 0 and 1");
        }
    }

    /** Here whole networks of blocks cost twice as much as from this layer on, for little. */
    private static final int FIRST_TUNED = 4;

    /** The round that is usual: {@code docs/decisions/0071} tells what it was chosen by. */
    static Round of(Network network, int inputSize) {
        Stage stage = network.takesAnySize()
                ? new Stage(3, FIRST_TUNED, Math.max(32, inputSize * 6 / 7 / 32 * 32), 2e-4, 0.5)
                : new Stage(3, 0, inputSize, 2e-4, 0.5);
        Recipe recipe = new Recipe(
                inputSize, List.of(stage), AugmentationRanges.BELT, 32, 30, 0.05, 0.2, 0.2, 0.99, 0.5, 0.5, 0.06, 0.15);
        return new Round(recipe, 1_440, 0.5, 0.2, 1_000);
    }
}
