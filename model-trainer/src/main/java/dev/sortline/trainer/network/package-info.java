// SPDX-License-Identifier: Apache-2.0
/**
 * Networks that can be trained, and their weights: those that they start from, those of a package, and how they are written and read.
 *
 * <p>Layouts: images are {@code [n, size, size, 3]}, kernels rows, columns, inputs, outputs (depthwise: rows, columns, channels, 1).
 */
@NullMarked
package dev.sortline.trainer.network;

import org.jspecify.annotations.NullMarked;
