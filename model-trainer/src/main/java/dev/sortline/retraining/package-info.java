// SPDX-License-Identifier: Apache-2.0
/**
 * A round of learning on from a package: from pictures that people labelled on a line, beside those that it knew before, without losing what
 * it knew.
 */
@NullMarked
package dev.sortline.retraining;

import org.jspecify.annotations.NullMarked;
