// SPDX-License-Identifier: Apache-2.0
package dev.sortline.trainer.augmentation;

import dev.sortline.trainer.pictures.Picture;

/**
 * The mean colours of a picture's cells of {@value #CELL} by {@value #CELL} pixels, 0..255. What is left over at its right and lower edge is
 * cut off.
 */
final class CellGrid {
    /** Width and height of a cell in pixels. */
    static final int CELL = 4;

    private final int width;
    private final int height;
    private final float[] colours;

    private CellGrid(int width, int height, float[] colours) {
        this.width = width;
        this.height = height;
        this.colours = colours;
    }

    static CellGrid of(Picture picture) {
        int width = picture.width() / CELL;
        int height = picture.height() / CELL;
        float[] cells = new float[width * height * 3];
        byte[] rgb = picture.rgb();
        for (int y = 0; y < height * CELL; y++) {
            for (int x = 0; x < width * CELL; x++) {
                int from = (y * picture.width() + x) * 3;
                int to = ((y / CELL) * width + x / CELL) * 3;
                for (int c = 0; c < 3; c++) {
                    cells[to + c] += (rgb[from + c] & 0xFF) / (float) (CELL * CELL);
                }
            }
        }
        return new CellGrid(width, height, cells);
    }

    /** In cells. */
    int width() {
        return width;
    }

    /** In cells. */
    int height() {
        return height;
    }

    int size() {
        return width * height;
    }

    int x(int cell) {
        return cell % width;
    }

    int y(int cell) {
        return cell / width;
    }

    /** Of red (0), green (1) or blue (2). */
    float colour(int cell, int channel) {
        return colours[cell * 3 + channel];
    }

    /** The mean of the channels. */
    double light(int cell) {
        return (colours[cell * 3] + colours[cell * 3 + 1] + colours[cell * 3 + 2]) / 3;
    }

    /** The cells of the border, two deep; those of the corners more than once. */
    int[] border() {
        int[] border = new int[4 * (width + height)];
        int count = 0;
        for (int depth = 0; depth < 2; depth++) {
            for (int x = 0; x < width; x++) {
                border[count++] = depth * width + x;
                border[count++] = (height - 1 - depth) * width + x;
            }
            for (int y = 0; y < height; y++) {
                border[count++] = y * width + depth;
                border[count++] = y * width + width - 1 - depth;
            }
        }
        return border;
    }
}
