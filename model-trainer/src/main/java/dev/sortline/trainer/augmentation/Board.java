// SPDX-License-Identifier: Apache-2.0
package dev.sortline.trainer.augmentation;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The plain pale board that a picture's item was photographed on. Its colour is taken to change evenly over the picture: a plane is fitted to
 * the border's cells, outliers left out.
 */
final class Board {
    private static final double PALEST_SATURATION = 0.22;
    private static final double LEAST_LIGHT = 95;
    private static final double LEAST_BORDER_SHARE = 0.45;
    private static final int ROUNDS = 4;
    /** Largest change of colour, in 0..255, against the board's colour once the shadow is allowed for. */
    private static final double OFF_COLOUR = 11;

    /** The colour over the cells: red, green and blue. */
    private final List<Plane> colour;

    private Board(List<Plane> colour) {
        this.colour = colour;
    }

    /** Nothing where the border is no plain pale board. */
    static Optional<Board> of(CellGrid cells) {
        int[] border = cells.border();
        double[] lights = Arrays.stream(border).mapToDouble(cells::light).toArray();
        double[] sorted = lights.clone();
        Arrays.sort(sorted);
        double typical = sorted[(int) (sorted.length * 0.6)];
        boolean[] used = new boolean[border.length];
        for (int i = 0; i < border.length; i++) {
            used[i] = Math.abs(lights[i] - typical) < 40;
        }
        Board board = fit(cells, border, used);
        board.leaveOutliers(cells, border, used);
        for (int round = 1; round < ROUNDS; round++) {
            board = fit(cells, border, used);
            board.leaveOutliers(cells, border, used);
        }
        int count = 0;
        for (boolean one : used) {
            count += one ? 1 : 0;
        }
        return board.isPale(cells) && count >= LEAST_BORDER_SHARE * border.length
                ? Optional.of(board)
                : Optional.empty();
    }

    private static Board fit(CellGrid cells, int[] border, boolean[] used) {
        Plane[] planes = new Plane[3];
        for (int channel = 0; channel < 3; channel++) {
            Plane.Fit fit = new Plane.Fit();
            for (int i = 0; i < border.length; i++) {
                if (used[i]) {
                    fit.add(cells.x(border[i]), cells.y(border[i]), cells.colour(border[i], channel));
                }
            }
            planes[channel] = fit.plane();
        }
        return new Board(List.of(planes));
    }

    private void leaveOutliers(CellGrid cells, int[] border, boolean[] used) {
        for (int i = 0; i < border.length; i++) {
            used[i] = offColour(cells, border[i]) < OFF_COLOUR * 1.5 && Math.abs(shade(cells, border[i]) - 1) < 0.12;
        }
    }

    private boolean isPale(CellGrid cells) {
        double most = 0;
        double least = Double.POSITIVE_INFINITY;
        for (Plane plane : colour) {
            double middle = plane.at(cells.width() / 2.0, cells.height() / 2.0);
            most = Math.max(most, middle);
            least = Math.min(least, middle);
        }
        return most > LEAST_LIGHT && (most - least) / most < PALEST_SATURATION;
    }

    /** The board's light (mean of the channels, 0..255) at a point, in cells. */
    double light(double x, double y) {
        double sum = 0;
        for (Plane plane : colour) {
            sum += plane.at(x, y);
        }
        return Math.max(1, sum / 3);
    }

    /** The cell's light as a share of the board's. */
    double shade(CellGrid cells, int cell) {
        double sum = 0;
        for (int channel = 0; channel < 3; channel++) {
            sum += expected(cells, cell, channel);
        }
        return cells.light(cell) * 3 / sum;
    }

    /** Whether the cell has the board's colour, in whatever shade. */
    boolean hasColourOf(CellGrid cells, int cell) {
        return offColour(cells, cell) < OFF_COLOUR;
    }

    /** The largest difference of a channel from the board's colour in the same shade. */
    private double offColour(CellGrid cells, int cell) {
        double shade = shade(cells, cell);
        double most = 0;
        for (int channel = 0; channel < 3; channel++) {
            double expected = shade * expected(cells, cell, channel);
            most = Math.max(most, Math.abs(cells.colour(cell, channel) - expected));
        }
        return most;
    }

    private double expected(CellGrid cells, int cell, int channel) {
        return Math.max(1, colour.get(channel).at(cells.x(cell), cells.y(cell)));
    }
}
