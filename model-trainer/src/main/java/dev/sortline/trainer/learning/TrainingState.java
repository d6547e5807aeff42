// SPDX-License-Identifier: Apache-2.0
package dev.sortline.trainer.learning;

import dev.sortline.trainer.learning.LearnedWeight.Cell;
import dev.sortline.trainer.network.NpyArray;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.Session.Runner;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.types.TFloat32;

/**
 * The values of a network in training: its weights, their moving averages and Adam's two moments of each, and where its runs begin. They live
 * in a session, and can be written to a file and read again. Not thread-safe.
 */
final class TrainingState {
    private final Session session;
    private final List<LearnedWeight> weights;
    private final Map<Cell, float[]> start = new LinkedHashMap<>();

    /**
     * Begins at the initial weights.
     *
     * @param session of the graph that the weights belong to
     * @param initial a value for each weight
     */
    TrainingState(Session session, List<LearnedWeight> weights, Map<String, NpyArray> initial) {
        this.session = session;
        this.weights = List.copyOf(weights);
        for (LearnedWeight learned : weights) {
            start.put(learned.weight(), numbers(initial, learned));
            start.put(learned.average(), numbers(initial, learned));
        }
        begin();
    }

    /** A new run: the weights are what they were at first, or when {@link #beginHere} was called. */
    void begin() {
        assign(start);
        restart();
    }

    /** From now on runs begin at the weights of this moment. */
    void beginHere() {
        List<Cell> cells = List.copyOf(start.keySet());
        List<float[]> values = values(cells);
        for (int i = 0; i < cells.size(); i++) {
            start.put(cells.get(i), values.get(i));
        }
    }

    /** Forgets Adam's moments: a new stage begins. */
    void restart() {
        Map<Cell, float[]> nothing = new LinkedHashMap<>();
        for (LearnedWeight learned : weights) {
            float[] zeros = new float[learned.weight().size()];
            nothing.put(learned.mean(), zeros);
            nothing.put(learned.variance(), zeros);
        }
        assign(nothing);
    }

    /** The averaged weights, which are to be served. */
    Map<String, NpyArray> averagedWeights() {
        List<float[]> values =
                values(weights.stream().map(LearnedWeight::average).toList());
        Map<String, NpyArray> averaged = new LinkedHashMap<>();
        for (int i = 0; i < weights.size(); i++) {
            LearnedWeight learned = weights.get(i);
            averaged.put(
                    learned.name(),
                    NpyArray.of(values.get(i), learned.average().shape().asArray()));
        }
        return averaged;
    }

    /** Puts these averaged weights in the place of its own. */
    void serve(Map<String, NpyArray> averaged) {
        Map<Cell, float[]> values = new LinkedHashMap<>();
        weights.forEach(learned -> values.put(learned.average(), numbers(averaged, learned)));
        assign(values);
    }

    /** Writes all that {@link #read} needs to go on as if nothing had happened. */
    void write(DataOutputStream out) throws IOException {
        for (float[] values : start.values()) {
            write(out, values);
        }
        for (float[] values : values(cells())) {
            write(out, values);
        }
    }

    /** Takes up where {@link #write} left off. */
    void read(DataInputStream in) throws IOException {
        for (Map.Entry<Cell, float[]> entry : start.entrySet()) {
            entry.setValue(read(in, entry.getKey()));
        }
        Map<Cell, float[]> values = new LinkedHashMap<>();
        for (Cell cell : cells()) {
            values.put(cell, read(in, cell));
        }
        assign(values);
    }

    /** Writes weights one after the other, as {@link #readAverages} reads them. */
    static void write(DataOutputStream out, Map<String, NpyArray> weights) throws IOException {
        for (NpyArray weight : weights.values()) {
            write(out, weight.values());
        }
    }

    /** Reads weights that were written one after the other, and leaves the training as it is. */
    Map<String, NpyArray> readAverages(DataInputStream in) throws IOException {
        Map<String, NpyArray> averages = new LinkedHashMap<>();
        for (LearnedWeight learned : weights) {
            Cell cell = learned.average();
            averages.put(
                    learned.name(), NpyArray.of(read(in, cell), cell.shape().asArray()));
        }
        return averages;
    }

    private static void write(DataOutputStream out, float[] values) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Float.BYTES);
        bytes.asFloatBuffer().put(values);
        out.write(bytes.array());
    }

    private static float[] read(DataInputStream in, Cell cell) throws IOException {
        float[] values = new float[cell.size()];
        byte[] bytes = new byte[values.length * Float.BYTES];
        in.readFully(bytes);
        ByteBuffer.wrap(bytes).asFloatBuffer().get(values);
        return values;
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
                TFloat32 tensor =
                        TFloat32.tensorOf(Shape.of(cell.shape().asArray()), DataBuffers.of(numbers, true, false));
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
                float[] numbers = new float[cells.get(i).size()];
                result.get(i).asRawTensor().data().asFloats().read(numbers);
                values.add(numbers);
            }
        }
        return values;
    }

    private static float[] numbers(Map<String, NpyArray> arrays, LearnedWeight learned) {
        return Objects.requireNonNull(arrays.get(learned.name()), () -> "nothing known of " + learned.name())
                .values();
    }
}
