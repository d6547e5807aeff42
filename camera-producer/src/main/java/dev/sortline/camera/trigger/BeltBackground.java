// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera.trigger;

import dev.sortline.camera.picture.Luma;
import dev.sortline.camera.picture.Region;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Knows how an empty belt looks, and tells what differs from it in a region.
 *
 * <p>Of each pixel it keeps a middle and a deviation, which go towards what is seen by a bounded slope (sigma-delta background, Manzanera
 * and Richefeu 2007): so both are medians, and what passes hardly moves them. The deviation holds the sensor's noise and the pattern of a
 * belt that runs. A pixel differs when it is further from its middle than {@code threshold} and than five deviations, its own or those of
 * the belt from place to place, after the light of the whole picture has been evened out. What differs is learned very slowly, and only
 * while something moves, so that an item on a belt that stands is never taken for the belt.
 *
 * <p>All is by the pictures' times. Has no clock.
 */
final class BeltBackground {
    /** How long it looks before it tells anything. */
    static final int LEARNING_MILLIS = 1_500;

    /** Levels are kept in 256 parts. */
    private static final int PARTS = 256;
    /** A gap in the pictures counts as no more: what was seen before it says little of after. */
    private static final long MOST_STEP_MILLIS = 200;

    private static final int LEVELS_PER_SECOND = 4;
    private static final int LEVELS_PER_SECOND_OF_DEVIATION = 2;
    private static final int LEARNING_FASTER = 16;
    /** What differs takes eight times as long. */
    private static final int DIFFERING_SLOWER = 8;

    private static final int DEVIATIONS = 5;
    private static final int MOST_DEVIATION = 40 * PARTS;
    /** More than cameras with an automatic exposure go at once; an item that fills the picture differs by more. */
    private static final int MOST_LIGHT = 24;

    private static final int LEVELS = 256;
    /** Medians are taken of every so many pixels. */
    private static final int STRIDE = 5;

    /** So far along a row patterns have nothing to do with each other, and the light is still the same. */
    private static final int PATTERN_DISTANCE = 6;
    /** The median of differences is larger than that of deviations: by 1.41 for a normal distribution, by 1.17 for an even one. */
    private static final double PATTERN_DEVIATION = 0.8;

    private static final long REFERENCE_MILLIS = 1_000;
    private static final int LEAST_PIXELS = 4;
    private static final int MOVING_PART = 8;

    private static final long GHOST_MILLIS = 1_000;
    private static final double GHOST_EDGES = 1.5;
    private static final long OTHER_LIGHT_MILLIS = 1_000;
    private static final double OTHER_LIGHT_SHARE = 0.8;

    private final Region region;
    private final int threshold;
    private final double pixelsShare;

    private int width;
    private int height;
    private int left;
    private int right;
    private int top;
    private int bottom;
    private int needed;
    private int[] middle = {};
    private int[] deviation = {};
    private boolean[] differs = {};
    private byte[] reference = {};
    private boolean[] referenceDiffers = {};
    private int referenceLight;
    private @Nullable Instant last;
    private long sinceReference;
    private long learned;
    private long ghostly;
    private long otherLight;
    private boolean moving;

    /**
     * What is seen of items.
     *
     * @param amount how much of the region differs from the empty belt, in parts of what it takes: something is there from 1 on
     * @param moving whether it moved since it was last seen
     */
    record Seen(double amount, boolean moving) {
        static final Seen NOTHING = new Seen(0, false);
    }

    /**
     * Has seen nothing yet.
     *
     * @param region where it looks for items
     * @param threshold from how many levels of 256 on a pixel differs
     * @param pixelsShare how much of the region must differ, above 0, at most 1; fewer than {@value #LEAST_PIXELS} pixels never count
     */
    BeltBackground(Region region, int threshold, double pixelsShare) {
        this.region = region;
        this.threshold = threshold * PARTS;
        this.pixelsShare = pixelsShare;
    }

    /** Looks at the next picture, and learns from it. Nothing is seen while it gets to know the belt. */
    Seen look(Luma luma, Instant at) {
        if (last == null || luma.width() != width || luma.height() != height) {
            begin(luma);
        }
        long millis = last == null ? 0 : Duration.between(last, at).toMillis();
        // A clock that is set says nothing of the belt.
        millis = Math.max(0, Math.min(MOST_STEP_MILLIS, millis));
        last = at;
        boolean learning = isLearning();
        int light = light(luma.values());
        int least = Math.max(threshold, DEVIATIONS * Math.min(MOST_DEVIATION, pattern(luma.values())));
        int differing = compare(luma.values(), light, least, millis, learning);
        learned += learning ? millis : 0;
        if (learning) {
            keepReference(luma.values(), light);
            return Seen.NOTHING;
        }
        Seen seen = count(luma.values(), light, least, millis);
        forgetGhosts(luma.values(), seen, millis);
        otherLight = differing > OTHER_LIGHT_SHARE * middle.length ? otherLight + millis : 0;
        if (otherLight > OTHER_LIGHT_MILLIS) {
            begin(luma);
        }
        return seen;
    }

    boolean isLearning() {
        return learned < LEARNING_MILLIS;
    }

    private void begin(Luma luma) {
        width = luma.width();
        height = luma.height();
        left = Math.min(width - 1, (int) (region.left() * width));
        right = Math.max(left + 1, (int) Math.round((region.left() + region.width()) * width));
        top = Math.min(height - 1, (int) (region.top() * height));
        bottom = Math.max(top + 1, (int) Math.round((region.top() + region.height()) * height));
        needed = Math.max(LEAST_PIXELS, (int) Math.round(pixelsShare * (right - left) * (bottom - top)));
        int pixels = width * height;
        middle = new int[pixels];
        for (int at = 0; at < pixels; at++) {
            middle[at] = (luma.values()[at] & 0xFF) * PARTS;
        }
        deviation = new int[pixels];
        differs = new boolean[pixels];
        referenceDiffers = new boolean[pixels];
        keepReference(luma.values(), 0);
        learned = 0;
        ghostly = 0;
        otherLight = 0;
        moving = false;
    }

    /** How much brighter the picture is than the belt was: the median of the differences, in parts of a level, so that items do not count. */
    private int light(byte[] values) {
        var histogram = new int[2 * LEVELS];
        for (int at = 0; at < values.length; at += STRIDE) {
            histogram[LEVELS + (values[at] & 0xFF) - (middle[at] + PARTS / 2) / PARTS]++;
        }
        int light = median(histogram) - LEVELS;
        return Math.max(-MOST_LIGHT, Math.min(MOST_LIGHT, light)) * PARTS;
    }

    /**
     * The deviation that a pixel will see when the belt runs, in parts of a level: that of the belt's pattern from place to place. So what a
     * belt that stands does not show is known when it starts.
     */
    private static int pattern(byte[] values) {
        var histogram = new int[LEVELS];
        for (int at = 0; at + PATTERN_DISTANCE < values.length; at += STRIDE) {
            histogram[Math.abs((values[at] & 0xFF) - (values[at + PATTERN_DISTANCE] & 0xFF))]++;
        }
        return (int) (median(histogram) * PATTERN_DEVIATION * PARTS);
    }

    private static int median(int[] histogram) {
        int half = Arrays.stream(histogram).sum() / 2;
        int below = 0;
        int bin = 0;
        while (bin < histogram.length - 1 && below + histogram[bin] <= half) {
            below += histogram[bin];
            bin++;
        }
        return bin;
    }

    /** Marks what differs, and learns. Gives back how many pixels of the whole picture differ. */
    private int compare(byte[] values, int light, int least, long millis, boolean learning) {
        int faster = learning ? LEARNING_FASTER : 1;
        int step = (int) (millis * LEVELS_PER_SECOND * PARTS * faster / 1_000);
        int deviationStep = (int) (millis * LEVELS_PER_SECOND_OF_DEVIATION * PARTS * faster / 1_000);
        int differingStep = learning ? step : moving ? Math.max(1, step / DIFFERING_SLOWER) : 0;
        int differing = 0;
        for (int at = 0; at < values.length; at++) {
            int off = (values[at] & 0xFF) * PARTS - middle[at];
            int distance = Math.abs(off - light);
            boolean different = distance > Math.max(least, DEVIATIONS * deviation[at]);
            differs[at] = different;
            int most = different ? differingStep : step;
            middle[at] += Math.max(-most, Math.min(most, off));
            if (different) {
                differing++;
            }
            if (!different || learning) {
                int other = distance > deviation[at] ? deviationStep : -deviationStep;
                deviation[at] = Math.max(0, Math.min(MOST_DEVIATION, deviation[at] + other));
            }
        }
        return differing;
    }

    private Seen count(byte[] values, int light, int least, long millis) {
        int pixels = 0;
        int moved = 0;
        for (int y = top; y < bottom; y++) {
            for (int at = y * width + left; at < y * width + right; at++) {
                if (differs[at]) {
                    pixels++;
                }
                if (differs[at] || referenceDiffers[at]) {
                    int off = ((values[at] & 0xFF) - (reference[at] & 0xFF)) * PARTS - light + referenceLight;
                    if (Math.abs(off) > Math.max(least, DEVIATIONS * deviation[at])) {
                        moved++;
                    }
                }
            }
        }
        moving = moved >= Math.max(LEAST_PIXELS, needed / MOVING_PART);
        sinceReference += millis;
        // Kept for a while, so that what moves by less than is seen from picture to picture is seen all the same.
        if (moving || sinceReference > REFERENCE_MILLIS) {
            keepReference(values, light);
        }
        return new Seen((double) pixels / needed, moving);
    }

    private void keepReference(byte[] values, int light) {
        reference = values;
        referenceDiffers = Arrays.copyOf(differs, differs.length);
        referenceLight = light;
        sinceReference = 0;
    }

    /**
     * What lay there while the belt was learned, and has gone, differs for ever: but then the edges around it are in the middles, not in the
     * picture.
     */
    private void forgetGhosts(byte[] values, Seen seen, long millis) {
        if (seen.amount() < 1.0 / 2) {
            ghostly = 0;
            return;
        }
        long shown = 0;
        long known = 0;
        for (int y = top; y < bottom; y++) {
            for (int x = left; x < right; x++) {
                int at = y * width + x;
                if (x + 1 < right && differs[at] != differs[at + 1]) {
                    shown += Math.abs((values[at] & 0xFF) - (values[at + 1] & 0xFF));
                    known += Math.abs(middle[at] - middle[at + 1]);
                }
                if (y + 1 < bottom && differs[at] != differs[at + width]) {
                    shown += Math.abs((values[at] & 0xFF) - (values[at + width] & 0xFF));
                    known += Math.abs(middle[at] - middle[at + width]);
                }
            }
        }
        ghostly = Math.max(0, ghostly + (known > GHOST_EDGES * PARTS * shown ? millis : -millis / 2));
        if (ghostly > GHOST_MILLIS) {
            ghostly = 0;
            for (int at = 0; at < differs.length; at++) {
                if (differs[at]) {
                    middle[at] = (values[at] & 0xFF) * PARTS;
                }
            }
        }
    }
}
