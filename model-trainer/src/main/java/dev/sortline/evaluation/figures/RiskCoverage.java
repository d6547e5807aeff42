// SPDX-License-Identifier: Apache-2.0
package dev.sortline.evaluation.figures;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * How much more often a model is right where it may keep silent when it is unsure (El-Yaniv and Wiener, "On the Foundations of Noise-free
 * Selective Classification", 2010).
 *
 * @param points at most {@value #MOST_POINTS}, by rising coverage and falling threshold: the first is the least coverage that any threshold
 *     gives, the last answers everything, and between them lies the nearest to each hundredth
 * @param aurc area under the curve of risk over coverage, 0..1, the less the better (Geifman and El-Yaniv, "Selective Classification for Deep
 *     Neural Networks", 2017)
 */
public record RiskCoverage(List<Point> points, double aurc) {
    static final int MOST_POINTS = 101;

    public RiskCoverage {
        points = List.copyOf(points);
        if (points.isEmpty()) {
            throw new IllegalArgumentException("a risk-coverage curve has at least one point");
        }
    }

    /**
     * What answering from some confidence on comes to.
     *
     * @param coverage share of the pictures that get an answer, above 0..1
     * @param accuracy share of these answers that is right, 0..1
     * @param threshold the least confidence that is answered, 0..1
     */
    public record Point(double coverage, double accuracy, double threshold) {}

    /**
     * Tries every threshold.
     *
     * @param predictions at least one
     */
    public static RiskCoverage of(List<Prediction> predictions) {
        return of(predictions, Prediction::confidence);
    }

    /** As {@link #of(List)}, by something else than confidence, 0..1. */
    static RiskCoverage of(List<Prediction> predictions, ToDoubleFunction<Prediction> sureness) {
        List<Prediction> surestFirst = surestFirst(predictions, sureness);
        List<Point> points = new ArrayList<>();
        double risks = 0;
        int right = 0;
        int before = 0;
        for (int i = 0; i < surestFirst.size(); i++) {
            Prediction prediction = surestFirst.get(i);
            right += prediction.right() ? 1 : 0;
            if (lastOfItsKind(surestFirst, i, sureness)) {
                int answered = i + 1;
                double accuracy = (double) right / answered;
                points.add(new Point(
                        (double) answered / predictions.size(), accuracy, sureness.applyAsDouble(prediction)));
                risks += (answered - before) * (1 - accuracy);
                before = answered;
            }
        }
        return new RiskCoverage(thinned(points), risks / predictions.size());
    }

    /** The point whose coverage is nearest to this one. */
    public Point at(double coverage) {
        return nearest(points, coverage);
    }

    /** Predictions by falling confidence; of the same confidence by their pictures' paths. */
    public static List<Prediction> surestFirst(List<Prediction> predictions) {
        return surestFirst(predictions, Prediction::confidence);
    }

    private static List<Prediction> surestFirst(List<Prediction> predictions, ToDoubleFunction<Prediction> sureness) {
        return predictions.stream()
                .sorted(Comparator.comparingDouble(sureness).reversed().thenComparing(Prediction::image))
                .toList();
    }

    /** No threshold tells answers of the same confidence apart: they are taken together or not at all. */
    static boolean lastOfItsConfidence(List<Prediction> surestFirst, int index) {
        return lastOfItsKind(surestFirst, index, Prediction::confidence);
    }

    private static boolean lastOfItsKind(
            List<Prediction> surestFirst, int index, ToDoubleFunction<Prediction> sureness) {
        return index + 1 == surestFirst.size()
                || sureness.applyAsDouble(surestFirst.get(index + 1)) < sureness.applyAsDouble(surestFirst.get(index));
    }

    private static List<Point> thinned(List<Point> points) {
        if (points.size() <= MOST_POINTS) {
            return points;
        }
        List<Point> thinned = new ArrayList<>();
        for (int hundredth = 0; hundredth < MOST_POINTS; hundredth++) {
            thinned.add(nearest(points, hundredth / 100.0));
        }
        return thinned.stream().distinct().toList();
    }

    private static Point nearest(List<Point> points, double coverage) {
        return points.stream()
                .min(Comparator.comparingDouble(point -> Math.abs(point.coverage() - coverage)))
                .orElseThrow();
    }
}
