// SPDX-License-Identifier: Apache-2.0
package dev.sortline.trainer;

import dev.sortline.classifier.image.UnreadableImageException;
import dev.sortline.classifier.model.ModelManifest;
import dev.sortline.classifier.model.ModelPackage;
import dev.sortline.classifier.model.NetworkOutput;
import dev.sortline.classifier.model.Sha256;
import dev.sortline.classifier.runtime.TensorFlowLibrary;
import dev.sortline.trainer.augmentation.Augmentation;
import dev.sortline.trainer.augmentation.AugmentationPainter;
import dev.sortline.trainer.learning.BatchFeed;
import dev.sortline.trainer.learning.Checkpoint;
import dev.sortline.trainer.learning.NetworkTraining;
import dev.sortline.trainer.learning.Recipe;
import dev.sortline.trainer.learning.Stage;
import dev.sortline.trainer.learning.TrainedRun;
import dev.sortline.trainer.learning.Validation;
import dev.sortline.trainer.network.FrozenModel;
import dev.sortline.trainer.network.Network;
import dev.sortline.trainer.network.NpyArray;
import dev.sortline.trainer.packages.PackageFolder;
import dev.sortline.trainer.pictures.LabelledFolders;
import dev.sortline.trainer.pictures.LabelledPicture;
import dev.sortline.trainer.pictures.Picture;
import dev.sortline.trainer.pictures.PictureReader;
import dev.sortline.trainer.pictures.TrainingSet;
import dev.sortline.trainer.progress.ProgressListener;
import dev.sortline.trainer.progress.TrainingInputException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Trains a network on folders of labelled pictures and writes it as a model package.
 *
 * <p>Every epoch shows each picture augmented in another way; after it the averaged weights are tried on pictures that are never learned from, and a
 * checkpoint is written. At the end the temperature is fitted on the same pictures. The weights are those of the last epoch, not those of
 * the luckiest. Where several runs are asked for, they share all stages but the last, which each goes through with a seed of its own, and
 * what is served is the mean of their weights.
 */
public final class Training {
    private final TrainingRequest request;
    private final Recipe recipe;
    private final ProgressListener progress;

    Training(TrainingRequest request, Recipe recipe, ProgressListener progress) {
        this.request = request;
        this.recipe = recipe;
        this.progress = progress;
    }

    /**
     * Trains by the architecture's recipe. The package appears whole or not at all; the same request on the same data and machine gives the
     * same package, also when the run was killed and started again.
     *
     * @throws TrainingInputException if the data, the base or the place for the package cannot be used
     * @throws IOException if the disk fails
     */
    public static TrainedModel run(TrainingRequest request, ProgressListener progress) throws IOException {
        return new Training(request, request.architecture().recipe(request), progress).run();
    }

    TrainedModel run() throws IOException {
        TensorFlowLibrary.require(0);
        PackageFolder place = new PackageFolder(request.out());
        String notes = request.notes().isPresent() ? readNotes(request.notes().get()) : "";
        LabelledFolders folders = LabelledFolders.list(request.data());
        List<String> labels = List.copyOf(folders.labels());
        if (labels.size() < 2) {
            throw new TrainingInputException("only one label, %s, in %s: a classifier needs at least two class folders"
                    .formatted(labels.get(0), request.data()));
        }
        Optional<LabelledFolders> validationFolders =
                request.validation().map(folder -> validationFolders(folder, labels));
        Network network = request.architecture().network(request, labels.size());
        try (PictureReader reader = new PictureReader(recipe.inputSize())) {
            TrainingSet readable = TrainingSet.readable(folders.pictures(), labels, reader, progress);
            requireTwoOfEach(readable);
            TrainingSet learned;
            TrainingSet heldOut;
            if (validationFolders.isPresent()) {
                learned = readable;
                heldOut = TrainingSet.readable(validationFolders.get().pictures(), labels, reader, progress);
                if (heldOut.size() == 0) {
                    throw new TrainingInputException("none of the images in %s can be read"
                            .formatted(request.validation().get()));
                }
            } else {
                List<TrainingSet> parts = readable.split(recipe.heldOutShare(), request.seed());
                learned = parts.get(0);
                heldOut = parts.get(1);
            }
            Checkpoint checkpoint = new Checkpoint(request.out(), fingerprint(learned, heldOut));
            try (NetworkTraining training = new NetworkTraining(network, recipe, labels.size())) {
                List<TrainedRun> runs = train(training, network, learned, heldOut, checkpoint, reader);
                Map<String, NpyArray> weights = TrainedRun.meanWeights(runs);
                training.serve(weights);
                Validation validation = Validation.of(logits(training, network, heldOut, reader), heldOut.truths());
                TrainingFacts facts = new TrainingFacts(
                        request,
                        recipe,
                        network.description(),
                        folders.counts(),
                        learned.size(),
                        runs.stream().map(TrainedRun::accuracy).toList(),
                        validation,
                        notes);
                place.write(folder -> write(folder, network, weights, labels, facts));
                checkpoint.delete();
                return new TrainedModel(
                        ModelPackage.load(request.out()),
                        learned.size(),
                        folders.pictures().size() - readable.size(),
                        validation.pictures(),
                        validation.accuracy());
            }
        }
    }

    private List<TrainedRun> train(
            NetworkTraining training,
            Network network,
            TrainingSet learned,
            TrainingSet heldOut,
            Checkpoint checkpoint,
            PictureReader reader)
            throws IOException {
        Checkpoint.Position position = checkpoint.resume(training);
        if (!position.equals(Checkpoint.Position.START)) {
            progress.note("going on after epoch %d of %d of run %d of %d"
                    .formatted(
                            position.epochs(),
                            recipe.epochs(),
                            position.finished().size() + 1,
                            request.runs()));
        }
        int shared = recipe.sharedEpochs();
        while (position.finished().size() < request.runs()) {
            int run = position.finished().size();
            if (position.epochs() == shared) {
                training.begin();
            }
            try (BatchFeed feed = new BatchFeed(learned, network, recipe, request.seed() + run, reader)) {
                progress.begin(
                        request.runs() == 1 ? "training" : "training, run %d of %d".formatted(run + 1, request.runs()),
                        (long) (recipe.epochs() - position.epochs()) * feed.batches());
                double accuracy = 0;
                while (position.epochs() < recipe.epochs()) {
                    int epoch = position.epochs();
                    double loss = train(training, feed, epoch, position.steps(), accuracy);
                    accuracy = Validation.accuracy(logits(training, network, heldOut, reader), heldOut.truths());
                    if (epoch + 1 == shared) {
                        training.beginHere();
                    }
                    position =
                            new Checkpoint.Position(position.finished(), epoch + 1, position.steps() + feed.batches());
                    checkpoint.write(training, position);
                    progress.note(String.format(
                            Locale.ROOT,
                            "epoch %d of %d: loss %.4f, validation accuracy %.3f",
                            epoch + 1,
                            recipe.epochs(),
                            loss,
                            accuracy));
                }
                List<TrainedRun> finished = new ArrayList<>(position.finished());
                finished.add(new TrainedRun(accuracy, training.averagedWeights()));
                position = new Checkpoint.Position(finished, shared, shared * feed.batches());
                checkpoint.write(training, position);
            } finally {
                progress.end();
            }
        }
        return position.finished();
    }

    /** One epoch; gives the mean loss. The accuracy is that of the epoch before, 0 before there is any. */
    private double train(NetworkTraining training, BatchFeed feed, int epoch, int stepsBefore, double accuracyBefore) {
        Stage stage = recipe.stage(epoch);
        int stageStart = recipe.stageStart(epoch);
        if (epoch == stageStart) {
            training.restart();
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

    private List<double[]> logits(NetworkTraining training, Network network, TrainingSet set, PictureReader reader)
            throws IOException {
        int size = recipe.inputSize();
        List<double[]> logits = new ArrayList<>();
        try (AugmentationPainter painter = new AugmentationPainter()) {
            for (int from = 0; from < set.size(); from += recipe.batch()) {
                int count = Math.min(recipe.batch(), set.size() - from);
                float[] pixels = new float[count * size * size * 3];
                for (int i = 0; i < count; i++) {
                    Picture picture = reader.read(set.pictures().get(from + i).file());
                    painter.paintInto(
                            pixels,
                            i * size * size * 3,
                            network.scaling(),
                            picture,
                            Optional.empty(),
                            Augmentation.PLAIN,
                            size,
                            0);
                }
                logits.addAll(training.logits(pixels, count, size));
            }
        } catch (UnreadableImageException e) {
            throw new TrainingInputException(
                    "a picture for validation could be read before and cannot now: leave the data alone while it is used",
                    e);
        }
        return logits;
    }

    private void write(
            Path folder, Network network, Map<String, NpyArray> weights, List<String> labels, TrainingFacts facts)
            throws IOException {
        FrozenModel.write(
                folder.resolve(ModelPackage.SAVED_MODEL_FILE), network, weights, recipe.inputSize(), labels.size());
        Files.writeString(folder.resolve(ModelPackage.LABELS_FILE), String.join("\n", labels) + "\n");
        ModelManifest manifest = new ModelManifest(
                request.name(),
                request.version(),
                recipe.inputSize(),
                network.scaling(),
                NetworkOutput.LOGITS,
                facts.validation().temperature(),
                ModelPackage.digestOf(folder));
        Files.writeString(folder.resolve(ModelPackage.MANIFEST_FILE), manifest.toJson());
        Files.writeString(folder.resolve(ModelPackage.CARD_FILE), ModelCard.of(manifest, labels, facts));
    }

    private void requireTwoOfEach(TrainingSet set) {
        for (int label = 0; label < set.labels().size(); label++) {
            if (set.count(label) < 2) {
                throw new TrainingInputException(
                        "%s has fewer than two readable images in %s: add some or remove the folder"
                                .formatted(set.labels().get(label), request.data()));
            }
        }
    }

    private LabelledFolders validationFolders(Path folder, List<String> labels) {
        LabelledFolders folders = LabelledFolders.list(List.of(folder));
        for (String label : folders.labels()) {
            if (!labels.contains(label)) {
                throw new TrainingInputException("%s has a folder %s, which %s does not have: it has %s"
                        .formatted(folder, label, request.data(), labels));
            }
        }
        return folders;
    }

    /** Of all that the weights follow from, but for the files' contents. */
    private String fingerprint(TrainingSet learned, TrainingSet heldOut) throws IOException {
        StringBuilder text = new StringBuilder(request.command()).append('\n').append(recipe);
        for (TrainingSet set : List.of(learned, heldOut)) {
            for (LabelledPicture labelled : set.pictures()) {
                text.append('\n').append(labelled.file()).append(' ').append(Files.size(labelled.file()));
            }
        }
        return Sha256.of(text.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static String readNotes(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new TrainingInputException(
                    "cannot read the notes for the model card, " + file + ": " + e.getMessage(), e);
        }
    }
}
