// SPDX-License-Identifier: Apache-2.0
package dev.sortline.trainer.augmentation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class PlaneTest {
    /** x and y of "Norris", NIST's Statistical Reference Datasets, linear regression. */
    private static final double[][] NORRIS = {
        {0.2, 0.1}, {337.4, 338.8}, {118.2, 118.1}, {884.6, 888.0}, {10.1, 9.2}, {226.5, 228.1},
        {666.3, 668.5}, {996.3, 998.5}, {448.6, 449.1}, {777.0, 778.9}, {558.2, 559.2}, {0.4, 0.3},
        {0.6, 0.1}, {775.5, 778.1}, {666.9, 668.8}, {338.0, 339.3}, {447.5, 448.9}, {11.6, 10.8},
        {556.0, 557.7}, {228.1, 228.3}, {995.8, 998.0}, {887.6, 888.8}, {120.2, 119.6}, {0.3, 0.3},
        {0.3, 0.6}, {556.8, 557.6}, {339.1, 339.3}, {887.2, 888.0}, {999.0, 998.5}, {779.0, 778.9},
        {11.1, 10.2}, {118.3, 117.6}, {229.2, 228.9}, {669.1, 668.4}, {448.9, 449.2}, {0.5, 0.2}
    };

    @Test
    void hasTheInterceptAndSlopeThatNistCertifiesForNorris() {
        // Given
        Plane.Fit alongX = new Plane.Fit();
        Plane.Fit alongY = new Plane.Fit();
        for (double[] point : NORRIS) {
            alongX.add(point[0], 0, point[1]);
            alongY.add(0, point[0], point[1]);
        }

        // When
        Plane right = alongX.plane();
        Plane down = alongY.plane();

        // Then: as many digits as the fit's guard against points on a line leaves
        assertPlane(right, -0.262323073774029, 1.00211681802045, 0);
        assertPlane(down, -0.262323073774029, 0, 1.00211681802045);
    }

    /** By {@code numpy.linalg.lstsq} of NumPy 2.4.6. */
    @Test
    void hasBothSlopesThatNumPyFinds() {
        // Given
        double[][] points = {
            {0, 0, 10}, {4, 1, 12.5}, {9, 2, 19}, {3, 7, 4}, {8, 8, 12}, {15, 3, 25.5}, {12, 11, 17}, {1, 14, -2}
        };
        Plane.Fit fit = new Plane.Fit();
        for (double[] point : points) {
            fit.add(point[0], point[1], point[2]);
        }

        // When
        Plane plane = fit.plane();

        // Then
        assertThat(plane.offset()).isCloseTo(8.25341304, within(1e-4));
        assertThat(plane.slopeX()).isCloseTo(1.36461608, within(1e-4));
        assertThat(plane.slopeY()).isCloseTo(-0.84755089, within(1e-4));
    }

    private static void assertPlane(Plane plane, double offset, double slopeX, double slopeY) {
        assertThat(plane.offset()).isCloseTo(offset, within(1e-6));
        assertThat(plane.slopeX()).isCloseTo(slopeX, within(1e-8));
        assertThat(plane.slopeY()).isCloseTo(slopeY, within(1e-8));
    }
}
