// SPDX-License-Identifier: Apache-2.0
/**
 * Reads {@code line.yaml} and the files of sorting plans, with the place of every mistake in them, and follows plans that are changed while a line runs.
 */
@NullMarked
package dev.sortline.linefile;

import org.jspecify.annotations.NullMarked;
