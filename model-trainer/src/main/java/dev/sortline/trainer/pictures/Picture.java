// SPDX-License-Identifier: Apache-2.0
package dev.sortline.trainer.pictures;

/**
 * A decoded picture: a byte (0..255, unsigned) for each of red, green and blue, pixel after pixel, rows first. The array is not copied.
 *
 * @param width in pixels, at least 1
 * @param height in pixels, at least 1
 * @param rgb {@code height * width * 3} values
 */
@SuppressWarnings("ArrayRecordComponent") // pixels, handed from the decoder to the painter and compared by nobody
public record Picture(int width, int height, byte[] rgb) {
    public Picture {
        if (width < 1 || height < 1 || rgb.length != width * height * 3) {
            throw new IllegalArgumentException(
                    "%d values are no picture of %dx%d".formatted(rgb.length, width, height));
        }
    }
}
