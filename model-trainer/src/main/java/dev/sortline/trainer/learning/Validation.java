// SPDX-License-Identifier: Apache-2.0
package dev.sortline.trainer.learning;

import java.util.List;

/**
 * What a network does on pictures that it has not learned from, seen as in service.
 *
 * @param pictures how many
 * @param accuracy share named rightly, 0..1
 * @param temperature that makes its confidences true on them
 */
public record Validation(int pictures, double accuracy, double temperature) {

    /**
     * What logits on labelled pictures come to.
     *
     * @param logits a row a picture, at least one; what is added to all of a row alike changes nothing
     * @param truths for each picture the index of its label
     */
    public static Validation of(List<double[]> logits, List<Integer> truths) {
        return new Validation(logits.size(), accuracy(logits, truths), rounded(TemperatureScaling.fit(logits, truths)));
    }

    static double accuracy(List<double[]> logits, List<Integer> truths) {
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

    /** More digits say nothing. */
    private static double rounded(double temperature) {
        return Math.round(temperature * 1e4) / 1e4;
    }
}
