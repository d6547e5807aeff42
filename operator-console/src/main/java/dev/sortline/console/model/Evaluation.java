// SPDX-License-Identifier: Apache-2.0
package dev.sortline.console.model;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import dev.sortline.sorting.SortingPlan;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the model was measured at, as {@code sortline evaluate --card} wrote it into the package's folder. What an older one did not write is
 * {@code null} or empty.
 *
 * @param data the folder of labelled pictures
 * @param pictures how many
 * @param accuracy share of them that is named rightly
 * @param ece expected calibration error, 0..1
 * @param perLabel label by label
 * @param confusion which labels were taken for which
 * @param reliability whether confidences are true
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record Evaluation(
        String data,
        int pictures,
        @Nullable Accuracy accuracy,
        @Nullable Double ece,
        List<LabelFigures> perLabel,
        @Nullable Confusion confusion,
        List<Bin> reliability) {
    public Evaluation {
        Objects.requireNonNull(data, "data is missing");
        perLabel = perLabel == null ? List.of() : List.copyOf(perLabel);
        reliability = reliability == null ? List.of() : List.copyOf(reliability);
    }

    /** A share with its interval at 95 %, each 0..1. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Accuracy(double value, double low, double high) {}

    /** How well a label is told: precision, recall and F1 are 0..1, and {@code null} where there is nothing to divide by. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record LabelFigures(
            String label, @Nullable Double precision, @Nullable Double recall, @Nullable Double f1, int pictures) {}

    /** How often each label was taken for each other: a row for each true one, in which the answers stand in the order of the labels. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Confusion(List<String> labels, List<List<Integer>> rows) {}

    /** The answers with a confidence above {@code from} and at most {@code to}: their mean confidence and how many of them are right, 0..1. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Bin(double from, double to, double confidence, double accuracy, int pictures) {}

    /** How many labels the pictures show, the empty belt not counted. */
    int itemLabels() {
        return (int) perLabel.stream()
                .filter(figures -> figures.pictures() > 0 && !figures.label().equals(SortingPlan.EMPTY_BELT))
                .count();
    }

    /** Mean confidence of all answers, 0..1; {@code null} where the bins do not tell. */
    public @Nullable Double meanConfidence() {
        long pictures = reliability.stream().mapToLong(Bin::pictures).sum();
        if (pictures == 0) {
            return null;
        }
        double sum = reliability.stream()
                .mapToDouble(bin -> bin.confidence() * bin.pictures())
                .sum();
        return sum / pictures;
    }
}
