// SPDX-License-Identifier: Apache-2.0
package dev.sortline.classifier.integrity;

import java.util.Arrays;

/**
 * Finds the place from which on all of a JPEG's blocks are brighter or darker, or of another tint, by the same amount. A block's mean level
 * is coded as the difference to the block before, so one damaged difference shifts the rest of the picture, in the order of the scan.
 *
 * <p>Across the borders to the row above, the shift shows as the same sharp step in as many units as a row has: from somewhere in one row
 * on to just before that place in the next, and nowhere beside them. Straight edges of what a camera sees lie within one row of units, or
 * cross from one to the next slowly. The bounds refuse none of 12,070 photographs; {@code docs/decisions/0029} has the figures.
 */
final class LevelStep {
    /** Rows of fewer units say too little. */
    private static final int LEAST_ACROSS = 24;
    /** Units that must lie on either side of the place in its row, and that are looked at one by one beside it. */
    private static final int NEAR = 3;
    /** Of these on both sides so many have no step, or the very step. */
    private static final int NEAR_FLAT = 5;

    private static final int NEAR_STEPPED = 4;
    /** Grey levels, of 256. */
    private static final float LEAST_STEP = 10;
    /** Grey levels, and a share of the step. */
    private static final float TOLERANCE = 1;

    private static final float TOLERANCE_SHARE = 0.06f;
    /** Share of a row's units that go up or down by enough, and of those beside them that do neither. */
    private static final float SHARE = 0.5f;
    /** Share of a row's units that have the very step, and none to their next units above and below. */
    private static final float SHARP_SHARE = 0.33f;

    /** In a row of units are fewer than 65,536 large steps: those up are counted in the lower half of a word, those down in the upper. */
    private static final int DOWN_BITS = 16;

    private static final int UP = 1;
    private static final int DOWN = 1 << DOWN_BITS;
    private static final int UPWARDS = DOWN - 1;

    private final float[] steps;
    private final int across;

    private LevelStep(float[] steps, int across) {
        this.steps = steps;
        this.across = across;
    }

    /**
     * Looks for such a place.
     *
     * @param tops mean grey level of the uppermost block of each unit, in the order of the scan, whole rows of units
     * @param bottoms of the lowest
     * @param across units in a row, at least 1
     * @return whether there is such a place
     */
    static boolean isIn(float[] tops, float[] bottoms, int across) {
        int borders = tops.length - across;
        if (across < LEAST_ACROSS || borders < across) {
            return false;
        }
        float[] steps = new float[borders];
        int[] large = new int[borders];
        for (int i = 0; i < borders; i++) {
            float step = tops[i + across] - bottoms[i];
            steps[i] = step;
            if (step >= LEAST_STEP) {
                large[i] = UP;
            } else if (step <= -LEAST_STEP) {
                large[i] = DOWN;
            }
        }
        return new LevelStep(steps, across).isAnywhere(large);
    }

    /** @param large whether each step is large, and in which direction */
    private boolean isAnywhere(int[] large) {
        int enough = (int) Math.ceil(SHARE * across);
        int row = 0;
        for (int i = 0; i < large.length; i++) {
            row += large[i];
            int begin = i - across + 1;
            if (begin >= 0) {
                if (Math.max(row & UPWARDS, row >>> DOWN_BITS) >= enough && isFrom(begin)) {
                    return true;
                }
                row -= large[begin];
            }
        }
        return false;
    }

    private boolean isFrom(int begin) {
        int column = begin % across;
        if (column < NEAR || across - column < NEAR) {
            return false;
        }
        int end = begin + across;
        float[] sorted = Arrays.copyOfRange(steps, begin, end);
        Arrays.sort(sorted);
        float step = sorted[across / 2];
        float tolerance = TOLERANCE + TOLERANCE_SHARE * Math.abs(step);
        int rowEnd = Math.min(end + across - column, steps.length);
        return Math.abs(step) >= LEAST_STEP
                && sharp(begin, end, step, tolerance) >= SHARP_SHARE * across
                && count(begin - column, begin, 0, tolerance) >= SHARE * column
                && count(end, rowEnd, 0, tolerance) >= SHARE * (rowEnd - end)
                && count(begin - NEAR, begin, 0, tolerance) + count(end + 1, end + 1 + NEAR, 0, tolerance) >= NEAR_FLAT
                && count(begin + 1, begin + 1 + NEAR, step, tolerance) + count(end - NEAR, end, step, tolerance)
                        >= NEAR_STEPPED;
    }

    private int sharp(int from, int to, float step, float tolerance) {
        int count = 0;
        for (int i = from; i < to; i++) {
            boolean sharp = Math.abs(steps[i] - step) <= tolerance
                    && (i < across || Math.abs(steps[i - across]) <= tolerance)
                    && (i + across >= steps.length || Math.abs(steps[i + across]) <= tolerance);
            count += sharp ? 1 : 0;
        }
        return count;
    }

    private int count(int from, int to, float level, float tolerance) {
        int count = 0;
        for (int i = from; i < Math.min(to, steps.length); i++) {
            count += Math.abs(steps[i] - level) <= tolerance ? 1 : 0;
        }
        return count;
    }
}
