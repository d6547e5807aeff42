// SPDX-License-Identifier: Apache-2.0
package dev.sortline.quantization;

import dev.sortline.classifier.model.ModelPackage;
import dev.sortline.evaluation.figures.Calibration;
import dev.sortline.evaluation.figures.Prediction;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * What rounding a network to eight bits gave, on pictures that it was not measured on.
 *
 * @param model the package; with the new network only if that is {@linkplain #goodEnough good enough}
 * @param validation where the pictures are
 * @param pictures how many there are, at least 1
 * @param before the figures of float32
 * @param after the figures of int8
 * @param agreement share of the pictures for which both name the same label, 0..1
 * @param finer how many of the last products stay in float32
 * @param bytes how large the network of eight bits is
 */
public record QuantizedModel(
        ModelPackage model,
        Path validation,
        int pictures,
        Figures before,
        Figures after,
        double agreement,
        int finer,
        long bytes) {
    /** By how much the accuracy may fall. */
    static final double MOST_LOST = 0.005;
    /** For which share of the pictures both must name the same label. */
    static final double LEAST_AGREEMENT = 0.98;

    /**
     * How good answers are.
     *
     * @param accuracy share of the pictures that are named rightly, 0..1
     * @param ece expected calibration error, 0..1
     */
    public record Figures(double accuracy, double ece) {
        static Figures of(List<Prediction> predictions) {
            double right = predictions.stream().filter(Prediction::right).count();
            return new Figures(
                    right / predictions.size(), Calibration.of(predictions).ece());
        }
    }

    /** Whether a line may sort by it: the accuracy falls by no more than half a point, and 98 % of the labels are the same. */
    public boolean goodEnough() {
        return before.accuracy() - after.accuracy() <= MOST_LOST && agreement >= LEAST_AGREEMENT;
    }

    /** In a line, for a terminal. */
    public String told() {
        return String.format(
                Locale.ROOT,
                "%s, %d pictures: accuracy %.4f in float32, %.4f in int8; calibration error (ECE) %.4f, %.4f; the same"
                        + " label on %.1f %%",
                validation,
                pictures,
                before.accuracy(),
                after.accuracy(),
                before.ece(),
                after.ece(),
                100 * agreement);
    }
}
