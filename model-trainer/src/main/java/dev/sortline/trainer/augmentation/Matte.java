// SPDX-License-Identifier: Apache-2.0
package dev.sortline.trainer.augmentation;

import dev.sortline.trainer.pictures.Picture;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Optional;

/**
 * Which part of a picture is the item and which the plain pale board that it was photographed on.
 *
 * <p>The board's colour is taken to change evenly over the picture: a plane is fitted to the border, outliers left out. From the border
 * inwards all that looks like the board or like its shadow, and changes softly, belongs to it; what remains is the item. Works on a grid of
 * cells of {@value #CELL} by {@value #CELL} pixels.
 */
public final class Matte {
    static final int CELL = 4;

    private static final double PALEST_SATURATION = 0.22;
    private static final double LEAST_LIGHT = 95;
    private static final double LEAST_BORDER_SHARE = 0.45;
    private static final double LEAST_ITEM = 0.05;
    private static final double MOST_ITEM = 0.80;
    /** Largest change of colour, in 0..255, against the board's colour once the shadow is allowed for. */
    private static final double OFF_COLOUR = 11;

    private static final double DARKEST_SHADOW = 0.62;
    private static final double BRIGHTEST = 1.10;
    private static final double SOFT_STEP = 9;

    private final int width;
    private final int height;
    private final float[] opacity;
    private final double[][] board;

    private Matte(int width, int height, float[] opacity, double[][] board) {
        this.width = width;
        this.height = height;
        this.opacity = opacity;
        this.board = board;
    }

    /** Nothing where the picture has no plain pale board, or where the item cannot be told from it. */
    public static Optional<Matte> of(Picture picture) {
        int width = picture.width() / CELL;
        int height = picture.height() / CELL;
        if (width < 8 || height < 8) {
            return Optional.empty();
        }
        float[] cells = cells(picture, width, height);
        double[][] board = fitBoard(cells, width, height);
        if (board.length == 0) {
            return Optional.empty();
        }
        boolean[] isBoard = spread(cells, board, width, height);
        float[] opacity = new float[width * height];
        int item = 0;
        for (int i = 0; i < opacity.length; i++) {
            opacity[i] = isBoard[i] ? 0 : 1;
            item += isBoard[i] ? 0 : 1;
        }
        double share = (double) item / opacity.length;
        if (share < LEAST_ITEM || share > MOST_ITEM) {
            return Optional.empty();
        }
        return Optional.of(new Matte(width, height, softened(opacity, width, height), board));
    }

    /** How much of the item is at a point of the picture, 0 (board) to 1. Outside the picture is board. */
    float opacity(double x, double y) {
        double gx = x / CELL - 0.5;
        double gy = y / CELL - 0.5;
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
        double gx = x / CELL;
        double gy = y / CELL;
        double sum = 0;
        for (double[] channel : board) {
            sum += channel[0] + channel[1] * gx + channel[2] * gy;
        }
        return (float) Math.max(1, sum / 3);
    }

    private float at(int x, int y) {
        return x < 0 || y < 0 || x >= width || y >= height ? 0 : opacity[y * width + x];
    }

    private static float[] cells(Picture picture, int width, int height) {
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
        return cells;
    }

    /** A plane for each channel over the border's cells, or none if the border is no plain pale board. */
    private static double[][] fitBoard(float[] cells, int width, int height) {
        int[] border = border(width, height);
        double[] lights =
                Arrays.stream(border).mapToDouble(i -> light(cells, i)).toArray();
        double[] sorted = lights.clone();
        Arrays.sort(sorted);
        double typical = sorted[(int) (sorted.length * 0.6)];
        boolean[] used = new boolean[border.length];
        for (int i = 0; i < border.length; i++) {
            used[i] = Math.abs(lights[i] - typical) < 40;
        }
        double[][] planes = new double[0][];
        for (int round = 0; round < 4; round++) {
            planes = new double[3][];
            for (int c = 0; c < 3; c++) {
                planes[c] = plane(cells, border, used, c, width);
            }
            for (int i = 0; i < border.length; i++) {
                used[i] = offColour(cells, border[i], planes, width) < OFF_COLOUR * 1.5
                        && Math.abs(shade(cells, border[i], planes, width) - 1) < 0.12;
            }
        }
        int count = 0;
        for (boolean one : used) {
            count += one ? 1 : 0;
        }
        double[] middle = new double[3];
        for (int c = 0; c < 3; c++) {
            middle[c] = planes[c][0] + planes[c][1] * width / 2 + planes[c][2] * height / 2;
        }
        double most = Math.max(middle[0], Math.max(middle[1], middle[2]));
        double least = Math.min(middle[0], Math.min(middle[1], middle[2]));
        boolean pale = most > LEAST_LIGHT && (most - least) / most < PALEST_SATURATION;
        return pale && count >= LEAST_BORDER_SHARE * border.length ? planes : new double[0][];
    }

    private static int[] border(int width, int height) {
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

    /** Least squares for {@code a + b x + c y} over the cells that are used. */
    private static double[] plane(float[] cells, int[] border, boolean[] used, int channel, int width) {
        double n = 1e-6;
        double sx = 0;
        double sy = 0;
        double sxx = 1e-3;
        double sxy = 0;
        double syy = 1e-3;
        double sv = 0;
        double sxv = 0;
        double syv = 0;
        for (int i = 0; i < border.length; i++) {
            if (used[i]) {
                double x = border[i] % width;
                int row = border[i] / width;
                double y = row;
                double v = cells[border[i] * 3 + channel];
                n++;
                sx += x;
                sy += y;
                sxx += x * x;
                sxy += x * y;
                syy += y * y;
                sv += v;
                sxv += x * v;
                syv += y * v;
            }
        }
        double cxx = sxx - sx * sx / n;
        double cxy = sxy - sx * sy / n;
        double cyy = syy - sy * sy / n;
        double cxv = sxv - sx * sv / n;
        double cyv = syv - sy * sv / n;
        double determinant = cxx * cyy - cxy * cxy;
        double b = Math.abs(determinant) < 1e-9 ? 0 : (cxv * cyy - cyv * cxy) / determinant;
        double c = Math.abs(determinant) < 1e-9 ? 0 : (cyv * cxx - cxv * cxy) / determinant;
        return new double[] {(sv - b * sx - c * sy) / n, b, c};
    }

    private static double light(float[] cells, int cell) {
        return (cells[cell * 3] + cells[cell * 3 + 1] + cells[cell * 3 + 2]) / 3;
    }

    private static double expected(double[][] planes, int channel, int cell, int width) {
        double[] plane = planes[channel];
        int row = cell / width;
        return Math.max(1, plane[0] + plane[1] * (cell % width) + plane[2] * row);
    }

    /** The cell's light as a share of the board's. */
    private static double shade(float[] cells, int cell, double[][] planes, int width) {
        double sum = 0;
        for (int c = 0; c < 3; c++) {
            sum += expected(planes, c, cell, width);
        }
        return light(cells, cell) * 3 / sum;
    }

    /** The largest difference of a channel from the board's colour in the same shade. */
    private static double offColour(float[] cells, int cell, double[][] planes, int width) {
        double shade = shade(cells, cell, planes, width);
        double most = 0;
        for (int c = 0; c < 3; c++) {
            most = Math.max(most, Math.abs(cells[cell * 3 + c] - shade * expected(planes, c, cell, width)));
        }
        return most;
    }

    private static boolean[] spread(float[] cells, double[][] planes, int width, int height) {
        boolean[] like = new boolean[width * height];
        for (int i = 0; i < like.length; i++) {
            double shade = shade(cells, i, planes, width);
            like[i] = shade > DARKEST_SHADOW && shade < BRIGHTEST && offColour(cells, i, planes, width) < OFF_COLOUR;
        }
        boolean[] reached = new boolean[like.length];
        ArrayDeque<Integer> front = new ArrayDeque<>();
        for (int i : border(width, height)) {
            double shade = shade(cells, i, planes, width);
            if (like[i] && !reached[i] && shade > 0.86) {
                reached[i] = true;
                front.add(i);
            }
        }
        while (!front.isEmpty()) {
            int i = front.remove();
            int x = i % width;
            int y = i / width;
            for (int side = 0; side < 4; side++) {
                int nx = x + (side == 0 ? 1 : side == 1 ? -1 : 0);
                int ny = y + (side == 2 ? 1 : side == 3 ? -1 : 0);
                if (nx >= 0 && ny >= 0 && nx < width && ny < height) {
                    int next = ny * width + nx;
                    if (like[next] && !reached[next] && Math.abs(light(cells, next) - light(cells, i)) < SOFT_STEP) {
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
