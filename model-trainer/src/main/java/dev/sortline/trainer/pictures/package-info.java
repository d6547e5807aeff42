// SPDX-License-Identifier: Apache-2.0
/**
 * Reads folders of labelled pictures. What the user gave and cannot be used ends in a {@link TrainingInputException}, in any room of this module.
 */
@NullMarked
package dev.sortline.trainer.pictures;

import org.jspecify.annotations.NullMarked;
