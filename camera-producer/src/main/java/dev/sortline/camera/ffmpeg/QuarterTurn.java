// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera.ffmpeg;

/** Turns rows of bytes by quarters of a circle, clockwise. Pure. */
final class QuarterTurn {
    /** Edge of the squares that are turned one by one, so that both their rows and their columns stay in the processor's cache. */
    private static final int SQUARE = 32;

    private QuarterTurn() {}

    /**
     * The bytes turned, row by row.
     *
     * @param width of what is turned; the height is what follows from the length
     * @param turns 1 to 3
     */
    static byte[] turned(byte[] from, int width, int turns) {
        int height = from.length / width;
        byte[] to = new byte[from.length];
        for (int top = 0; top < height; top += SQUARE) {
            for (int left = 0; left < width; left += SQUARE) {
                int bottom = Math.min(top + SQUARE, height);
                int right = Math.min(left + SQUARE, width);
                for (int y = top; y < bottom; y++) {
                    for (int x = left; x < right; x++) {
                        to[place(x, y, width, height, turns)] = from[y * width + x];
                    }
                }
            }
        }
        return to;
    }

    private static int place(int x, int y, int width, int height, int turns) {
        return switch (turns) {
            case 1 -> x * height + height - 1 - y;
            case 2 -> (height - 1 - y) * width + width - 1 - x;
            case 3 -> (width - 1 - x) * height + y;
            default -> throw new IllegalArgumentException("turns is %d: must be from 1 to 3".formatted(turns));
        };
    }
}
