// SPDX-License-Identifier: Apache-2.0
/**
 * FFmpeg's libraries in this process: small pictures, shaped pictures, and video streams as pictures.
 *
 * <p>What has native memory is {@link java.lang.AutoCloseable} and belongs to one thread. Nothing here waits for a garbage collector to free it.
 */
@NullMarked
package dev.sortline.camera.ffmpeg;

import org.jspecify.annotations.NullMarked;
