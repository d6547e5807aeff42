// SPDX-License-Identifier: Apache-2.0
package dev.sortline.trainer.learning;

import dev.sortline.trainer.network.Network;
import dev.sortline.trainer.network.NpyArray;
import dev.sortline.trainer.pictures.FurtherPictures;
import dev.sortline.trainer.pictures.PictureReader;
import dev.sortline.trainer.pictures.TrainingSet;
import dev.sortline.trainer.progress.ProgressListener;
import dev.sortline.trainer.teaching.AnswerBook;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Trains a network by a recipe: epoch after epoch, run after run.
 *
 * <p>Every epoch shows each picture augmented in another way, and as many further ones as their share of each batch asks for; after it the
 * averaged weights are tried on pictures that are never learned from, and a checkpoint is written, as it is now and then on the way. At the end the temperature is fitted on the same pictures. The weights are those of the last epoch, not
 * those of the luckiest. Where several runs are asked for, they share all stages but the last, which each goes through with a seed of its
 * own, and what is served is the mean of their weights.
 */
public final class TrainingLoop {
    private final Network network;
    private final Recipe recipe;
    private final TrainingSet learned;
    private final Optional<FurtherPictures> further;
    private final Optional<AnswerBook> teachers;
    private final ValidationPass validation;
    private final PictureReader reader;
    private final ProgressListener progress;

    /**
     * Nothing is read yet.
     *
     * @param learned what is learned from
     * @param further what is learned from beside it
     * @param teachers who answer its shots, too
     * @param heldOut what is never learned from, at least one picture
     * @param reader to be closed by the caller, after the loop
     */
    public TrainingLoop(
            Network network,
            Recipe recipe,
            TrainingSet learned,
            Optional<FurtherPictures> further,
            Optional<AnswerBook> teachers,
            TrainingSet heldOut,
            PictureReader reader,
            ProgressListener progress) {
        this.network = network;
        this.recipe = recipe;
        this.learned = learned;
        this.further = further;
        this.teachers = teachers;
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
                new NetworkTraining(network, recipe, learned.labels().size(), teachers.isPresent())) {
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
        boolean resumed = !position.equals(Checkpoint.Position.START);
        int shared = recipe.sharedEpochs();
        while (position.finished().size() < runs) {
            int run = position.finished().size();
            if (position.epochs() == shared && position.batches() == 0) {
                training.state().begin();
            }
            try (BatchFeed feed = new BatchFeed(learned, further, teachers, network, recipe, seed + run, reader)) {
                if (resumed) {
                    progress.note(wherefrom(position, feed.batches(), runs));
                    resumed = false;
                }
                progress.begin(
                        runs == 1 ? "training" : "training, run %d of %d".formatted(run + 1, runs),
                        (long) (recipe.epochs() - position.epochs()) * feed.batches() - position.batches());
                double accuracy = 0;
                while (position.epochs() < recipe.epochs()) {
                    int epoch = position.epochs();
                    position = epoch(training, feed, position, accuracy, checkpoint);
                    double loss = position.lossSum() / feed.batches();
                    accuracy = validation.accuracy(training);
                    if (epoch + 1 == shared) {
                        training.state().beginHere();
                    }
                    position = position.afterEpoch();
                    checkpoint.write(training.state(), position);
                    progress.note(String.format(
                            Locale.ROOT,
                            "epoch %d of %d: loss %.4f, validation accuracy %.3f",
                            epoch + 1,
                            recipe.epochs(),
                            loss,
                            accuracy));
                }
                position = position.afterRun(
                        new TrainedRun(accuracy, training.state().averagedWeights()), shared);
                checkpoint.write(training.state(), position);
            } finally {
                progress.end();
            }
        }
        return position.finished();
    }

    private String wherefrom(Checkpoint.Position position, int batches, int runs) {
        return position.batches() == 0
                ? "going on after epoch %d of %d of run %d of %d"
                        .formatted(
                                position.epochs(),
                                recipe.epochs(),
                                position.finished().size() + 1,
                                runs)
                : "going on after batch %d of %d of epoch %d of %d of run %d of %d"
                        .formatted(
                                position.batches(),
                                batches,
                                position.epochs() + 1,
                                recipe.epochs(),
                                position.finished().size() + 1,
                                runs);
    }

    /** What is left of an epoch. The accuracy is that of the epoch before, 0 before there is any. */
    private Checkpoint.Position epoch(
            NetworkTraining training,
            BatchFeed feed,
            Checkpoint.Position from,
            double accuracyBefore,
            Checkpoint checkpoint)
            throws IOException {
        int epoch = from.epochs();
        Stage stage = recipe.stage(epoch);
        int stageStart = recipe.stageStart(epoch);
        if (epoch == stageStart && from.batches() == 0) {
            training.state().restart();
        }
        int warmUpSteps = Math.min(recipe.warmUpSteps(), stage.epochs() * feed.batches() / 2);
        int allSteps = recipe.epochs() * feed.batches();
        BatchFeed.Batches batches = feed.epoch(epoch, from.batches());
        Checkpoint.Position position = from;
        while (position.batches() < feed.batches()) {
            if (position.batches() > from.batches() && checkpoint.isDue()) {
                checkpoint.write(training.state(), position);
            }
            int step = (epoch - stageStart) * feed.batches() + position.batches() + 1;
            int steps = epoch * feed.batches() + position.batches() + 1;
            double rate = stage.rate()
                    * Math.min(1, (double) step / Math.max(1, warmUpSteps))
                    * 0.5
                    * (1 + Math.cos(Math.PI * steps / allSteps));
            double loss =
                    training.step(batches.take(), stage.firstLayer(), rate, step, recipe.averageKept(steps, allSteps));
            position = position.afterBatch(loss);
            progress.step(String.format(
                    Locale.ROOT,
                    "epoch %d, loss %.4f, validation accuracy %.3f",
                    epoch + 1,
                    position.lossSum() / position.batches(),
                    accuracyBefore));
        }
        return position;
    }
}
