// SPDX-License-Identifier: Apache-2.0
package dev.sortline.trainer;

import java.util.ArrayList;
import java.util.List;

/**
 * What a head does on pictures that it has not seen, in their plain view.
 *
 * @param accuracy share named rightly, 0..1
 * @param temperature that makes the head's confidences true on them
 */
record HeldOut(double accuracy, double temperature) {

    static HeldOut of(FeatureSet set, ClassifierHead head, List<Integer> pictures) {
        List<double[]> logits = logits(set, head, pictures);
        List<Integer> truths = pictures.stream().map(set.truths()::get).toList();
        return new HeldOut(accuracy(logits, truths), rounded(TemperatureScaling.fit(logits, truths)));
    }

    static double accuracy(FeatureSet set, ClassifierHead head, List<Integer> pictures) {
        return accuracy(
                logits(set, head, pictures),
                pictures.stream().map(set.truths()::get).toList());
    }

    /** More digits say nothing. */
    private static double rounded(double temperature) {
        return Math.round(temperature * 1e4) / 1e4;
    }

    private static double accuracy(List<double[]> logits, List<Integer> truths) {
        int right = 0;
        for (int i = 0; i < logits.size(); i++) {
            double[] row = logits.get(i);
            int best = 0;
            for (int label = 1; label < row.length; label++) {
                if (row[label] > row[best]) {
                    best = label;
                }
            }
            if (best == truths.get(i)) {
                right++;
            }
        }
        return (double) right / logits.size();
    }

    private static List<double[]> logits(FeatureSet set, ClassifierHead head, List<Integer> pictures) {
        float[] row = new float[set.store().width()];
        List<double[]> logits = new ArrayList<>(pictures.size());
        for (int picture : pictures) {
            set.store().read(set.row(picture, 0), row, 0);
            logits.add(head.logits(row));
        }
        return logits;
    }
}
