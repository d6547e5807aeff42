// SPDX-License-Identifier: Apache-2.0
package dev.sortline.trainer;

import dev.sortline.trainer.learning.Effort;
import dev.sortline.trainer.learning.Recipe;
import dev.sortline.trainer.learning.Validation;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What a model card tells of a training run.
 *
 * @param request what was asked for
 * @param recipe how it was done
 * @param network what was trained, in a sentence's middle
 * @param counts pictures found by folder and label
 * @param pictures how many of the training data were learned from, further ones not counted
 * @param accuracies of each run alone on the validation pictures, 0..1
 * @param validation what the network does on pictures that it has not learned from
 * @param effort what the learning took
 * @param notes Markdown for the end of the card, may be empty
 */
record TrainingFacts(
        TrainingRequest request,
        Recipe recipe,
        String network,
        Map<Path, Map<String, Integer>> counts,
        int pictures,
        List<Double> accuracies,
        Validation validation,
        Effort effort,
        String notes) {}
