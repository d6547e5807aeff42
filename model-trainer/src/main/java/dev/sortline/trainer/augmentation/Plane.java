// SPDX-License-Identifier: Apache-2.0
package dev.sortline.trainer.augmentation;

/**
 * A value that changes evenly over a picture: {@code offset + slopeX * x + slopeY * y}.
 *
 * @param offset the value at the origin
 * @param slopeX change by one to the right
 * @param slopeY change by one downwards
 */
record Plane(double offset, double slopeX, double slopeY) {

    double at(double x, double y) {
        return offset + slopeX * x + slopeY * y;
    }

    /** The plane of the least squares over some points. The sums begin a little above zero, so that points on a line give one, too. */
    static final class Fit {
        private double n = 1e-6;
        private double sx;
        private double sy;
        private double sxx = 1e-3;
        private double sxy;
        private double syy = 1e-3;
        private double sv;
        private double sxv;
        private double syv;

        void add(double x, double y, double v) {
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

        Plane plane() {
            double cxx = sxx - sx * sx / n;
            double cxy = sxy - sx * sy / n;
            double cyy = syy - sy * sy / n;
            double cxv = sxv - sx * sv / n;
            double cyv = syv - sy * sv / n;
            double determinant = cxx * cyy - cxy * cxy;
            double slopeX = Math.abs(determinant) < 1e-9 ? 0 : (cxv * cyy - cyv * cxy) / determinant;
            double slopeY = Math.abs(determinant) < 1e-9 ? 0 : (cyv * cxx - cxv * cxy) / determinant;
            return new Plane((sv - slopeX * sx - slopeY * sy) / n, slopeX, slopeY);
        }
    }
}
