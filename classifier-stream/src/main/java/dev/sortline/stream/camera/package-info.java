// SPDX-License-Identifier: Apache-2.0
/**
 * Watches the cameras of all lines: their clocks, counters and pictures, in metrics and in words.
 *
 * <p>{@link WatchedCamera} is what is known of one of them; {@link CameraWatch} has them all. Times are handed in, none is read here but by
 * {@link CameraWatch}.
 */
@NullMarked
package dev.sortline.stream.camera;

import org.jspecify.annotations.NullMarked;
