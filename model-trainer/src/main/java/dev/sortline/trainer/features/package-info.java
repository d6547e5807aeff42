// SPDX-License-Identifier: Apache-2.0
/**
 * Where the features of known things lie, and of others, and how near a picture comes to them: what goes into a network's last dense layer is
 * read ({@link FeatureReader}), fitted ({@link Features}) and becomes an output of the network ({@link FamiliarityOutput}).
 */
@NullMarked
package dev.sortline.trainer.features;

import org.jspecify.annotations.NullMarked;
