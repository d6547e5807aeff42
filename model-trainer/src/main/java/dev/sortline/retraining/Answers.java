// SPDX-License-Identifier: Apache-2.0
package dev.sortline.retraining;

import dev.sortline.evaluation.figures.Prediction;
import dev.sortline.trainer.learning.Validation;
import dev.sortline.trainer.pictures.TrainingSet;
import java.util.ArrayList;
import java.util.List;

/**
 * What a network said of pictures.
 *
 * @param set the pictures
 * @param logits a row a picture
 */
record Answers(TrainingSet set, List<double[]> logits) {
    Answers {
        logits = List.copyOf(logits);
    }

    /** How many pictures are named rightly. */
    int right() {
        int right = 0;
        for (int i = 0; i < logits.size(); i++) {
            right += best(logits.get(i)) == set.truths().get(i) ? 1 : 0;
        }
        return right;
    }

    /** These and those as one, of the same labels. */
    Answers and(Answers others) {
        List<double[]> all = new ArrayList<>(logits);
        all.addAll(others.logits);
        return new Answers(set.and(others.set), all);
    }

    /** The temperature that makes confidences true on these pictures. */
    double temperature() {
        return Validation.of(logits, set.truths()).temperature();
    }

    /** Each answer with its confidence at a temperature. */
    List<Prediction> predictions(double temperature) {
        List<Prediction> predictions = new ArrayList<>();
        for (int i = 0; i < logits.size(); i++) {
            double[] row = logits.get(i);
            int best = best(row);
            double sum = 0;
            for (double logit : row) {
                sum += Math.exp((logit - row[best]) / temperature);
            }
            int truth = set.truths().get(i);
            predictions.add(new Prediction(
                    set.pictures().get(i).file(),
                    set.labels().get(truth),
                    set.labels().get(best),
                    1 / sum,
                    Math.exp((row[truth] - row[best]) / temperature) / sum));
        }
        return predictions;
    }

    /** The place of the label that a row of logits names. */
    static int best(double[] row) {
        int best = 0;
        for (int label = 1; label < row.length; label++) {
            if (row[label] > row[best]) {
                best = label;
            }
        }
        return best;
    }
}
