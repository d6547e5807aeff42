// SPDX-License-Identifier: Apache-2.0
/**
 * Makes model packages of networks that others trained: SavedModels that Keras exported.
 */
@NullMarked
package dev.sortline.trainer.imports;

import org.jspecify.annotations.NullMarked;
