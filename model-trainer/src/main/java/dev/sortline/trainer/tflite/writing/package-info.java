// SPDX-License-Identifier: Apache-2.0
/**
 * Networks for TensorFlow Lite, which runs them by XNNPACK: {@link dev.sortline.trainer.tflite.writing.TfliteExport} writes one of a network in ONNX.
 */
@NullMarked
package dev.sortline.trainer.tflite.writing;

import org.jspecify.annotations.NullMarked;
