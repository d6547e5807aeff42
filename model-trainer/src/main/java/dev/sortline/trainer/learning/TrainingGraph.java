// SPDX-License-Identifier: Apache-2.0
package dev.sortline.trainer.learning;

import dev.sortline.trainer.learning.LearnedWeight.Cell;
import dev.sortline.trainer.network.Network;
import dev.sortline.trainer.network.WeightSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Gradients;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat32;

/**
 * A TensorFlow graph that trains a network: what a step is fed, its loss, the updates of Adam (Kingma and Ba, 2015) and of the moving
 * averages. Holds no values; those live in a session.
 *
 * <p>TensorFlow computes what a step asks for and no more: where the layers before the {@linkplain Stage#firstLayer first} stay as they
 * are, no gradient is carried back to them.
 */
final class TrainingGraph implements AutoCloseable {
    static final float BETA1 = 0.9f;
    static final float BETA2 = 0.999f;
    private static final float EPSILON = 1e-7f;

    private final Graph graph = new Graph();
    private final Network network;
    private final double weightDecay;

    /** What a step is fed: see {@link Batch}. */
    final Placeholder<TFloat32> images;

    final Placeholder<TFloat32> truths;
    /** Counts only where there are teachers. */
    final Placeholder<TFloat32> lessons;

    final Placeholder<TFloat32> pictureWeights;
    final Placeholder<TFloat32> kept;

    /** Adam's step, and the powers of its two rates of forgetting that belong to this step. */
    final Placeholder<TFloat32> rate;

    final Placeholder<TFloat32> beta1Power;
    final Placeholder<TFloat32> beta2Power;

    /** What the moving averages keep of themselves. */
    final Placeholder<TFloat32> averageKept;

    /** The mean weighted cross-entropy of a batch. */
    final Operand<TFloat32> loss;

    /** What the network says with its averaged weights. */
    final Operand<TFloat32> averagedLogits;

    private final List<LearnedWeight> weights = new ArrayList<>();

    /** What a step runs, by the first layer that it trains. */
    private final Map<Integer, List<Op>> updates = new LinkedHashMap<>();

    /** @param taught whether there are teachers */
    TrainingGraph(Network network, Recipe recipe, int labels, boolean taught) {
        this.network = network;
        this.weightDecay = recipe.weightDecay();
        Ops tf = Ops.create(graph);
        this.images = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, -1, -1, 3)));
        this.truths = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, labels)));
        this.lessons = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, labels)));
        this.pictureWeights = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1)));
        this.kept = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, network.features())));
        this.rate = scalar(tf);
        this.beta1Power = scalar(tf);
        this.beta2Power = scalar(tf);
        this.averageKept = scalar(tf);
        Map<String, Cell> weightCells = new LinkedHashMap<>();
        Map<String, Cell> averageCells = new LinkedHashMap<>();
        network.initialWeights().forEach((name, array) -> {
            LearnedWeight learned = LearnedWeight.of(tf, name, Shape.of(array.shape()));
            weights.add(learned);
            weightCells.put(name, learned.weight());
            averageCells.put(name, learned.average());
        });
        Operand<TFloat32> logits =
                network.logits(tf, images, source(weightCells), features -> tf.math.mul(features, kept));
        this.averagedLogits = network.logits(tf, images, source(averageCells), UnaryOperator.identity());
        Operand<TFloat32> errors =
                tf.nn.softmaxCrossEntropyWithLogits(logits, truths).loss();
        errors = taught ? taught(tf, logits, errors) : errors;
        this.loss = tf.math.mean(tf.math.mul(errors, pictureWeights), tf.constant(0));
        for (Stage stage : recipe.stages()) {
            updates.computeIfAbsent(stage.firstLayer(), firstLayer -> updates(tf, firstLayer));
        }
    }

    /**
     * Label's and teachers' errors by their weights. The gradient of softened logits is as much smaller as the square of the temperature makes up
     * for.
     */
    private Operand<TFloat32> taught(Ops tf, Operand<TFloat32> logits, Operand<TFloat32> labelErrors) {
        Operand<TFloat32> softened = tf.math.mul(logits, tf.constant((float) (1 / Lesson.TEMPERATURE)));
        Operand<TFloat32> lessonErrors =
                tf.nn.softmaxCrossEntropyWithLogits(softened, lessons).loss();
        float weight = (float) (Lesson.WEIGHT * Lesson.TEMPERATURE * Lesson.TEMPERATURE);
        return tf.math.add(
                tf.math.mul(labelErrors, tf.constant((float) (1 - Lesson.WEIGHT))),
                tf.math.mul(lessonErrors, tf.constant(weight)));
    }

    /** A new session, in which no weight has a value yet. To be closed by the caller, before the graph. */
    Session newSession() {
        return new Session(graph);
    }

    /** All weights, from the input to the output. */
    List<LearnedWeight> weights() {
        return List.copyOf(weights);
    }

    /** What changes the weights from this layer on; a layer that one of the recipe's stages begins with. */
    List<Op> updates(int firstLayer) {
        return known(updates, firstLayer);
    }

    @Override
    public void close() {
        graph.close();
    }

    private List<Op> updates(Ops tf, int firstLayer) {
        List<LearnedWeight> trained = weights.stream()
                .filter(learned -> network.layer(learned.name()) >= firstLayer)
                .toList();
        Gradients gradients = tf.gradients(
                loss,
                trained.stream().map(learned -> learned.weight().variable()).toList());
        // No weight may change while the gradient of another is still being computed from it.
        Ops afterGradients = tf.withControlDependencies(gradients.dy().toArray(Op[]::new));
        List<Op> updates = new ArrayList<>();
        for (int i = 0; i < trained.size(); i++) {
            updates.add(update(tf, afterGradients, trained.get(i), gradients.dy(i)));
        }
        return updates;
    }

    private Op update(Ops tf, Ops afterGradients, LearnedWeight learned, Operand<TFloat32> gradient) {
        Variable<TFloat32> weight = learned.weight().variable();
        Operand<TFloat32> updated = afterGradients.train.applyAdam(
                weight,
                learned.mean().variable(),
                learned.variance().variable(),
                beta1Power,
                beta2Power,
                rate,
                tf.constant(BETA1),
                tf.constant(BETA2),
                tf.constant(EPSILON),
                gradient);
        if (learned.name().endsWith(Network.KERNEL) && weightDecay > 0) {
            Operand<TFloat32> lost = tf.math.mul(updated, tf.math.mul(rate, tf.constant((float) weightDecay)));
            updated = tf.assignSub(weight, lost);
        }
        Variable<TFloat32> average = learned.average().variable();
        return tf.assignAdd(
                average, tf.math.mul(tf.math.sub(updated, average), tf.math.sub(tf.constant(1f), averageKept)));
    }

    private static WeightSource source(Map<String, Cell> cells) {
        return (tf, name) -> known(cells, name).variable();
    }

    private static <K, V> V known(Map<K, V> map, K key) {
        return Objects.requireNonNull(map.get(key), () -> "nothing known of " + key);
    }

    private static Placeholder<TFloat32> scalar(Ops tf) {
        return tf.placeholder(TFloat32.class, Placeholder.shape(Shape.scalar()));
    }
}
