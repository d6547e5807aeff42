// SPDX-License-Identifier: Apache-2.0
package dev.sortline.retraining;

import dev.sortline.evaluation.figures.Calibration;
import dev.sortline.evaluation.figures.ConfusionMatrix;
import dev.sortline.evaluation.figures.Interval;
import dev.sortline.evaluation.figures.Prediction;
import java.util.List;
import java.util.Locale;

/**
 * How good a network is on pictures.
 *
 * @param confusion what it took for what
 * @param ece expected calibration error, 0..1
 */
record Figures(ConfusionMatrix confusion, double ece) {
    static Figures of(Answers answers, double temperature) {
        List<Prediction> predictions = answers.predictions(temperature);
        return new Figures(
                ConfusionMatrix.of(predictions), Calibration.of(predictions).ece());
    }

    /** Share that is named rightly, 0..1. */
    double accuracy() {
        return (double) confusion.right() / confusion.total();
    }

    /** Share of a label's pictures that is named rightly, 0..1; NaN where none shows it. */
    double recall(String label) {
        return (double) confusion.count(label, label) / confusion.truths(label);
    }

    /** Accuracy with its 95 % interval, in per cent. */
    String told() {
        Interval interval = Interval.wilson(confusion.right(), confusion.total());
        return String.format(
                Locale.ROOT, "%.1f %% (%.1f to %.1f)", 100 * accuracy(), 100 * interval.low(), 100 * interval.high());
    }
}
