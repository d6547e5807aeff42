// SPDX-License-Identifier: Apache-2.0
/**
 * Labels that a model names too often where it is strange: how far to hold them back, measured on pictures of such places, and put into the
 * classifier's bias.
 */
@NullMarked
package dev.sortline.adjustment;

import org.jspecify.annotations.NullMarked;
