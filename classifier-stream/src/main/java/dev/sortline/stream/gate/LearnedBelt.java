// SPDX-License-Identifier: Apache-2.0
package dev.sortline.stream.gate;

import java.util.Arrays;

/**
 * How a camera's empty belt looks, cell by cell, and by how much that changes: means and variances that forget exponentially, so that lamps
 * may age and dirt may gather. A view is held against them in cells, in squares of cells and as a whole, and each of these differences
 * against what it usually is: so a speck on a plain belt and a stain on a dirty one weigh the same. Not thread-safe.
 */
final class LearnedBelt {
    /** So many views before any is judged: half of them for the cells, and as many for what differences are usual. */
    static final int LEAST_VIEWS = 64;

    /** Older views have faded after so many. */
    private static final int MEMORY = 256;

    private static final int[] SQUARES = {3, 7};
    /** Single cells, the whole, the lamps, and for each square its energy and its sum. */
    private static final int DIFFERENCES = 3 + 2 * 2;

    /** Least noise of a cell: grey levels, and for its detail powers of two. */
    private static final float LEAST_NOISE = 1f;

    private static final float LEAST_DETAIL_NOISE = 0.15f;
    /** Least noise of the lamps, as the logarithm of their light. */
    private static final double LEAST_LAMP_NOISE = 0.005;
    /** Lamps that drift are followed sooner than what the cells show: by so much of what they are off, a view. */
    private static final double LAMPS_FOLLOWED = 1.0 / 16;

    /** Least spread of a difference's logarithm. */
    private static final double LEAST_SPREAD = 0.15;

    /** What is odd widens what is usual by no more than so many spreads: else a change of the belt were usual after a few views. */
    private static final double MOST_SPREADS = 3;

    /** A belt stands where a view differs from the last one by less than this share of what cells differ by. */
    private static final double STANDING = 0.5;

    /** In light so many times as strong or as weak, items look another way, too. */
    private static final double OTHER_LIGHT = 1.2;

    private static final double LEAST_DIFFERENCE = 1e-3;
    private static final int LIT_CELLS = 255;
    private static final float DARK = 8;

    private final int kind;
    private final int across;
    private final int down;
    private final float[][] means;
    private final float[][] variances;
    /** Luminance of the last view. */
    private float[] last;
    /** How bright the belt was when it was first known. */
    private double firstLight;

    private double lampLevel;
    private double lampVariance;
    private final double[] usual = new double[DIFFERENCES];
    private final double[] spread = new double[DIFFERENCES];
    private int views;

    LearnedBelt(BeltView first) {
        kind = first.kind;
        across = first.across;
        down = first.down;
        means = new float[first.channels.length][];
        variances = new float[first.channels.length][first.cells()];
        for (int channel = 0; channel < means.length; channel++) {
            means[channel] = first.channels[channel].clone();
        }
        last = means[0].clone();
        views = 1;
    }

    /** Whether a view can be held against this: of the same size and quality. */
    boolean fits(BeltView view) {
        return view.kind == kind && view.channels.length == means.length && view.cells() == across * down;
    }

    boolean isKnown() {
        return views >= LEAST_VIEWS;
    }

    /**
     * How unlike the empty belt a view is: by how many spreads the largest of its differences is above what it usually is, on a logarithmic
     * scale; about 0 to 3 for an empty belt.
     */
    double unlikeness(BeltView view) {
        double[] differences = differences(view);
        double most = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < DIFFERENCES; i++) {
            most = Math.max(most, (differences[i] - usual[i]) / spreadOf(i));
        }
        return most;
    }

    /** Learns from a view of the empty belt. */
    void learn(BeltView view) {
        if (views >= LEAST_VIEWS / 2) {
            double[] differences = differences(view);
            int known = views - LEAST_VIEWS / 2;
            double rate = Math.max(1.0 / (known + 1), 1.0 / MEMORY);
            for (int i = 0; i < DIFFERENCES; i++) {
                double off = differences[i] - usual[i];
                if (isKnown()) {
                    double most = MOST_SPREADS * spreadOf(i);
                    off = Math.max(-most, Math.min(most, off));
                }
                usual[i] += rate * off;
                spread[i] = known == 0 ? 0 : spread[i] + rate * (off * off * (1 - rate) - spread[i]);
            }
        }
        double lamps = lamps(view);
        float rate = (float) Math.max(1.0 / (views + 1), 1.0 / MEMORY);
        for (int channel = 0; channel < means.length; channel++) {
            float[] mean = means[channel];
            float[] variance = variances[channel];
            float light = view.isLit(channel) ? (float) lamps : 1;
            for (int cell = 0; cell < mean.length; cell++) {
                float off = view.channels[channel][cell] - light * mean[cell];
                variance[cell] += rate * (off * off - variance[cell]);
                mean[cell] += rate * (view.channels[channel][cell] - mean[cell]);
            }
        }
        double off = Math.log(lamps) - lampLevel;
        lampVariance += rate * (off * off - lampVariance);
        lampLevel += LAMPS_FOLLOWED * off;
        last = view.channels[0];
        views++;
        if (views == LEAST_VIEWS) {
            firstLight = light();
        }
    }

    /** Whether the view shows what the last one did, as when the belt stands. */
    boolean stands(BeltView view) {
        double changed = 0;
        double usually = 0;
        for (int cell = 0; cell < last.length; cell++) {
            float off = view.channels[0][cell] - last[cell];
            changed += off * off;
            usually += variances[0][cell];
        }
        return changed < STANDING * usually;
    }

    /** Whether the light is another than when the belt was first known. */
    boolean isInOtherLight() {
        double change = (light() + DARK) / (firstLight + DARK);
        return isKnown() && (change > OTHER_LIGHT || change < 1 / OTHER_LIGHT);
    }

    private double light() {
        double sum = 0;
        for (float level : means[0]) {
            sum += level;
        }
        return sum / means[0].length * Math.exp(lampLevel);
    }

    private double spreadOf(int difference) {
        return Math.max(LEAST_SPREAD, Math.sqrt(spread[difference]));
    }

    /** Logarithms of how far a view is from the means. */
    private double[] differences(BeltView view) {
        double lamps = lamps(view);
        double[] found = new double[DIFFERENCES];
        float[] energy = new float[across * down];
        for (int channel = 0; channel < means.length; channel++) {
            float[] off = off(view, channel, (float) lamps);
            for (int cell = 0; cell < energy.length; cell++) {
                energy[cell] += off[cell] * off[cell] / means.length;
            }
            double[] sums = sums(off);
            for (int i = 0; i < SQUARES.length; i++) {
                double most = most(sums, SQUARES[i], true);
                found[5 + i] = Math.max(found[5 + i], most * most);
            }
        }
        double[] sums = sums(energy);
        found[0] = most(sums, 1, false);
        found[1] = sums[sums.length - 1] / energy.length;
        double lampsOff = Math.log(lamps) - lampLevel;
        found[2] = lampsOff * lampsOff / (lampVariance + LEAST_LAMP_NOISE * LEAST_LAMP_NOISE);
        for (int i = 0; i < SQUARES.length; i++) {
            found[3 + i] = most(sums, SQUARES[i], false);
        }
        for (int i = 0; i < DIFFERENCES; i++) {
            found[i] = Math.log(Math.max(LEAST_DIFFERENCE, found[i]));
        }
        // Lamps are seldom so steady that a small change of theirs says anything.
        found[2] = Math.max(0, found[2]);
        return found;
    }

    /** By how many times its noise each cell is off. */
    private float[] off(BeltView view, int channel, float lamps) {
        float[] seen = view.channels[channel];
        float[] mean = means[channel];
        float[] variance = variances[channel];
        boolean lit = view.isLit(channel);
        float least = lit ? LEAST_NOISE * LEAST_NOISE : LEAST_DETAIL_NOISE * LEAST_DETAIL_NOISE;
        float light = lit ? lamps : 1;
        float[] off = new float[mean.length];
        for (int cell = 0; cell < off.length; cell++) {
            off[cell] = (seen[cell] - light * mean[cell]) / (float) Math.sqrt(variance[cell] + least);
        }
        return off;
    }

    /** How bright the lamps are against what they were: the median of what cells say, which an item in less than half of them leaves. */
    private double lamps(BeltView view) {
        int step = Math.max(1, view.cells() / LIT_CELLS);
        float[] shares = new float[view.cells() / step + 1];
        int count = 0;
        for (int cell = 0; cell < view.cells(); cell += step) {
            if (means[0][cell] >= DARK) {
                shares[count++] = view.channels[0][cell] / means[0][cell];
            }
        }
        if (count == 0) {
            return 1;
        }
        Arrays.sort(shares, 0, count);
        return Math.max(0.1, Math.min(10, shares[count / 2]));
    }

    /** Sums over all cells above and to the left, with a row and a column of zeros before (a summed-area table; Crow, 1984). */
    private double[] sums(float[] values) {
        double[] sums = new double[(across + 1) * (down + 1)];
        for (int y = 0; y < down; y++) {
            double row = 0;
            for (int x = 0; x < across; x++) {
                row += values[y * across + x];
                sums[(y + 1) * (across + 1) + x + 1] = sums[y * (across + 1) + x + 1] + row;
            }
        }
        return sums;
    }

    /** The largest mean of a square; where signs count the largest sum of either sign, by the root of the square's cells. */
    private double most(double[] sums, int square, boolean signed) {
        int width = Math.min(square, across);
        int height = Math.min(square, down);
        double most = 0;
        for (int y = 0; y + height <= down; y++) {
            int upper = y * (across + 1);
            int lower = (y + height) * (across + 1);
            for (int x = 0; x + width <= across; x++) {
                double sum = sums[lower + x + width] - sums[upper + x + width] - sums[lower + x] + sums[upper + x];
                most = Math.max(most, signed ? Math.abs(sum) : sum);
            }
        }
        return signed ? most / Math.sqrt(width * height) : most / (width * height);
    }
}
