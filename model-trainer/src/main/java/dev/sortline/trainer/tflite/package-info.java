// SPDX-License-Identifier: Apache-2.0
/**
 * Reads networks that come as {@code .tflite}: {@link dev.sortline.trainer.tflite.TfliteFile}.
 */
@NullMarked
package dev.sortline.trainer.tflite;

import org.jspecify.annotations.NullMarked;
