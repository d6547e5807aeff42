// SPDX-License-Identifier: Apache-2.0
package dev.sortline.evaluation.figures;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** How often each label was taken for each other. Immutable. */
public final class ConfusionMatrix {
    private record Cell(String truth, String predicted) {}

    private final Map<Cell, Integer> counts = new HashMap<>();
    private final TreeMap<String, Integer> truths = new TreeMap<>();
    private final TreeMap<String, Integer> predictions = new TreeMap<>();
    private int total;
    private int right;

    private ConfusionMatrix() {}

    /** Counts predictions. */
    public static ConfusionMatrix of(List<Prediction> predictions) {
        ConfusionMatrix confusion = new ConfusionMatrix();
        predictions.forEach(prediction -> confusion.add(prediction.truth(), prediction.predicted()));
        return confusion;
    }

    private void add(String truth, String predicted) {
        counts.merge(new Cell(truth, predicted), 1, Integer::sum);
        truths.merge(truth, 1, Integer::sum);
        predictions.merge(predicted, 1, Integer::sum);
        total++;
        if (truth.equals(predicted)) {
            right++;
        }
    }

    /** How often {@code predicted} was said of what shows {@code truth}. */
    public int count(String truth, String predicted) {
        return counts.getOrDefault(new Cell(truth, predicted), 0);
    }

    /** How many pictures show this label. */
    public int truths(String label) {
        return truths.getOrDefault(label, 0);
    }

    /** How often this label was answered. */
    public int predictions(String label) {
        return predictions.getOrDefault(label, 0);
    }

    /** All pictures. */
    public int total() {
        return total;
    }

    /** Pictures named rightly. */
    public int right() {
        return right;
    }

    /** The labels that pictures show, sorted. */
    public List<String> shownLabels() {
        return List.copyOf(truths.keySet());
    }

    /** The labels that pictures show or that were answered, sorted. */
    public List<String> labels() {
        SortedSet<String> labels = new TreeSet<>(truths.keySet());
        labels.addAll(predictions.keySet());
        return List.copyOf(labels);
    }
}
