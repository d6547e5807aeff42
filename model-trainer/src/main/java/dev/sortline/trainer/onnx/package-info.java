// SPDX-License-Identifier: Apache-2.0
/**
 * Networks as ONNX, for engines beside TensorFlow: {@link dev.sortline.trainer.onnx.OnnxExport} writes one of a package's SavedModel.
 */
@NullMarked
package dev.sortline.trainer.onnx;

import org.jspecify.annotations.NullMarked;
