// SPDX-License-Identifier: Apache-2.0
/**
 * The engine that every package has a file for: a SavedModel, run by TensorFlow ({@link SavedNetwork}).
 */
@NullMarked
package dev.sortline.classifier.tensorflow;

import org.jspecify.annotations.NullMarked;
