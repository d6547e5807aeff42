// SPDX-License-Identifier: Apache-2.0
package dev.sortline.trainer.features;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.linalg.MatMul;
import org.tensorflow.op.linalg.SelfAdjointEig;
import org.tensorflow.types.TFloat64;

/**
 * Features of pictures by what these show: a Gaussian a class with a covariance that all share, as in linear discriminant analysis, of features
 * that are brought to length 1. Belongs to one thread.
 */
public final class Features {
    /** More directions tell no more apart, and cost more. */
    private static final int MOST_DIRECTIONS = 128;
    /** Added to the spread of each direction, a share of the largest: what hardly spreads in the pictures at hand must not decide alone. */
    private static final double SHRINKAGE = 0.01;

    private final Map<String, List<float[]>> byClass = new LinkedHashMap<>();

    /** Adds a picture's features, which are kept and brought to length 1. */
    public void add(String what, float[] features) {
        double squares = 0;
        for (float feature : features) {
            squares += feature * feature;
        }
        double length = Math.sqrt(squares + 1e-12);
        for (int i = 0; i < features.length; i++) {
            features[i] = (float) (features[i] / length);
        }
        byClass.computeIfAbsent(what, none -> new ArrayList<>()).add(features);
    }

    /** How many pictures there are. */
    public int size() {
        return byClass.values().stream().mapToInt(List::size).sum();
    }

    /** How many pictures there are of what. */
    public Map<String, Integer> counts() {
        Map<String, Integer> counts = new LinkedHashMap<>();
        byClass.forEach((what, features) -> counts.put(what, features.size()));
        return counts;
    }

    /**
     * Where known things and others lie.
     *
     * @param others of things that are no label; may be empty
     * @throws IllegalStateException if there is nothing of known things
     */
    public KnownFeatures against(Features others) {
        if (byClass.isEmpty()) {
            throw new IllegalStateException("there is nothing of known things");
        }
        int width = byClass.values().iterator().next().get(0).length;
        double[] middle = mean(byClass.values().stream().flatMap(List::stream).toList(), width);
        double[] residuals = new double[(size() + others.size()) * width];
        int filled = residuals(residuals, 0, width);
        others.residuals(residuals, filled, width);
        Spread spread = Spread.of(residuals, width);
        int directions = Math.min(MOST_DIRECTIONS, width);
        double least = SHRINKAGE * spread.squares()[width - 1];
        float[] projection = new float[width * directions];
        float[] offsets = new float[directions];
        for (int direction = 0; direction < directions; direction++) {
            // The largest come last.
            int column = width - 1 - direction;
            double scale = 1 / Math.sqrt(spread.squares()[column] + least);
            double offset = 0;
            for (int i = 0; i < width; i++) {
                double value = spread.directions()[i * width + column] * scale;
                projection[i * directions + direction] = (float) value;
                offset -= value * middle[i];
            }
            offsets[direction] = (float) offset;
        }
        return new KnownFeatures(
                directions,
                projection,
                offsets,
                centres(projection, offsets, width),
                others.centres(projection, offsets, width));
    }

    private int residuals(double[] rows, int from, int width) {
        int at = from;
        for (List<float[]> features : byClass.values()) {
            double[] mean = mean(features, width);
            for (float[] row : features) {
                for (int i = 0; i < width; i++) {
                    rows[at++] = row[i] - mean[i];
                }
            }
        }
        return at;
    }

    private float[] centres(float[] projection, float[] offsets, int width) {
        int directions = offsets.length;
        float[] centres = new float[byClass.size() * directions];
        int centre = 0;
        for (List<float[]> features : byClass.values()) {
            double[] mean = mean(features, width);
            for (int direction = 0; direction < directions; direction++) {
                double at = offsets[direction];
                for (int i = 0; i < width; i++) {
                    at += mean[i] * projection[i * directions + direction];
                }
                centres[centre * directions + direction] = (float) at;
            }
            centre++;
        }
        return centres;
    }

    private static double[] mean(List<float[]> rows, int width) {
        double[] mean = new double[width];
        for (float[] row : rows) {
            for (int i = 0; i < width; i++) {
                mean[i] += row[i] / (double) rows.size();
            }
        }
        return mean;
    }

    /**
     * How rows spread around 0.
     *
     * @param squares the mean square along each direction, rising
     * @param directions a row a feature, a column a direction, each of length 1
     */
    @SuppressWarnings("ArrayRecordComponent")
    private record Spread(double[] squares, double[] directions) {
        static Spread of(double[] rows, int width) {
            int count = rows.length / width;
            try (Graph graph = new Graph();
                    Session session = new Session(graph);
                    TFloat64 fed = TFloat64.tensorOf(Shape.of(count, width), DataBuffers.of(rows, true, false))) {
                Ops tf = Ops.create(graph);
                Placeholder<TFloat64> x = tf.placeholder(TFloat64.class, Placeholder.shape(Shape.of(-1, width)));
                Operand<TFloat64> covariance =
                        tf.math.div(tf.linalg.matMul(x, x, MatMul.transposeA(true)), tf.constant((double) count));
                SelfAdjointEig<TFloat64> found = tf.linalg.selfAdjointEig(covariance);
                try (Result result = session.runner()
                        .feed(x, fed)
                        .fetch(found.e())
                        .fetch(found.v())
                        .run()) {
                    double[] squares = new double[width];
                    double[] directions = new double[width * width];
                    result.get(0).asRawTensor().data().asDoubles().read(squares);
                    result.get(1).asRawTensor().data().asDoubles().read(directions);
                    return new Spread(squares, directions);
                }
            }
        }
    }
}
