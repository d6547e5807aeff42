// SPDX-License-Identifier: Apache-2.0
package dev.sortline.trainer;

import dev.sortline.classifier.model.ModelPackage;

/**
 * What training gave.
 *
 * @param model the package as it was written
 * @param pictures how many pictures were learned from
 * @param skipped how many could not be read
 * @param heldOutPictures how many pictures the temperature was fitted on; the network has not learned from them
 * @param heldOutAccuracy the network's accuracy on them, 0..1
 */
public record TrainedModel(
        ModelPackage model, int pictures, int skipped, int heldOutPictures, double heldOutAccuracy) {}
