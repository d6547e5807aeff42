// SPDX-License-Identifier: Apache-2.0
package dev.sortline.classifier.image;

/**
 * How a picture is to be turned or mirrored before it is looked at, as its file says: EXIF's tag Orientation (CIPA DC-008, 4.6.5), in the
 * order of its values 1 to 8. A file that says nothing is upright.
 */
public enum Orientation {
    UPRIGHT,
    MIRRORED,
    HALF_TURN,
    FLIPPED,
    TRANSPOSED,
    QUARTER_RIGHT,
    TRANSVERSED,
    QUARTER_LEFT;

    /** Of EXIF's value; upright where it has no meaning. */
    static Orientation of(int value) {
        return value >= 1 && value <= values().length ? values()[value - 1] : UPRIGHT;
    }

    /** Whether the upright picture is as wide as the stored one is high. */
    public boolean swapsSides() {
        return compareTo(TRANSPOSED) >= 0;
    }

    /**
     * Where a pixel of the upright picture is stored.
     *
     * @param x column in the upright picture
     * @param y row in the upright picture
     * @param width of the stored picture in pixels
     * @param height of the stored picture in pixels
     * @return its row times {@code width}, plus its column
     */
    public int stored(int x, int y, int width, int height) {
        int right = width - 1;
        int bottom = height - 1;
        return switch (this) {
            case UPRIGHT -> y * width + x;
            case MIRRORED -> y * width + right - x;
            case HALF_TURN -> (bottom - y) * width + right - x;
            case FLIPPED -> (bottom - y) * width + x;
            case TRANSPOSED -> x * width + y;
            case QUARTER_RIGHT -> (bottom - x) * width + y;
            case TRANSVERSED -> (bottom - x) * width + right - y;
            case QUARTER_LEFT -> x * width + right - y;
        };
    }
}
