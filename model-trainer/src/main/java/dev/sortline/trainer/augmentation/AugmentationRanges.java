// SPDX-License-Identifier: Apache-2.0
package dev.sortline.trainer.augmentation;

/**
 * How far augmentations by chance stray from the picture itself.
 *
 * @param leastArea smallest share of the picture's area that is shown, above 0 and below 1
 * @param mostArea largest, at least 1; above 1 the picture is shown smaller
 * @param stretch largest natural logarithm of the change of proportions
 * @param turnedShare share of the pictures that are turned by any angle, 0..1
 * @param light largest natural logarithm of the change of exposure, and of contrast
 * @param tint largest natural logarithm of the change of red and of blue against green
 * @param backdropShare share of the pictures whose plain board is replaced by a belt, where the item can be told from it, 0..1
 * @param flawShare share of the pictures that each flaw befalls (blur, grain, dirt, something lying over the item, JPEG's own), 0..1
 */
public record AugmentationRanges(
        double leastArea,
        double mostArea,
        double stretch,
        double turnedShare,
        double light,
        double tint,
        double backdropShare,
        double flawShare) {

    /** As a camera over a belt sees more than training pictures show: for items that lie any way, soiled, in any light. */
    public static final AugmentationRanges BELT = new AugmentationRanges(0.4, 1.2, 0.25, 0.5, 0.25, 0.08, 0.35, 0.15);

    public AugmentationRanges {
        if (!(leastArea > 0 && leastArea < 1 && mostArea >= 1)) {
            throw new IllegalArgumentException(
                    "areas must be 0 < least < 1 <= most, but are %s and %s".formatted(leastArea, mostArea));
        }
        if (!(stretch > 0 && light > 0 && tint > 0)) {
            throw new IllegalArgumentException("stretch, light and tint must be above 0");
        }
        requireShare("turnedShare", turnedShare);
        requireShare("backdropShare", backdropShare);
        requireShare("flawShare", flawShare);
    }

    /**
     * Ranges that stray less far.
     *
     * @param strength what each is multiplied by, above 0 and at most 1
     */
    public AugmentationRanges times(double strength) {
        return new AugmentationRanges(
                1 - (1 - leastArea) * strength,
                1 + (mostArea - 1) * strength,
                stretch * strength,
                turnedShare * strength,
                light * strength,
                tint * strength,
                backdropShare * strength,
                flawShare * strength);
    }

    private static void requireShare(String name, double share) {
        if (!(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException("%s must be 0..1, but is %s".formatted(name, share));
        }
    }
}
