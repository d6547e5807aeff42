// SPDX-License-Identifier: Apache-2.0
/**
 * The model by which each line is decided at the moment ({@link LineModels}), and how another takes its place while frames come
 * ({@link ModelInForce}).
 *
 * <p>A step asks for the model {@linkplain LineModels#take at each frame} and gives it back after it: so the frame finishes with the model
 * that it began with, whatever is put in force meanwhile, and the old model is closed when its last frame is out.
 */
@NullMarked
package dev.sortline.stream.model;

import org.jspecify.annotations.NullMarked;
