// SPDX-License-Identifier: Apache-2.0
/**
 * Reads networks as Keras saves them, {@code .keras} and {@code .h5}, without Keras: {@link dev.sortline.trainer.keras.KerasFile} is a file,
 * {@code KerasNetwork} builds what its configuration tells, with a class a family of layers.
 */
@NullMarked
package dev.sortline.trainer.keras;

import org.jspecify.annotations.NullMarked;
