// SPDX-License-Identifier: Apache-2.0
package dev.sortline.trainer.learning;

import dev.sortline.trainer.network.Network;
import dev.sortline.trainer.network.NpyArray;
import dev.sortline.trainer.network.WeightSource;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
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
import org.tensorflow.types.TFloat32;

/**
 * A network in training: its weights, Adam's two moments of each (Kingma and Ba, 2015) and their moving averages, as variables of one
 * TensorFlow graph. Not thread-safe.
 *
 * <p>TensorFlow computes what a step asks for and no more: where the layers before the {@linkplain Stage#firstLayer first} stay as they
 * are, no gradient is carried back to them.
 */
public final class NetworkTraining implements AutoCloseable {
    private static final float BETA1 = 0.9f;
    private static final float BETA2 = 0.999f;
    private static final float EPSILON = 1e-7f;

    private final Network network;
    private final int labels;
    private final double weightDecay;
    private final double averaging;
    private final Graph graph = new Graph();
    private final Session session;
    private final Placeholder<TFloat32> images;
    private final Placeholder<TFloat32> truths;
    private final Placeholder<TFloat32> pictureWeights;
    private final Placeholder<TFloat32> kept;
    private final Placeholder<TFloat32> rate;
    private final Placeholder<TFloat32> beta1Power;
    private final Placeholder<TFloat32> beta2Power;
    private final Placeholder<TFloat32> averageKept;
    private final List<Learned> weights = new ArrayList<>();
    private final Operand<TFloat32> loss;
    private final Operand<TFloat32> averagedLogits;
    private final Map<Cell, float[]> start = new LinkedHashMap<>();

    /** What a step runs, by the first layer that it trains. */
    private final Map<Integer, List<Op>> updates = new LinkedHashMap<>();

    /** A weight and what is remembered of it. */
    private record Learned(String name, Cell weight, Cell average, Cell mean, Cell variance) {
        List<Cell> cells() {
            return List.of(weight, average, mean, variance);
        }
    }

    /** A variable and how to give it a value. */
    private record Cell(Variable<TFloat32> variable, Placeholder<TFloat32> value, Op assign) {
        static Cell of(Ops tf, Shape shape) {
            Variable<TFloat32> variable = tf.variable(shape, TFloat32.class);
            Placeholder<TFloat32> value = tf.placeholder(TFloat32.class, Placeholder.shape(shape));
            return new Cell(variable, value, tf.assign(variable, value));
        }

        Shape shape() {
            return variable.shape();
        }
    }

    public NetworkTraining(Network network, Recipe recipe, int labels) {
        this.network = network;
        this.labels = labels;
        this.weightDecay = recipe.weightDecay();
        this.averaging = recipe.averaging();
        Ops tf = Ops.create(graph);
        this.images = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, -1, -1, 3)));
        this.truths = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, labels)));
        this.pictureWeights = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1)));
        this.kept = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, network.features())));
        this.rate = scalar(tf);
        this.beta1Power = scalar(tf);
        this.beta2Power = scalar(tf);
        this.averageKept = scalar(tf);
        Map<String, NpyArray> initial = network.initialWeights();
        Map<String, Cell> weightCells = new LinkedHashMap<>();
        Map<String, Cell> averageCells = new LinkedHashMap<>();
        initial.forEach((name, array) -> {
            Shape shape = Shape.of(array.shape());
            Learned learned =
                    new Learned(name, Cell.of(tf, shape), Cell.of(tf, shape), Cell.of(tf, shape), Cell.of(tf, shape));
            weights.add(learned);
            weightCells.put(name, learned.weight());
            averageCells.put(name, learned.average());
        });
        Operand<TFloat32> logits =
                network.logits(tf, images, source(weightCells), features -> tf.math.mul(features, kept));
        this.averagedLogits = network.logits(tf, images, source(averageCells), UnaryOperator.identity());
        Operand<TFloat32> errors =
                tf.nn.softmaxCrossEntropyWithLogits(logits, truths).loss();
        this.loss = tf.math.mean(tf.math.mul(errors, pictureWeights), tf.constant(0));
        for (Stage stage : recipe.stages()) {
            updates.computeIfAbsent(stage.firstLayer(), firstLayer -> updates(tf, firstLayer));
        }
        this.session = new Session(graph);
        for (Learned learned : weights) {
            start.put(learned.weight(), value(initial, learned.name()).values());
            start.put(learned.average(), value(initial, learned.name()).values());
        }
        begin();
    }

    /** A new run: the weights are what they were at first, or when {@link #beginHere} was called. */
    public void begin() {
        assign(start);
        restart();
    }

    /** From now on runs begin at the weights of this moment. */
    public void beginHere() {
        List<Cell> cells = List.copyOf(start.keySet());
        List<float[]> values = values(cells);
        for (int i = 0; i < cells.size(); i++) {
            start.put(cells.get(i), values.get(i));
        }
    }

    /** Forgets Adam's moments: a new stage begins. */
    public void restart() {
        Map<Cell, float[]> nothing = new LinkedHashMap<>();
        for (Learned learned : weights) {
            float[] zeros = new float[Math.toIntExact(learned.weight().shape().size())];
            nothing.put(learned.mean(), zeros);
            nothing.put(learned.variance(), zeros);
        }
        assign(nothing);
    }

    /**
     * One step of Adam.
     *
     * @param firstLayer layers before it stay as they are
     * @param stepRate Adam's step
     * @param step of this stage, from 1 on
     * @param allSteps of all stages, from 1 on
     * @return the mean weighted cross-entropy before the step
     */
    public double step(Batch batch, int firstLayer, double stepRate, int step, int allSteps) {
        int count = batch.count();
        int size = batch.size();
        double remembered = Math.min(averaging, (1.0 + allSteps) / (10 + allSteps));
        try (TFloat32 imageTensor = tensor(batch.images(), count, size, size, 3);
                TFloat32 truthTensor = tensor(batch.truths(), count, labels);
                TFloat32 weightTensor = tensor(batch.weights(), count);
                TFloat32 keptTensor = tensor(batch.kept(), count, network.features());
                TFloat32 rateTensor = TFloat32.scalarOf((float) stepRate);
                TFloat32 power1 = TFloat32.scalarOf((float) Math.pow(BETA1, step));
                TFloat32 power2 = TFloat32.scalarOf((float) Math.pow(BETA2, step));
                TFloat32 averageTensor = TFloat32.scalarOf((float) remembered)) {
            Runner runner = session.runner()
                    .feed(images, imageTensor)
                    .feed(truths, truthTensor)
                    .feed(pictureWeights, weightTensor)
                    .feed(kept, keptTensor)
                    .feed(rate, rateTensor)
                    .feed(beta1Power, power1)
                    .feed(beta2Power, power2)
                    .feed(averageKept, averageTensor)
                    .fetch(loss);
            value(updates, firstLayer).forEach(runner::addTarget);
            try (Result result = runner.run()) {
                return ((TFloat32) result.get(0)).getFloat();
            }
        }
    }

    /**
     * What the network says with its averaged weights.
     *
     * @param pixels {@code [count, size, size, 3]}, in the network's range
     * @return a row of logits an image
     */
    public List<double[]> logits(float[] pixels, int count, int size) {
        try (TFloat32 tensor = tensor(pixels, count, size, size, 3);
                Result result = session.runner()
                        .feed(images, tensor)
                        .fetch(averagedLogits)
                        .run()) {
            float[] values = new float[count * labels];
            result.get(0).asRawTensor().data().asFloats().read(values);
            List<double[]> rows = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                double[] row = new double[labels];
                for (int label = 0; label < labels; label++) {
                    row[label] = values[i * labels + label];
                }
                rows.add(row);
            }
            return rows;
        }
    }

    /** The averaged weights, which are to be served. */
    public Map<String, NpyArray> averagedWeights() {
        List<float[]> values = values(weights.stream().map(Learned::average).toList());
        Map<String, NpyArray> averaged = new LinkedHashMap<>();
        for (int i = 0; i < weights.size(); i++) {
            Learned learned = weights.get(i);
            averaged.put(
                    learned.name(),
                    NpyArray.of(values.get(i), learned.average().shape().asArray()));
        }
        return averaged;
    }

    /** Puts these averaged weights in the place of its own. */
    public void serve(Map<String, NpyArray> averaged) {
        Map<Cell, float[]> values = new LinkedHashMap<>();
        weights.forEach(learned ->
                values.put(learned.average(), value(averaged, learned.name()).values()));
        assign(values);
    }

    /** Writes all that {@link #read} needs to go on as if nothing had happened. */
    public void write(DataOutputStream out) throws IOException {
        for (float[] values : start.values()) {
            write(out, values);
        }
        for (float[] values : values(cells())) {
            write(out, values);
        }
    }

    public static void write(DataOutputStream out, float[] values) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Float.BYTES);
        bytes.asFloatBuffer().put(values);
        out.write(bytes.array());
    }

    /** Takes up where {@link #write} left off. */
    public void read(DataInputStream in) throws IOException {
        for (Map.Entry<Cell, float[]> entry : start.entrySet()) {
            entry.setValue(read(in, entry.getKey()));
        }
        Map<Cell, float[]> values = new LinkedHashMap<>();
        for (Cell cell : cells()) {
            values.put(cell, read(in, cell));
        }
        assign(values);
    }

    /** Reads weights that were written one after the other, and leaves the training as it is. */
    public Map<String, NpyArray> readAverages(DataInputStream in) throws IOException {
        Map<String, NpyArray> averages = new LinkedHashMap<>();
        for (Learned learned : weights) {
            averages.put(
                    learned.name(),
                    NpyArray.of(
                            read(in, learned.average()),
                            learned.average().shape().asArray()));
        }
        return averages;
    }

    private static float[] read(DataInputStream in, Cell cell) throws IOException {
        float[] values = new float[Math.toIntExact(cell.shape().size())];
        byte[] bytes = new byte[values.length * Float.BYTES];
        in.readFully(bytes);
        ByteBuffer.wrap(bytes).asFloatBuffer().get(values);
        return values;
    }

    @Override
    public void close() {
        session.close();
        graph.close();
    }

    private List<Op> updates(Ops tf, int firstLayer) {
        List<Learned> trained = weights.stream()
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

    private Op update(Ops tf, Ops afterGradients, Learned learned, Operand<TFloat32> gradient) {
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

    private List<Cell> cells() {
        return weights.stream().flatMap(learned -> learned.cells().stream()).toList();
    }

    /** All in one run: TensorFlow prepares the graph anew for every set of operations that it is asked for. */
    private void assign(Map<Cell, float[]> values) {
        Runner runner = session.runner();
        List<TFloat32> tensors = new ArrayList<>();
        try {
            values.forEach((cell, numbers) -> {
                TFloat32 tensor = tensor(numbers, cell.shape().asArray());
                tensors.add(tensor);
                runner.feed(cell.value(), tensor).addTarget(cell.assign());
            });
            runner.run().close();
        } finally {
            tensors.forEach(TFloat32::close);
        }
    }

    /** As {@link #assign}, the other way round. */
    private List<float[]> values(List<Cell> cells) {
        Runner runner = session.runner();
        cells.forEach(cell -> runner.fetch(cell.variable()));
        List<float[]> values = new ArrayList<>();
        try (Result result = runner.run()) {
            for (int i = 0; i < cells.size(); i++) {
                float[] numbers = new float[Math.toIntExact(cells.get(i).shape().size())];
                result.get(i).asRawTensor().data().asFloats().read(numbers);
                values.add(numbers);
            }
        }
        return values;
    }

    private static WeightSource source(Map<String, Cell> cells) {
        return (tf, name) -> value(cells, name).variable();
    }

    private static <K, V> V value(Map<K, V> map, K key) {
        return Objects.requireNonNull(map.get(key), () -> "nothing known of " + key);
    }

    private static Placeholder<TFloat32> scalar(Ops tf) {
        return tf.placeholder(TFloat32.class, Placeholder.shape(Shape.scalar()));
    }

    private static TFloat32 tensor(float[] values, long... shape) {
        return TFloat32.tensorOf(Shape.of(shape), DataBuffers.of(values, true, false));
    }
}
