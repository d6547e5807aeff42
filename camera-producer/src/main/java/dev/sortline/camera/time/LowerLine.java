// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera.time;

import java.util.Arrays;
import java.util.List;

/**
 * The straight line below points that leaves the least room beneath them, no steeper than two clocks drift apart. Among all lines that
 * lie below n points, the sum of the points' heights over it is least for that edge of their lower convex hull that spans their mean abscissa.
 *
 * <p>That a clock's skew shows as such a line, for delays only ever add: Moon, Skelly, Towsley, "Estimation and removal of clock skew from
 * network delay measurements", INFOCOM 1999; that it is an edge of the hull: Zhang, Liu, Xia, "Clock synchronization algorithms for network
 * measurements", INFOCOM 2002.
 *
 * @param slope of the line, at most {@link #STEEPEST} either way
 * @param at0 its height at 0
 * @param scatter how far the lowest points lie over it, as far as that tells how far the true envelope may lie below; see {@link #below}
 */
record LowerLine(double slope, double at0, double scatter) {
    /** Crystals are good for 100 ppm, cheap ones for less. */
    static final double STEEPEST = 500e-6;

    /** Two lie on the line; from the heights of the eight above them the scatter is told. */
    private static final int ON_THE_LINE = 2;

    private static final int TOLD_BY = 8;

    /** So small, for pictures that share a line are wrong together: of 6,000 simulated cameras of 600 pictures none had more than 1 % wrong. */
    private static final double DOUBT = 1e-4;

    /** See {@link #timesHeight}. */
    private static final double SHAPE = 4;

    /** A point; both in the same unit. */
    record Point(double x, double y) {}

    double at(double x) {
        return at0 + slope * x;
    }

    /**
     * The line below points.
     *
     * @param points at least one, by rising {@code x}
     */
    static LowerLine below(List<Point> points) {
        double slope = Math.max(-STEEPEST, Math.min(STEEPEST, slopeOfHullAtMean(points)));
        double[] heights = new double[points.size()];
        for (int i = 0; i < heights.length; i++) {
            heights[i] = points.get(i).y() - slope * points.get(i).x();
        }
        Arrays.sort(heights);
        return new LowerLine(slope, heights[0], scatter(heights));
    }

    /**
     * How far the least of n delays may be above the least that can be. Robson and Whitlock ("Estimation of a truncation point", Biometrika
     * 51, 1964) tell it from the distances among the lowest: where delays are uniform or exponential at their lower end, it is below
     * {@code c} times the distance from the lowest to the k-th above it, except for {@code (1 + c) ** -k} of all cases.
     */
    private static double scatter(double[] heights) {
        int told = Math.min(TOLD_BY, heights.length - ON_THE_LINE);
        if (told < 1) {
            return Double.POSITIVE_INFINITY;
        }
        return timesHeight(told) * (heights[told + ON_THE_LINE - 1] - heights[0]);
    }

    /** Delays thin out towards their least, to the power of {@link #SHAPE} at most: then the powers of the distances are as if uniform. */
    private static double timesHeight(int told) {
        double uniform = Math.pow(DOUBT, -1.0 / told) - 1;
        return 1 / (Math.pow(1 + 1 / uniform, 1 / SHAPE) - 1);
    }

    private static double slopeOfHullAtMean(List<Point> points) {
        Point[] hull = new Point[points.size()];
        int corners = 0;
        double sum = 0;
        for (Point point : points) {
            sum += point.x();
            while (corners >= 2 && !turnsUp(hull[corners - 2], hull[corners - 1], point)) {
                corners--;
            }
            hull[corners++] = point;
        }
        double mean = sum / points.size();
        for (int i = 1; i < corners; i++) {
            if (hull[i].x() >= mean) {
                return slope(hull[i - 1], hull[i]);
            }
        }
        return 0;
    }

    private static boolean turnsUp(Point a, Point b, Point c) {
        return slope(a, b) < slope(b, c);
    }

    private static double slope(Point a, Point b) {
        return (b.y() - a.y()) / (b.x() - a.x());
    }
}
