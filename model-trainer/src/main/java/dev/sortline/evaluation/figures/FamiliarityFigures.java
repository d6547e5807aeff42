// SPDX-License-Identifier: Apache-2.0
package dev.sortline.evaluation.figures;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;

/**
 * What is gained and lost where a plan leaves out what is not familiar enough to a model.
 *
 * @param points one for each of {@link #LEAST}, in that order
 * @param aurc area under the curve of risk over coverage where the most familiar pictures are answered first, 0..1, the less the better
 * @param unknown of things that are no label of the model; absent where none were looked at
 */
public record FamiliarityFigures(List<Point> points, double aurc, @Nullable Unknown unknown) {
    /** What a plan may ask for. */
    static final double[] LEAST = {0.01, 0.02, 0.05, 0.1, 0.2};

    /** Of these, what the shipped plans' authors may begin with: all but a twentieth of the known things are kept. */
    public static final double USUAL = 0.05;

    public FamiliarityFigures {
        points = List.copyOf(points);
    }

    /**
     * What one bound does.
     *
     * @param least familiarity that a plan asks for, 0..1
     * @param kept share of the pictures of things that the model knows which are that familiar, 0..1
     * @param accuracy share of these that it names rightly, 0..1; 0 where it keeps none
     * @param unknownKept share of the pictures of unknown things that are that familiar, 0..1; absent where none were looked at
     */
    public record Point(double least, double kept, double accuracy, @Nullable Double unknownKept) {}

    /**
     * How well familiarity tells known things from others.
     *
     * @param images of unknown things, at least 1
     * @param auroc how often a picture of a known thing is the more familiar one of two, 0..1: 0.5 is chance
     * @param keptAt95 share of the unknown things that are as familiar as 95 % of the known ones, 0..1
     */
    public record Unknown(int images, double auroc, double keptAt95) {}

    /**
     * Tries every bound.
     *
     * @param predictions of known things, at least one
     * @param unknown familiarities of unknown things; may be none
     * @return nothing where the model does not tell how familiar a picture is
     */
    public static Optional<FamiliarityFigures> of(List<Prediction> predictions, List<Double> unknown) {
        if (predictions.get(0).familiarity() == null) {
            return Optional.empty();
        }
        double[] known = predictions.stream()
                .mapToDouble(FamiliarityFigures::of)
                .sorted()
                .toArray();
        double[] others = unknown.stream().mapToDouble(Double::doubleValue).toArray();
        return Optional.of(new FamiliarityFigures(
                DoubleStream.of(LEAST)
                        .mapToObj(least -> point(predictions, others, least))
                        .toList(),
                RiskCoverage.of(predictions, FamiliarityFigures::of).aurc(),
                others.length == 0
                        ? null
                        : new Unknown(
                                others.length,
                                auroc(known, others),
                                kept(others, known[(int) (0.05 * known.length)]))));
    }

    private static double of(Prediction prediction) {
        return Objects.requireNonNull(prediction.familiarity());
    }

    private static Point point(List<Prediction> predictions, double[] unknown, double least) {
        List<Prediction> kept = predictions.stream()
                .filter(prediction -> of(prediction) >= least)
                .toList();
        double right = kept.stream().filter(Prediction::right).count();
        return new Point(
                least,
                (double) kept.size() / predictions.size(),
                kept.isEmpty() ? 0 : right / kept.size(),
                unknown.length == 0 ? null : Double.valueOf(kept(unknown, least)));
    }

    private static double kept(double[] familiarities, double least) {
        return (double) DoubleStream.of(familiarities)
                        .filter(familiarity -> familiarity >= least)
                        .count()
                / familiarities.length;
    }

    /** Of all pairs, those whose order is right; of the same familiarity the half. */
    private static double auroc(double[] known, double[] unknown) {
        double right = 0;
        for (double one : known) {
            for (double other : unknown) {
                right += one > other ? 1 : one == other ? 0.5 : 0;
            }
        }
        return right / known.length / unknown.length;
    }
}
