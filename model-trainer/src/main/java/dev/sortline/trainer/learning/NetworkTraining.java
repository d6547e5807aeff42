// SPDX-License-Identifier: Apache-2.0
package dev.sortline.trainer.learning;

import dev.sortline.trainer.network.Network;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.Session.Runner;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.types.TFloat32;

/** A network in training: takes steps, and says what the network knows by now. Not thread-safe. */
final class NetworkTraining implements AutoCloseable {
    private final int features;
    private final int labels;
    private final TrainingGraph graph;
    private final Session session;
    private final TrainingState state;

    /** @param taught whether batches come with lessons */
    NetworkTraining(Network network, Recipe recipe, int labels, boolean taught) {
        this.features = network.features();
        this.labels = labels;
        this.graph = new TrainingGraph(network, recipe, labels, taught);
        this.session = graph.newSession();
        this.state = new TrainingState(session, graph.weights(), network.initialWeights());
    }

    /** The weights and what is remembered of them. */
    TrainingState state() {
        return state;
    }

    /**
     * One step of Adam.
     *
     * @param firstLayer layers before it stay as they are
     * @param stepRate Adam's step
     * @param step of this stage, from 1 on
     * @param averageKept what the averaged weights keep of themselves, 0 or more and below 1
     * @return the mean weighted error before the step
     */
    double step(Batch batch, int firstLayer, double stepRate, int step, double averageKept) {
        int count = batch.count();
        int size = batch.size();
        try (TFloat32 imageTensor = tensor(batch.images(), count, size, size, 3);
                TFloat32 truthTensor = tensor(batch.truths(), count, labels);
                TFloat32 lessonTensor = tensor(batch.lessons(), batch.lessons().length / labels, labels);
                TFloat32 weightTensor = tensor(batch.weights(), count);
                TFloat32 keptTensor = tensor(batch.kept(), count, features);
                TFloat32 rateTensor = TFloat32.scalarOf((float) stepRate);
                TFloat32 power1 = TFloat32.scalarOf((float) Math.pow(TrainingGraph.BETA1, step));
                TFloat32 power2 = TFloat32.scalarOf((float) Math.pow(TrainingGraph.BETA2, step));
                TFloat32 averageTensor = TFloat32.scalarOf((float) averageKept)) {
            Runner runner = session.runner()
                    .feed(graph.images, imageTensor)
                    .feed(graph.truths, truthTensor)
                    .feed(graph.lessons, lessonTensor)
                    .feed(graph.pictureWeights, weightTensor)
                    .feed(graph.kept, keptTensor)
                    .feed(graph.rate, rateTensor)
                    .feed(graph.beta1Power, power1)
                    .feed(graph.beta2Power, power2)
                    .feed(graph.averageKept, averageTensor)
                    .fetch(graph.loss);
            graph.updates(firstLayer).forEach(runner::addTarget);
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
    List<double[]> logits(float[] pixels, int count, int size) {
        try (TFloat32 tensor = tensor(pixels, count, size, size, 3);
                Result result = session.runner()
                        .feed(graph.images, tensor)
                        .fetch(graph.averagedLogits)
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

    @Override
    public void close() {
        session.close();
        graph.close();
    }

    private static TFloat32 tensor(float[] values, long... shape) {
        return TFloat32.tensorOf(Shape.of(shape), DataBuffers.of(values, true, false));
    }
}
