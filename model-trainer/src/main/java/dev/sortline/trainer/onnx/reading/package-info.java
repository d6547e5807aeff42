// SPDX-License-Identifier: Apache-2.0
/**
 * Reads networks that come as ONNX, from PyTorch and others: {@link dev.sortline.trainer.onnx.reading.OnnxFile}.
 */
@NullMarked
package dev.sortline.trainer.onnx.reading;

import org.jspecify.annotations.NullMarked;
