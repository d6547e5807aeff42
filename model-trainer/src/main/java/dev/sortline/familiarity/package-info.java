// SPDX-License-Identifier: Apache-2.0
/**
 * Lets a model package tell how familiar a picture is ({@link dev.sortline.familiarity.Familiarization}), so that a plan can leave alone what is
 * unlike anything that the model was trained on.
 */
@NullMarked
package dev.sortline.familiarity;

import org.jspecify.annotations.NullMarked;
