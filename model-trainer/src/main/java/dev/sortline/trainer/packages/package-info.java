// SPDX-License-Identifier: Apache-2.0
/**
 * Writes model packages, whole or not at all.
 */
@NullMarked
package dev.sortline.trainer.packages;

import org.jspecify.annotations.NullMarked;
