// SPDX-License-Identifier: Apache-2.0
package dev.sortline.classifier.image;

/**
 * A part of a picture, in parts of its width and height, as the picture is seen upright: so it lies within pictures of every size.
 *
 * @param left left edge, from 0, below 1
 * @param top upper edge, from 0, below 1
 * @param width above 0, with {@code left} at most 1
 * @param height above 0, with {@code top} at most 1
 */
public record PictureRegion(double left, double top, double width, double height) {
    /** All of it. */
    public static final PictureRegion WHOLE = new PictureRegion(0, 0, 1, 1);

    /** What is left of sums of decimal fractions. */
    private static final double ROUNDING = 1e-9;

    public PictureRegion {
        check("left", left, "width", width);
        check("top", top, "height", height);
    }

    /**
     * Whole pixels, each at least in part within the region.
     *
     * @param x left column, from 0
     * @param y upper row, from 0
     * @param width columns, at least 1
     * @param height rows, at least 1
     */
    record Window(int x, int y, int width, int height) {}

    /** The pixels of a picture of that size; at least one, and none outside of it. */
    Window in(int pictureWidth, int pictureHeight) {
        int x = first(left, pictureWidth);
        int y = first(top, pictureHeight);
        return new Window(x, y, end(left + width, pictureWidth, x) - x, end(top + height, pictureHeight, y) - y);
    }

    /** The same part of the picture as it is stored. */
    PictureRegion stored(Orientation orientation) {
        double right = Math.max(0, 1 - left - width);
        double bottom = Math.max(0, 1 - top - height);
        return switch (orientation) {
            case UPRIGHT -> this;
            case MIRRORED -> new PictureRegion(right, top, width, height);
            case HALF_TURN -> new PictureRegion(right, bottom, width, height);
            case FLIPPED -> new PictureRegion(left, bottom, width, height);
            case TRANSPOSED -> new PictureRegion(top, left, height, width);
            case QUARTER_RIGHT -> new PictureRegion(top, right, height, width);
            case TRANSVERSED -> new PictureRegion(bottom, right, height, width);
            case QUARTER_LEFT -> new PictureRegion(bottom, left, height, width);
        };
    }

    private static int first(double begin, int pixels) {
        return Math.min((int) Math.floor(begin * pixels + ROUNDING * pixels), pixels - 1);
    }

    private static int end(double end, int pixels, int first) {
        return Math.max(first + 1, Math.min((int) Math.ceil(end * pixels - ROUNDING * pixels), pixels));
    }

    private static void check(String from, double begin, String size, double length) {
        if (!(begin >= 0 && begin < 1 && length > 0 && begin + length <= 1 + ROUNDING)) {
            throw new IllegalArgumentException(
                    "%s %s and %s %s: must lie within the picture, from 0 to 1".formatted(from, begin, size, length));
        }
    }
}
