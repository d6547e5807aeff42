// SPDX-License-Identifier: Apache-2.0
package dev.sortline.evaluation.corruption;

import dev.sortline.trainer.augmentation.Noise;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** What happens to pictures on a line, in steps. */
public enum Corruption {
    /** Brown patches lie over a part of the picture, nearly opaque; those of a step lie within those of the next. */
    DIRT("of the picture covered by dirt", "%", 10) {
        @Override
        void paint(PixelRows pixels, double strength, long seed) {
            float[] cloud = Noise.square(new SplittableRandom(seed), CLOUD, CLOUD_CELLS, CLOUD_OCTAVES);
            float[] rising = cloud.clone();
            Arrays.sort(rising);
            int from = (int) Math.round((1 - strength / 100) * rising.length);
            float least = from < rising.length ? rising[from] : Float.POSITIVE_INFINITY;
            pixels.blend((x, y) ->
                    cloud[y * CLOUD / pixels.height() * CLOUD + x * CLOUD / pixels.width()] >= least ? OPACITY : 0);
        }
    },

    /** The belt moves while the shutter is open: each pixel is the mean of those along the picture's width. */
    MOTION_BLUR("of the picture's width moved while the shutter is open", "%", 2) {
        @Override
        void paint(PixelRows pixels, double strength, long seed) {
            pixels.smear((int) Math.max(1, Math.round(strength / 100 * pixels.width())));
        }
    },

    /** Less light: each exposure value halves it (in linear light, IEC 61966-2-1), and eight bits hold what is left. */
    DARKNESS("less light", "EV", 1) {
        @Override
        void paint(PixelRows pixels, double strength, long seed) {
            pixels.darken(Math.pow(2, -strength));
        }
    };

    /** How many there are of each, as in the benchmark that this is made after. */
    public static final int STEPS = 5;

    /** Width and height of the noise that dirt is cut from. */
    private static final int CLOUD = 128;

    private static final int CLOUD_CELLS = 4;
    private static final int CLOUD_OCTAVES = 4;
    private static final double OPACITY = 0.9;

    private final String what;
    private final String unit;
    private final double step;

    Corruption(String what, String unit, double step) {
        this.what = what;
        this.unit = unit;
        this.step = step;
    }

    /** How strong its steps are, rising, in its unit. */
    public List<Double> strengths() {
        return IntStream.rangeClosed(1, STEPS).mapToObj(place -> place * step).toList();
    }

    /** What the strength counts, as a table's head: {@code % of the picture covered by dirt}. */
    public String what() {
        return unit + " " + what;
    }

    /** A step in words, as {@code 30 % of the picture covered by dirt}. */
    public String told(double strength) {
        return String.format(Locale.ROOT, "%.0f %s", strength, what());
    }

    /** As it is called in tables and files: {@code motion blur}. */
    public String title() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /**
     * Changes a picture.
     *
     * @param seed of the picture: the same at all steps
     */
    abstract void paint(PixelRows pixels, double strength, long seed);
}
