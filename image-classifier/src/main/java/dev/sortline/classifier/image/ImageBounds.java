// SPDX-License-Identifier: Apache-2.0
package dev.sortline.classifier.image;

import dev.sortline.classifier.image.UnreadableImageException.Reason;

/**
 * What an image may cost before it is decoded.
 *
 * @param maxBytes most bytes of the file, at least 1
 * @param maxWidth most pixels a row, at least 1
 * @param maxHeight most rows, at least 1
 * @param maxPixels most pixels in all, at least 1: a decoded picture takes three bytes for each
 */
public record ImageBounds(int maxBytes, int maxWidth, int maxHeight, int maxPixels) {

    /** 4 MiB, 8192 by 8192, and 16 megapixels in all: what the largest area and line cameras send, 50 MB decoded. */
    public static final ImageBounds DEFAULT = new ImageBounds(4 << 20, 8192, 8192);

    private static final int DEFAULT_MAX_PIXELS = 1 << 24;

    public ImageBounds {
        requirePositive("maxBytes", maxBytes);
        requirePositive("maxWidth", maxWidth);
        requirePositive("maxHeight", maxHeight);
        requirePositive("maxPixels", maxPixels);
    }

    /** Bounds with at most 16 megapixels in all. */
    public ImageBounds(int maxBytes, int maxWidth, int maxHeight) {
        this(maxBytes, maxWidth, maxHeight, DEFAULT_MAX_PIXELS);
    }

    /**
     * Reads an image's header and holds it against these bounds, without decoding anything.
     *
     * @return the header, within the bounds
     * @throws UnreadableImageException for every reason but {@link Reason#CORRUPT}
     */
    public ImageHeader check(byte[] image) throws UnreadableImageException {
        if (image.length > maxBytes) {
            throw new UnreadableImageException(
                    Reason.TOO_MANY_BYTES,
                    "image has %d bytes, at most %d are taken".formatted(image.length, maxBytes));
        }
        ImageHeader header = ImageHeader.read(image);
        if (header.width() > maxWidth
                || header.height() > maxHeight
                || (long) header.width() * header.height() > maxPixels) {
            throw new UnreadableImageException(
                    Reason.TOO_MANY_PIXELS,
                    "image is %dx%d, at most %dx%d and %d pixels in all are taken"
                            .formatted(header.width(), header.height(), maxWidth, maxHeight, maxPixels));
        }
        return header;
    }

    private static void requirePositive(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " must be at least 1, but is " + value);
        }
    }
}
