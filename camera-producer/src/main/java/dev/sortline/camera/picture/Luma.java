// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera.picture;

/**
 * A small picture of brightness alone, an eighth of the camera's width and height: for motion, and for how dark, bright and sharp it is.
 *
 * @param width in pixels, at least 1
 * @param height in pixels, at least 1
 * @param values {@code width * height} of them, row by row from the top left; unsigned, 0 is black and 255 white. Nobody may write to it
 */
@SuppressWarnings("ArrayRecordComponent")
public record Luma(int width, int height, byte[] values) {
    public Luma {
        if (width < 1 || height < 1 || values.length != width * height) {
            throw new IllegalArgumentException(
                    "values are %d: must be %d x %d".formatted(values.length, width, height));
        }
    }

    /** The brightness at a place, 0 to 255. */
    public int at(int x, int y) {
        return values[y * width + x] & 0xFF;
    }
}
