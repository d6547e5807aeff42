// SPDX-License-Identifier: Apache-2.0
package dev.sortline.trainer.learning;

import dev.sortline.trainer.network.Network;
import dev.sortline.trainer.network.NpyArray;
import dev.sortline.trainer.pictures.PictureReader;
import dev.sortline.trainer.pictures.TrainingSet;
import dev.sortline.trainer.progress.ProgressListener;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Trains a network by a recipe: epoch after epoch, run after run.
 *
 * <p>Every epoch shows each picture augmented in another way; after it the averaged weights are tried on pictures that are never learned
 * from, and a checkpoint is written. At the end the temperature is fitted on the same pictures. The weights are those of the last epoch, not
 * those of the luckiest. Where several runs are asked for, they share all stages but the last, which each goes through with a seed of its
 * own, and what is served is the mean of their weights.
 */
public final class TrainingLoop {
    private final Network network;
    private final Recipe recipe;
    private final TrainingSet learned;
    private final ValidationPass validation;
    private final PictureReader reader;
    private final ProgressListener progress;

    /**
     * Nothing is read yet.
     *
     * @param learned what is learned from
     * @param heldOut what is never learned from, at least one picture
     * @param reader to be closed by the caller, after the loop
     */
    public TrainingLoop(
            Network network,
            Recipe recipe,
            TrainingSet learned,
            TrainingSet heldOut,
            PictureReader reader,
            ProgressListener progress) {
        this.network = network;
        this.recipe = recipe;
        this.learned = learned;
        this.validation = new ValidationPass(heldOut, network.scaling(), recipe, reader);
        this.reader = reader;
        this.progress = progress;
    }

    /**
     * Trains, from the checkpoint on if there is one.
     *
     * @param seed of the first run; the others have the next ones
     * @param runs how often the last stage is gone through, at least 1
     * @throws dev.sortline.trainer.progress.TrainingInputException if the checkpoint is damaged, or a picture can no longer be read
     * @throws IOException if the disk fails
     */
    public TrainedNetwork run(long seed, int runs, Checkpoint checkpoint) throws IOException {
        try (NetworkTraining training =
                new NetworkTraining(network, recipe, learned.labels().size())) {
            List<TrainedRun> finished = runs(training, seed, runs, checkpoint);
            Map<String, NpyArray> weights = TrainedRun.meanWeights(finished);
            training.state().serve(weights);
            return new TrainedNetwork(
                    weights, finished.stream().map(TrainedRun::accuracy).toList(), validation.validate(training));
        }
    }

    private List<TrainedRun> runs(NetworkTraining training, long seed, int runs, Checkpoint checkpoint)
            throws IOException {
        Checkpoint.Position position = checkpoint.resume(training.state());
        if (!position.equals(Checkpoint.Position.START)) {
            progress.note("going on after epoch %d of %d of run %d of %d"
                    .formatted(
                            position.epochs(),
                            recipe.epochs(),
                            position.finished().size() + 1,
                            runs));
        }
        int shared = recipe.sharedEpochs();
        while (position.finished().size() < runs) {
            int run = position.finished().size();
            if (position.epochs() == shared) {
                training.state().begin();
            }
            try (BatchFeed feed = new BatchFeed(learned, network, recipe, seed + run, reader)) {
                progress.begin(
                        runs == 1 ? "training" : "training, run %d of %d".formatted(run + 1, runs),
                        (long) (recipe.epochs() - position.epochs()) * feed.batches());
                double accuracy = 0;
                while (position.epochs() < recipe.epochs()) {
                    int epoch = position.epochs();
                    double loss = epoch(training, feed, epoch, position.steps(), accuracy);
                    accuracy = validation.accuracy(training);
                    if (epoch + 1 == shared) {
                        training.state().beginHere();
                    }
                    position =
                            new Checkpoint.Position(position.finished(), epoch + 1, position.steps() + feed.batches());
                    checkpoint.write(training.state(), position);
                    progress.note(String.format(
                            Locale.ROOT,
                            "epoch %d of %d: loss %.4f, validation accuracy %.3f",
                            epoch + 1,
                            recipe.epochs(),
                            loss,
                            accuracy));
                }
                List<TrainedRun> finished = new ArrayList<>(position.finished());
                finished.add(new TrainedRun(accuracy, training.state().averagedWeights()));
                position = new Checkpoint.Position(finished, shared, shared * feed.batches());
                checkpoint.write(training.state(), position);
            } finally {
                progress.end();
            }
        }
        return position.finished();
    }

    /** One epoch; gives the mean loss. The accuracy is that of the epoch before, 0 before there is any. */
    private double epoch(NetworkTraining training, BatchFeed feed, int epoch, int stepsBefore, double accuracyBefore) {
        Stage stage = recipe.stage(epoch);
        int stageStart = recipe.stageStart(epoch);
        if (epoch == stageStart) {
            training.state().restart();
        }
        int warmUpSteps = Math.min(recipe.warmUpSteps(), stage.epochs() * feed.batches() / 2);
        BatchFeed.Batches batches = feed.epoch(epoch);
        double lossSum = 0;
        for (int i = 0; i < feed.batches(); i++) {
            int step = (epoch - stageStart) * feed.batches() + i + 1;
            int steps = stepsBefore + i + 1;
            double share = (double) steps / ((double) recipe.epochs() * feed.batches());
            double rate = stage.rate()
                    * Math.min(1, (double) step / Math.max(1, warmUpSteps))
                    * 0.5
                    * (1 + Math.cos(Math.PI * share));
            lossSum += training.step(batches.take(), stage.firstLayer(), rate, step, steps);
            progress.step(String.format(
                    Locale.ROOT,
                    "epoch %d, loss %.4f, validation accuracy %.3f",
                    epoch + 1,
                    lossSum / (i + 1),
                    accuracyBefore));
        }
        return lossSum / feed.batches();
    }
}
