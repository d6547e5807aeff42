// SPDX-License-Identifier: Apache-2.0
/**
 * An engine beside TensorFlow: a {@code .tflite} network, run by TensorFlow Lite with XNNPACK ({@link TfliteEngine}). Its library need not be there.
 */
@NullMarked
package dev.sortline.classifier.tflite;

import org.jspecify.annotations.NullMarked;
