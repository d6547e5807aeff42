// SPDX-License-Identifier: Apache-2.0
package dev.sortline.retraining;

import dev.sortline.trainer.pictures.TrainingSet;

/**
 * The pictures of a round; all can be read.
 *
 * @param reviewed of the line, to learn from; at least one
 * @param heldOutReviews of the line, not learned from; at least one
 * @param kept of what the base knew before, to be shown beside; at least one
 * @param known of the same kind, not learned from in this round; at least one
 */
record RoundPictures(TrainingSet reviewed, TrainingSet heldOutReviews, TrainingSet kept, TrainingSet known) {}
