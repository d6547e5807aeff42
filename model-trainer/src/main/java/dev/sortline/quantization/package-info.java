// SPDX-License-Identifier: Apache-2.0
/**
 * Adds a network of eight bits to a model package ({@link dev.sortline.quantization.Quantization}), if it answers well enough.
 */
@NullMarked
package dev.sortline.quantization;

import org.jspecify.annotations.NullMarked;
