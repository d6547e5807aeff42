// SPDX-License-Identifier: Apache-2.0
/**
 * What a trained model needs for strange places, measured on pictures of such: how far to hold back labels that it names too often there, put into
 * the classifier's bias, and temperatures that make its confidences true at home and there.
 */
@NullMarked
package dev.sortline.adjustment;

import org.jspecify.annotations.NullMarked;
