// SPDX-License-Identifier: Apache-2.0
package dev.sortline.evaluation.figures;

import java.util.List;
import java.util.Optional;

/**
 * The least confidence from which on answers are as pure as asked for.
 *
 * @param threshold answers with this confidence or more are taken, 0..1
 * @param images how many answers that are, at least 1: what the threshold rests on
 * @param purity share of them that is right, 0..1
 * @param interval where that share lies on other pictures of the kind, with 95 %
 * @param recovery share of the pictures that are answered rightly so, 0..1; of a label: of the pictures that show it
 */
public record PurityThreshold(double threshold, int images, double purity, Interval interval, double recovery) {
    /** Of a hundred items in a lane, one may be wrong. */
    public static final double PURITY = 0.99;

    /**
     * Tries every threshold.
     *
     * @param predictions all, or those that gave some label
     * @param shown how many pictures there are, or how many show the label
     * @return nothing where no threshold gives {@link #PURITY}
     */
    public static Optional<PurityThreshold> of(List<Prediction> predictions, int shown) {
        List<Prediction> surestFirst = RiskCoverage.surestFirst(predictions);
        Optional<PurityThreshold> least = Optional.empty();
        int right = 0;
        for (int i = 0; i < surestFirst.size(); i++) {
            Prediction prediction = surestFirst.get(i);
            right += prediction.right() ? 1 : 0;
            int taken = i + 1;
            double purity = (double) right / taken;
            if (purity >= PURITY && RiskCoverage.lastOfItsConfidence(surestFirst, i)) {
                least = Optional.of(new PurityThreshold(
                        prediction.confidence(), taken, purity, Interval.wilson(right, taken), (double) right / shown));
            }
        }
        return least;
    }
}
