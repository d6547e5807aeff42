// SPDX-License-Identifier: Apache-2.0
/**
 * Lets people try a photo: it becomes a frame of the line that has no ejector, goes the way of every frame, and what the models say of it is
 * judged under every plan.
 */
@NullMarked
package dev.sortline.console.trial;

import org.jspecify.annotations.NullMarked;
