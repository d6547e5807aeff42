// SPDX-License-Identifier: Apache-2.0
/**
 * The layers that foreign networks are made of, as a graph of TensorFlow: {@link dev.sortline.trainer.layers.LayerGraph} is given them one
 * after the other by whoever reads another tool's file, and writes a SavedModel.
 */
@NullMarked
package dev.sortline.trainer.layers;

import org.jspecify.annotations.NullMarked;
