// SPDX-License-Identifier: Apache-2.0
package dev.sortline.quantization;

import dev.sortline.classifier.engine.Engine;
import dev.sortline.classifier.model.ModelPackage;
import dev.sortline.evaluation.figures.Calibration;
import dev.sortline.evaluation.figures.Prediction;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What rounding a network to eight bits gave, on pictures that it was not measured on.
 *
 * @param model the package; with the new network only if that is {@linkplain #goodEnough good enough}
 * @param validation where the pictures are
 * @param pictures how many there are, at least 1
 * @param before the figures of float32
 * @param forms the network of eight bits as each engine runs it; the first is that of ONNX Runtime, which was measured
 * @param finer how many of the last products stay in float32
 * @param leftOut why there is none for TensorFlow Lite, in the part of a sentence that follows its name; empty where there is one
 */
public record QuantizedModel(
        ModelPackage model,
        Path validation,
        int pictures,
        Figures before,
        List<Form> forms,
        int finer,
        Optional<String> leftOut) {
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

    /**
     * The network of eight bits as an engine runs it.
     *
     * @param engine that runs it
     * @param file of the package that holds it
     * @param after the figures of int8
     * @param agreement share of the pictures for which it names the same label as float32, 0..1
     * @param bytes how large the file is
     */
    public record Form(Engine engine, String file, Figures after, double agreement, long bytes) {
        /** Whether a line may sort by it: the accuracy falls by no more than half a point, and 98 % of the labels are the same. */
        boolean goodEnough(Figures before) {
            return before.accuracy() - after.accuracy() <= MOST_LOST && agreement >= LEAST_AGREEMENT;
        }
    }

    /** Whether the package has it now. */
    public boolean goodEnough() {
        return forms.get(0).goodEnough(before);
    }

    /** A line an engine, for a terminal. */
    public String told() {
        return forms.stream().map(this::told).collect(Collectors.joining(System.lineSeparator()));
    }

    private String told(Form form) {
        return String.format(
                Locale.ROOT,
                "%s, %d pictures: accuracy %.4f in float32, %.4f in int8 by %s; calibration error (ECE) %.4f, %.4f; the"
                        + " same label on %.1f %%",
                validation,
                pictures,
                before.accuracy(),
                form.after().accuracy(),
                form.engine(),
                before.ece(),
                form.after().ece(),
                100 * form.agreement());
    }
}
