// SPDX-License-Identifier: Apache-2.0
package dev.sortline.trainer;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.Session.Runner;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Gradients;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.Variable;
import org.tensorflow.op.random.RandomUniform;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * Trains a head on frozen features with Adam (Kingma and Ba, 2015), its step falling along a cosine to nothing, in a TensorFlow graph on
 * one thread, so that the same seed gives the same numbers. Features are dropped by chance (Srivastava et al., "Dropout", 2014).
 */
final class HeadTraining implements AutoCloseable {
    private static final float BETA1 = 0.9f;
    private static final float BETA2 = 0.999f;
    private static final float EPSILON = 1e-7f;

    private final FeatureSet set;
    private final HeadRecipe recipe;
    private final Graph graph = new Graph();
    private final Session session;
    private final Placeholder<TFloat32> rows;
    private final Placeholder<TInt32> truths;
    private final Placeholder<TFloat32> weights;
    private final Placeholder<TFloat32> learningRate;
    private final Placeholder<TFloat32> beta1Power;
    private final Placeholder<TFloat32> beta2Power;
    private final Dense hidden;
    private final Dense output;
    private final Operand<TFloat32> loss;
    private final List<Op> updates = new ArrayList<>();

    HeadTraining(FeatureSet set, HeadRecipe recipe) {
        this.set = set;
        this.recipe = recipe;
        int width = set.store().width();
        int labels = set.labels().size();
        Ops tf = Ops.create(graph);
        this.rows = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, width)));
        this.truths = tf.placeholder(TInt32.class, Placeholder.shape(Shape.of(-1)));
        this.weights = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1)));
        this.learningRate = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.scalar()));
        this.beta1Power = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.scalar()));
        this.beta2Power = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.scalar()));
        SplittableRandom random = new SplittableRandom(recipe.seed());
        this.hidden = Dense.of(tf, width, recipe.hidden(), Math.sqrt(2.0 / width), random);
        this.output = Dense.of(tf, recipe.hidden(), labels, Math.sqrt(1.0 / recipe.hidden()), random);
        Operand<TFloat32> logits = output.apply(tf, tf.nn.relu(hidden.apply(tf, dropped(tf))));
        Operand<TFloat32> oneHot = tf.oneHot(truths, tf.constant(labels), tf.constant(1f), tf.constant(0f));
        Operand<TFloat32> errors =
                tf.nn.softmaxCrossEntropyWithLogits(logits, oneHot).loss();
        this.loss = tf.math.mean(tf.math.mul(errors, weights), tf.constant(0));
        Operand<TFloat32> decay = tf.math.mul(
                tf.math.add(tf.nn.l2Loss(hidden.kernel()), tf.nn.l2Loss(output.kernel())),
                tf.constant((float) recipe.weightDecay()));
        List<Variable<TFloat32>> variables = List.of(hidden.kernel(), hidden.bias(), output.kernel(), output.bias());
        Gradients gradients = tf.gradients(tf.math.add(loss, decay), variables);
        List<Op> initializers = new ArrayList<>();
        initializers.addAll(hidden.initializers());
        initializers.addAll(output.initializers());
        // No variable may change while the gradient of another is still being computed from it.
        Ops afterGradients = tf.withControlDependencies(gradients.dy().toArray(Op[]::new));
        for (int i = 0; i < variables.size(); i++) {
            addAdam(tf, afterGradients, variables.get(i), gradients.dy(i), initializers);
        }
        this.session = new Session(
                graph,
                ConfigProto.newBuilder()
                        .setIntraOpParallelismThreads(1)
                        .setInterOpParallelismThreads(1)
                        .build());
        initializers.forEach(session::run);
    }

    /** Trains on some of the set's pictures and reports the mean loss after each epoch. */
    ClassifierHead train(List<Integer> pictures, EpochListener listener) {
        SplittableRandom random = new SplittableRandom(recipe.seed());
        double[] labelWeights = labelWeights(pictures);
        int[] order = pictures.stream().mapToInt(Integer::intValue).toArray();
        int stepsAnEpoch = (order.length + recipe.batch() - 1) / recipe.batch();
        int steps = stepsAnEpoch * recipe.epochs();
        int step = 0;
        for (int epoch = 1; epoch <= recipe.epochs(); epoch++) {
            shuffle(order, random);
            double lossSum = 0;
            for (int from = 0; from < order.length; from += recipe.batch()) {
                int count = Math.min(recipe.batch(), order.length - from);
                double rate = recipe.learningRate() * 0.5 * (1 + Math.cos(Math.PI * step / steps));
                step++;
                lossSum += count * step(order, from, count, labelWeights, random, rate, step);
            }
            listener.epoch(epoch, lossSum / order.length);
        }
        return head();
    }

    @Override
    public void close() {
        session.close();
        graph.close();
    }

    /** Hears of each epoch. */
    @FunctionalInterface
    interface EpochListener {
        /**
         * An epoch is over.
         *
         * @param epoch from 1 on
         * @param loss mean weighted cross-entropy over the epoch
         */
        void epoch(int epoch, double loss);
    }

    private double step(
            int[] order, int from, int count, double[] labelWeights, SplittableRandom random, double rate, int step) {
        int width = set.store().width();
        float[] batch = new float[count * width];
        int[] batchTruths = new int[count];
        float[] batchWeights = new float[count];
        for (int i = 0; i < count; i++) {
            int picture = order[from + i];
            set.store().read(set.row(picture, random.nextInt(set.views())), batch, i * width);
            batchTruths[i] = set.truths().get(picture);
            batchWeights[i] = (float) labelWeights[batchTruths[i]];
        }
        try (TFloat32 rowTensor = TFloat32.tensorOf(Shape.of(count, width), DataBuffers.of(batch, true, false));
                TInt32 truthTensor = TInt32.vectorOf(batchTruths);
                TFloat32 weightTensor = TFloat32.vectorOf(batchWeights);
                TFloat32 rateTensor = TFloat32.scalarOf((float) rate);
                TFloat32 power1 = TFloat32.scalarOf((float) Math.pow(BETA1, step));
                TFloat32 power2 = TFloat32.scalarOf((float) Math.pow(BETA2, step))) {
            Runner runner = session.runner()
                    .feed(rows, rowTensor)
                    .feed(truths, truthTensor)
                    .feed(weights, weightTensor)
                    .feed(learningRate, rateTensor)
                    .feed(beta1Power, power1)
                    .feed(beta2Power, power2)
                    .fetch(loss);
            updates.forEach(runner::addTarget);
            try (Result result = runner.run()) {
                return ((TFloat32) result.get(0)).getFloat();
            }
        }
    }

    /** The head as it stands. */
    ClassifierHead head() {
        try (Result result = session.runner()
                .fetch(hidden.kernel())
                .fetch(hidden.bias())
                .fetch(output.kernel())
                .fetch(output.bias())
                .run()) {
            return new ClassifierHead(values(result, 0), values(result, 1), values(result, 2), values(result, 3));
        }
    }

    private static float[] values(Result result, int index) {
        TFloat32 tensor = (TFloat32) result.get(index);
        float[] values = new float[Math.toIntExact(tensor.size())];
        tensor.asRawTensor().data().asFloats().read(values);
        return values;
    }

    /** The rows with a share of their features set to nothing and the rest raised to make up for it. */
    private Operand<TFloat32> dropped(Ops tf) {
        float dropout = (float) recipe.dropout();
        Operand<TFloat32> chance = tf.random.randomUniform(
                tf.shape(rows), TFloat32.class, RandomUniform.seed(recipe.seed()), RandomUniform.seed2(1L));
        Operand<TFloat32> kept = tf.dtypes.cast(tf.math.greaterEqual(chance, tf.constant(dropout)), TFloat32.class);
        return tf.math.mul(rows, tf.math.mul(kept, tf.constant(1 / (1 - dropout))));
    }

    /** Frequency to the power of minus the recipe's balance, scaled so that the mean over the pictures is 1. */
    private double[] labelWeights(List<Integer> pictures) {
        double[] counts = new double[set.labels().size()];
        pictures.forEach(picture -> counts[set.truths().get(picture)]++);
        double[] labelWeights = new double[counts.length];
        double sum = 0;
        for (int i = 0; i < counts.length; i++) {
            labelWeights[i] = Math.pow(Math.max(1, counts[i]), -recipe.balance());
            sum += counts[i] * labelWeights[i];
        }
        for (int i = 0; i < counts.length; i++) {
            labelWeights[i] *= pictures.size() / sum;
        }
        return labelWeights;
    }

    private void addAdam(
            Ops tf,
            Ops afterGradients,
            Variable<TFloat32> variable,
            Operand<TFloat32> gradient,
            List<Op> initializers) {
        Shape shape = variable.shape();
        Operand<TFloat32> zeros = tf.zeros(tf.constant(shape.asArray()), TFloat32.class);
        Variable<TFloat32> mean = tf.variable(shape, TFloat32.class);
        Variable<TFloat32> variance = tf.variable(shape, TFloat32.class);
        initializers.add(tf.assign(mean, zeros));
        initializers.add(tf.assign(variance, zeros));
        updates.add(afterGradients.train.applyAdam(
                variable,
                mean,
                variance,
                beta1Power,
                beta2Power,
                learningRate,
                tf.constant(BETA1),
                tf.constant(BETA2),
                tf.constant(EPSILON),
                gradient));
    }

    /** A layer to be learned. */
    private record Dense(Variable<TFloat32> kernel, Variable<TFloat32> bias, List<Op> initializers) {

        /** A kernel of normally distributed chance, a bias of nothing. */
        static Dense of(Ops tf, int inputs, int outputs, double deviation, SplittableRandom random) {
            float[] start = new float[inputs * outputs];
            for (int i = 0; i < start.length; i++) {
                start[i] = (float) (random.nextGaussian() * deviation);
            }
            Shape shape = Shape.of(inputs, outputs);
            Variable<TFloat32> kernel = tf.variable(shape, TFloat32.class);
            Variable<TFloat32> bias = tf.variable(Shape.of(outputs), TFloat32.class);
            return new Dense(
                    kernel,
                    bias,
                    List.of(
                            tf.assign(kernel, tf.constant(shape, DataBuffers.of(start, true, false))),
                            tf.assign(bias, tf.constant(new float[outputs]))));
        }

        Operand<TFloat32> apply(Ops tf, Operand<TFloat32> x) {
            return tf.math.add(tf.linalg.matMul(x, kernel), bias);
        }
    }

    private static void shuffle(int[] order, SplittableRandom random) {
        for (int i = order.length - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int swapped = order[i];
            order[i] = order[j];
            order[j] = swapped;
        }
    }
}
