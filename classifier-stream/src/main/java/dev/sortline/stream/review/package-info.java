// SPDX-License-Identifier: Apache-2.0
/**
 * Which items a person shall look at, and their pictures: those that were not sure enough to be sorted, and a small random share of the
 * others ({@link ReviewDraw}). {@link Reviews} asks for them beside the events, and never for more than the topic bears.
 */
@NullMarked
package dev.sortline.stream.review;

import org.jspecify.annotations.NullMarked;
