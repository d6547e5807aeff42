// SPDX-License-Identifier: Apache-2.0
package dev.sortline.adjustment;

import java.util.List;
import java.util.Set;

/**
 * How far to hold some labels back: a number that is taken from each of their logits (as in Menon et al., "Long-tail learning via logit
 * adjustment", 2021, but fitted, not counted).
 */
final class LabelBias {
    private static final double STEP = 0.25;
    private static final int STEPS = 16;

    private LabelBias() {}

    /**
     * Of 0, 0.25 and so on to 4 the one by which most pictures are named rightly; the least of them where several are as good.
     *
     * @param logits a row a picture
     * @param truths for each picture the index of its label
     * @param heldBack indexes of the labels that the number is taken from
     */
    static double fit(List<double[]> logits, List<Integer> truths, Set<Integer> heldBack) {
        double best = 0;
        int most = -1;
        for (int i = 0; i <= STEPS; i++) {
            int right = right(logits, truths, heldBack, i * STEP);
            if (right > most) {
                most = right;
                best = i * STEP;
            }
        }
        return best;
    }

    private static int right(List<double[]> logits, List<Integer> truths, Set<Integer> heldBack, double bias) {
        int right = 0;
        for (int i = 0; i < logits.size(); i++) {
            double[] row = taken(logits.get(i), heldBack, bias);
            int first = 0;
            for (int label = 1; label < row.length; label++) {
                first = row[label] > row[first] ? label : first;
            }
            right += first == truths.get(i) ? 1 : 0;
        }
        return right;
    }

    /** A row with the number taken from those labels. */
    static double[] taken(double[] row, Set<Integer> heldBack, double bias) {
        double[] taken = row.clone();
        heldBack.forEach(label -> taken[label] -= bias);
        return taken;
    }
}
