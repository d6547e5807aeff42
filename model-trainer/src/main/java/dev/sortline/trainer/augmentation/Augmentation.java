// SPDX-License-Identifier: Apache-2.0
package dev.sortline.trainer.augmentation;

import dev.sortline.trainer.pictures.Picture;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * How a camera above a belt may see a picture's item another time: the view of it, what lies behind and over it, and what lens, light and
 * compression do to it. Lengths in pixels are those of a painted picture of {@value #REFERENCE} pixels.
 *
 * @param view part, turn and light
 * @param backdrop what replaces the plain board behind the item
 * @param patches what lies over the item
 * @param dirt what soils the item
 * @param blur how far the camera moved or was out of focus
 * @param grain standard deviation of the sensor's noise, in 0..255
 * @param jpegQuality 1..100 if the picture is compressed once more
 */
public record Augmentation(
        View view,
        Optional<Backdrop> backdrop,
        List<Patch> patches,
        Optional<Dirt> dirt,
        Blur blur,
        double grain,
        Optional<Integer> jpegQuality) {

    static final int REFERENCE = 224;

    /** The whole picture as it is: what the classifier sees in service. */
    public static final Augmentation PLAIN =
            new Augmentation(View.PLAIN, Optional.empty(), List.of(), Optional.empty(), Blur.NONE, 0, Optional.empty());

    public Augmentation {
        patches = List.copyOf(patches);
    }

    /**
     * A belt, seen at some scale and angle.
     *
     * @param belt its picture
     * @param scale pixels of the belt for a pixel of the picture, above 0
     * @param angle radians
     */
    record Backdrop(Picture belt, double scale, double angle) {}

    /**
     * A piece of another belt or heap that covers part of the picture. Lengths are shares of the picture's side.
     *
     * @param belt where it is cut from
     * @param round an ellipse, not a rectangle
     */
    record Patch(
            Picture belt, double centreX, double centreY, double width, double height, double angle, boolean round) {}

    /**
     * Soiling where a cloud of noise is thick.
     *
     * @param cloud its red channel says how thick, 0..255
     * @param strength 0..1
     */
    record Dirt(Picture cloud, double strength, double red, double green, double blue) {}

    /**
     * The mean over a line of points.
     *
     * @param length in pixels; 0 for none
     * @param angle radians, the direction of movement
     * @param everyDirection out of focus, not moved
     */
    record Blur(double length, double angle, boolean everyDirection) {
        static final Blur NONE = new Blur(0, 0, false);
    }

    /** This augmentation with nothing behind, over or on the item: what an empty belt may be seen in. */
    public Augmentation withoutCover() {
        return new Augmentation(view, Optional.empty(), List.of(), dirt, blur, grain, jpegQuality);
    }

    /** An augmentation by chance; the belts, heaps and clouds come from a pool. */
    public static Augmentation random(RandomGenerator random, AugmentationRanges how, TexturePool textures) {
        View view = View.random(random, how);
        Optional<Backdrop> backdrop = random.nextDouble() < how.backdropShare()
                ? Optional.of(new Backdrop(
                        textures.backdrop(random),
                        Math.exp(random.nextDouble(-0.9, 0.3)),
                        random.nextDouble(2 * Math.PI)))
                : Optional.empty();
        List<Patch> patches = new ArrayList<>();
        while (random.nextDouble() < how.flawShare() && patches.size() < 3) {
            patches.add(new Patch(
                    textures.backdrop(random),
                    random.nextDouble(),
                    random.nextDouble(),
                    random.nextDouble(0.05, 0.4),
                    random.nextDouble(0.05, 0.3),
                    random.nextDouble(Math.PI),
                    random.nextBoolean()));
        }
        Optional<Dirt> dirt = random.nextDouble() < how.flawShare()
                ? Optional.of(new Dirt(
                        textures.cloud(random),
                        random.nextDouble(0.2, 0.8),
                        random.nextDouble(20, 120),
                        random.nextDouble(15, 100),
                        random.nextDouble(5, 80)))
                : Optional.empty();
        Blur blur = random.nextDouble() < how.flawShare()
                ? new Blur(random.nextDouble(1, 7), random.nextDouble(Math.PI), random.nextBoolean())
                : Blur.NONE;
        double grain = random.nextDouble() < how.flawShare() ? random.nextDouble(2, 14) : 0;
        Optional<Integer> jpegQuality =
                random.nextDouble() < how.flawShare() ? Optional.of(random.nextInt(25, 90)) : Optional.empty();
        return new Augmentation(view, backdrop, patches, dirt, blur, grain, jpegQuality);
    }
}
