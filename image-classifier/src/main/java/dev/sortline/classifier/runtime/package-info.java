// SPDX-License-Identifier: Apache-2.0
/**
 * TensorFlow's native library in this process: whether this processor and platform can run it, what it prints, and
 * what becomes of the memory that it frees.
 */
@NullMarked
package dev.sortline.classifier.runtime;

import org.jspecify.annotations.NullMarked;
