// SPDX-License-Identifier: Apache-2.0
package dev.sortline.trainer.augmentation;

import dev.sortline.trainer.pictures.Picture;
import java.util.ArrayDeque;
import java.util.Optional;

/**
 * Which part of a picture is the item and which the plain pale {@link Board} that it was photographed on.
 *
 * <p>From the border inwards all that looks like the board or like its shadow, and changes softly, belongs to it; what remains is the item.
 * Works on a {@link CellGrid}.
 */
public final class Matte {
    private static final int LEAST_CELLS = 8;
    private static final double LEAST_ITEM = 0.05;
    private static final double MOST_ITEM = 0.80;
    private static final double DARKEST_SHADOW = 0.62;
    private static final double BRIGHTEST = 1.10;
    private static final double DARKEST_BORDER = 0.86;
    private static final double SOFT_STEP = 9;

    private final int width;
    private final int height;
    private final float[] opacity;
    private final Board board;

    private Matte(int width, int height, float[] opacity, Board board) {
        this.width = width;
        this.height = height;
        this.opacity = opacity;
        this.board = board;
    }

    /** Nothing where the picture has no plain pale board, or where the item cannot be told from it. */
    public static Optional<Matte> of(Picture picture) {
        CellGrid cells = CellGrid.of(picture);
        if (cells.width() < LEAST_CELLS || cells.height() < LEAST_CELLS) {
            return Optional.empty();
        }
        return Board.of(cells).flatMap(board -> of(cells, board));
    }

    private static Optional<Matte> of(CellGrid cells, Board board) {
        boolean[] isBoard = spread(cells, board);
        float[] opacity = new float[cells.size()];
        int item = 0;
        for (int i = 0; i < opacity.length; i++) {
            opacity[i] = isBoard[i] ? 0 : 1;
            item += isBoard[i] ? 0 : 1;
        }
        double share = (double) item / opacity.length;
        if (share < LEAST_ITEM || share > MOST_ITEM) {
            return Optional.empty();
        }
        float[] softened = softened(opacity, cells.width(), cells.height());
        return Optional.of(new Matte(cells.width(), cells.height(), softened, board));
    }

    /** How much of the item is at a point of the picture, 0 (board) to 1. Outside the picture is board. */
    public float opacity(double x, double y) {
        double gx = x / CellGrid.CELL - 0.5;
        double gy = y / CellGrid.CELL - 0.5;
        int left = (int) Math.floor(gx);
        int top = (int) Math.floor(gy);
        float across = (float) (gx - left);
        float down = (float) (gy - top);
        float upper = at(left, top) * (1 - across) + at(left + 1, top) * across;
        float lower = at(left, top + 1) * (1 - across) + at(left + 1, top + 1) * across;
        return upper * (1 - down) + lower * down;
    }

    /** The board's light (mean of the channels, 0..255) at a point of the picture. */
    float boardLight(double x, double y) {
        return (float) board.light(x / CellGrid.CELL, y / CellGrid.CELL);
    }

    private float at(int x, int y) {
        return x < 0 || y < 0 || x >= width || y >= height ? 0 : opacity[y * width + x];
    }

    private static boolean[] spread(CellGrid cells, Board board) {
        boolean[] like = new boolean[cells.size()];
        for (int i = 0; i < like.length; i++) {
            double shade = board.shade(cells, i);
            like[i] = shade > DARKEST_SHADOW && shade < BRIGHTEST && board.hasColourOf(cells, i);
        }
        boolean[] reached = new boolean[like.length];
        ArrayDeque<Integer> front = new ArrayDeque<>();
        for (int i : cells.border()) {
            if (like[i] && !reached[i] && board.shade(cells, i) > DARKEST_BORDER) {
                reached[i] = true;
                front.add(i);
            }
        }
        while (!front.isEmpty()) {
            int i = front.remove();
            int x = cells.x(i);
            int y = cells.y(i);
            for (int side = 0; side < 4; side++) {
                int nx = x + (side == 0 ? 1 : side == 1 ? -1 : 0);
                int ny = y + (side == 2 ? 1 : side == 3 ? -1 : 0);
                if (nx >= 0 && ny >= 0 && nx < cells.width() && ny < cells.height()) {
                    int next = ny * cells.width() + nx;
                    if (like[next] && !reached[next] && Math.abs(cells.light(next) - cells.light(i)) < SOFT_STEP) {
                        reached[next] = true;
                        front.add(next);
                    }
                }
            }
        }
        return reached;
    }

    private static float[] softened(float[] opacity, int width, int height) {
        float[] soft = new float[opacity.length];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                float sum = 0;
                float weight = 0;
                for (int dy = -1; dy <= 1; dy++) {
                    for (int dx = -1; dx <= 1; dx++) {
                        if (x + dx >= 0 && y + dy >= 0 && x + dx < width && y + dy < height) {
                            float w = (dx == 0 ? 2 : 1) * (dy == 0 ? 2 : 1);
                            sum += w * opacity[(y + dy) * width + x + dx];
                            weight += w;
                        }
                    }
                }
                soft[y * width + x] = Math.max(0, Math.min(1, (sum / weight - 0.35f) / 0.5f));
            }
        }
        return soft;
    }
}
