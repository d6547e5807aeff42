// SPDX-License-Identifier: Apache-2.0
/**
 * Networks that can be trained, their weights, and the training itself as a graph of TensorFlow.
 *
 * <p>Layouts: images are {@code [n, size, size, 3]}, kernels rows, columns, inputs, outputs (depthwise: rows, columns, channels, 1).
 */
@NullMarked
package dev.sortline.trainer.network;

import org.jspecify.annotations.NullMarked;
