// SPDX-License-Identifier: Apache-2.0
package dev.sortline.trainer;

import java.nio.file.Path;
import java.util.Map;

/**
 * What a model card tells of a training run.
 *
 * @param order what was asked for
 * @param recipe how it was done
 * @param base name of the backbone's weights
 * @param counts pictures found by folder and label
 * @param pictures how many of them could be read
 * @param heldOutPictures how many of them the temperature was fitted on
 * @param heldOut what the first head did on those
 * @param notes Markdown for the end of the card, may be empty
 */
record TrainingFacts(
        TrainingOrder order,
        HeadRecipe recipe,
        String base,
        Map<Path, Map<String, Integer>> counts,
        int pictures,
        int heldOutPictures,
        HeldOut heldOut,
        String notes) {}
