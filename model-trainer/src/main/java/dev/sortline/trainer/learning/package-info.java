// SPDX-License-Identifier: Apache-2.0
/**
 * Learning: a recipe, batches of augmented pictures, the steps of the optimiser as a graph of TensorFlow, what is kept between epochs, and
 * what the network does on pictures that it does not learn from.
 *
 * <p>Images are {@code [n, size, size, 3]}. All chance comes from the seed, the epoch and the place in it.
 */
@NullMarked
package dev.sortline.trainer.learning;

import org.jspecify.annotations.NullMarked;
