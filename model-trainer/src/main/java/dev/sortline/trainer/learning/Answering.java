// SPDX-License-Identifier: Apache-2.0
package dev.sortline.trainer.learning;

import dev.sortline.trainer.network.Network;
import dev.sortline.trainer.network.NpyArray;
import dev.sortline.trainer.pictures.PictureReader;
import dev.sortline.trainer.pictures.TrainingSet;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** A network that is given one set of weights after another and says what it sees with them. To be closed; not thread-safe. */
public final class Answering implements AutoCloseable {
    private final Network network;
    private final Recipe recipe;
    private final PictureReader reader;
    private final NetworkTraining training;

    /**
     * Begins with the network's initial weights.
     *
     * @param recipe says how large pictures are and how many are asked about at a time
     * @param labels how many there are
     * @param reader to be closed by the caller, afterwards
     */
    public Answering(Network network, Recipe recipe, int labels, PictureReader reader) {
        this.network = network;
        this.recipe = recipe;
        this.reader = reader;
        this.training = new NetworkTraining(network, recipe, labels, false);
    }

    /** From now on it answers with these weights, by their names; all of them. */
    public void serve(Map<String, NpyArray> weights) {
        training.state().serve(weights);
    }

    /**
     * Asks about pictures as they are, as in service.
     *
     * @return a row of logits a picture, in their order
     * @throws dev.sortline.trainer.progress.TrainingInputException if one can no longer be read
     * @throws IOException if the disk fails
     */
    public List<double[]> logits(TrainingSet set) throws IOException {
        return new ValidationPass(set, network.scaling(), recipe, reader).logits(training);
    }

    @Override
    public void close() {
        training.close();
    }
}
