// SPDX-License-Identifier: Apache-2.0
package dev.sortline.trainer;

/**
 * How far views by chance stray from the picture itself.
 *
 * @param leastArea smallest share of the picture's area that a view shows, above 0
 * @param mostArea largest; above 1 the picture is shown smaller, mirrored at its edges
 * @param stretch largest natural logarithm of the change of proportions
 * @param turnedShare share of the views that are turned by any angle, 0..1
 * @param light largest natural logarithm of the change of exposure, and of contrast
 * @param tint largest natural logarithm of the change of red and of blue against green
 */
record Augmentation(double leastArea, double mostArea, double stretch, double turnedShare, double light, double tint) {

    Augmentation {
        if (!(leastArea > 0 && leastArea < mostArea)) {
            throw new IllegalArgumentException(
                    "areas must be 0 < least < most, but are %s and %s".formatted(leastArea, mostArea));
        }
        if (!(stretch > 0 && light > 0 && tint > 0)) {
            throw new IllegalArgumentException("stretch, light and tint must be above 0");
        }
        if (!(turnedShare >= 0 && turnedShare <= 1)) {
            throw new IllegalArgumentException("turnedShare must be 0..1, but is " + turnedShare);
        }
    }
}
