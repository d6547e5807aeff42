// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera.genicam;

/**
 * A picture as the camera sent it.
 *
 * @param format of its pixels
 * @param width in pixels
 * @param height in pixels
 * @param pixels row by row; a copy of its own
 * @param stamp the camera's time stamp, in nanoseconds of its own clock; 0 when it has none
 */
@SuppressWarnings("ArrayRecordComponent")
record RawPicture(PixelFormat format, int width, int height, byte[] pixels, long stamp) {}
