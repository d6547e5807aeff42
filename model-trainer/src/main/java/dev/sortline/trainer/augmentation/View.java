// SPDX-License-Identifier: Apache-2.0
package dev.sortline.trainer.augmentation;

import java.util.random.RandomGenerator;

/**
 * One way of looking at a picture: which part, how turned and mirrored, in which light. Lengths are shares of the picture's own.
 *
 * @param centreX middle of the part that is looked at, 0..1
 * @param centreY as {@code centreX}
 * @param width of the part, above 0
 * @param height of the part, above 0
 * @param angle radians, clockwise
 * @param mirrored left and right exchanged
 * @param gainRed what red is multiplied by
 * @param gainGreen what green is multiplied by
 * @param gainBlue what blue is multiplied by
 * @param lift what is added to every value, in 0..255
 * @param saturation what a colour's distance from grey is multiplied by, 0 or more
 */
record View(
        double centreX,
        double centreY,
        double width,
        double height,
        double angle,
        boolean mirrored,
        double gainRed,
        double gainGreen,
        double gainBlue,
        double lift,
        double saturation) {

    /** The whole picture as it is: what the classifier sees in service. */
    static final View PLAIN = new View(0.5, 0.5, 1, 1, 0, false, 1, 1, 1, 0, 1);

    View {
        if (!(width > 0 && height > 0)) {
            throw new IllegalArgumentException("a view must have an area, not %s x %s".formatted(width, height));
        }
    }

    /** A view by chance, as a belt may show the same thing another time. */
    static View random(RandomGenerator random, AugmentationRanges how) {
        double area = random.nextDouble(how.leastArea(), how.mostArea());
        double aspect = Math.exp(random.nextDouble(-how.stretch(), how.stretch()));
        double width = Math.sqrt(area * aspect);
        double height = Math.sqrt(area / aspect);
        double centreX = 0.5 + offset(random, width);
        double centreY = 0.5 + offset(random, height);
        double angle = random.nextDouble() < how.turnedShare() ? random.nextDouble(-Math.PI, Math.PI) : 0;
        boolean mirrored = random.nextBoolean();
        double contrast = Math.exp(random.nextDouble(-how.light(), how.light()));
        double exposure = Math.exp(random.nextDouble(-how.light(), how.light()));
        double gain = contrast * exposure;
        double lift = 127.5 * (1 - contrast) * exposure;
        return new View(
                centreX,
                centreY,
                width,
                height,
                angle,
                mirrored,
                gain * Math.exp(random.nextDouble(-how.tint(), how.tint())),
                gain,
                gain * Math.exp(random.nextDouble(-how.tint(), how.tint())),
                lift,
                Math.exp(random.nextDouble(-2 * how.light(), how.light())));
    }

    /**
     * The affine map from a pixel {@code x, y} of the square view to a pixel of the picture, as six numbers: the picture's x is
     * {@code m[0] * x + m[1] * y + m[2]}, its y {@code m[3] * x + m[4] * y + m[5]}. Pixel centres lie at halves, as in the runtime's
     * bilinear resize.
     */
    float[] transform(int viewSize, int pictureWidth, int pictureHeight) {
        double stepX = (mirrored ? -1 : 1) * width * pictureWidth / viewSize;
        double stepY = height * pictureHeight / viewSize;
        double cos = Math.cos(angle);
        double sin = Math.sin(angle);
        double toCentre = (viewSize - 1) / 2.0;
        double a0 = cos * stepX;
        double a1 = -sin * stepY;
        double b0 = sin * stepX;
        double b1 = cos * stepY;
        double a2 = centreX * pictureWidth - 0.5 - (a0 + a1) * toCentre;
        double b2 = centreY * pictureHeight - 0.5 - (b0 + b1) * toCentre;
        return new float[] {(float) a0, (float) a1, (float) a2, (float) b0, (float) b1, (float) b2};
    }

    private static double offset(RandomGenerator random, double length) {
        double room = Math.abs(1 - length) / 2;
        return room == 0 ? 0 : random.nextDouble(-room, room);
    }
}
