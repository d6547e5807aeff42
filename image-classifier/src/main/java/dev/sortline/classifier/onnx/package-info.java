// SPDX-License-Identifier: Apache-2.0
/**
 * An engine beside TensorFlow: an ONNX network, run by ONNX Runtime ({@link OnnxEngine}). Its library need not be there.
 */
@NullMarked
package dev.sortline.classifier.onnx;

import org.jspecify.annotations.NullMarked;
