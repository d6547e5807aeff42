// SPDX-License-Identifier: Apache-2.0
package dev.sortline.trainer;

import dev.sortline.classifier.model.ModelManifest;
import dev.sortline.classifier.model.ModelPackage;
import dev.sortline.classifier.model.NetworkOutput;
import dev.sortline.classifier.model.Sha256;
import dev.sortline.classifier.runtime.TensorFlowLibrary;
import dev.sortline.trainer.learning.Checkpoint;
import dev.sortline.trainer.learning.Recipe;
import dev.sortline.trainer.learning.TrainedNetwork;
import dev.sortline.trainer.learning.TrainingLoop;
import dev.sortline.trainer.network.FrozenModel;
import dev.sortline.trainer.network.Network;
import dev.sortline.trainer.network.NpyArray;
import dev.sortline.trainer.packages.PackageFolder;
import dev.sortline.trainer.pictures.FurtherPictures;
import dev.sortline.trainer.pictures.LabelledFolders;
import dev.sortline.trainer.pictures.LabelledPicture;
import dev.sortline.trainer.pictures.PictureReader;
import dev.sortline.trainer.pictures.TrainingSet;
import dev.sortline.trainer.progress.ProgressListener;
import dev.sortline.trainer.progress.TrainingInputException;
import dev.sortline.trainer.teaching.AnswerBook;
import dev.sortline.trainer.teaching.Teachers;
import dev.sortline.trainer.tflite.writing.FloatForms;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Trains a network on folders of labelled pictures and writes it as a model package: finds and reads the pictures, holds some out where none
 * are given for validation, lets the {@link TrainingLoop} learn, from teachers too where there are some, and writes what came of it with a card.
 */
public final class Training {
    private final TrainingRequest request;
    private final Recipe recipe;
    private final InstantSource clock;
    private final ProgressListener progress;

    Training(TrainingRequest request, Recipe recipe, InstantSource clock, ProgressListener progress) {
        this.request = request;
        this.recipe = recipe;
        this.clock = clock;
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
        return new Training(request, request.architecture().recipe(request), InstantSource.system(), progress).run();
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
        Optional<LabelledFolders> furtherFolders = request.further().map(source -> furtherFolders(source, labels));
        Optional<LabelledFolders> validationFolders =
                request.validation().map(folder -> validationFolders(folder, labels));
        Network network = request.architecture().network(request, labels.size());
        try (Teachers teachers = Teachers.open(request.teachers(), labels);
                PictureReader reader = new PictureReader(recipe.inputSize())) {
            TrainingSet readable = TrainingSet.readable(folders.pictures(), labels, reader, progress);
            requireTwoOfEach(readable);
            Optional<FurtherPictures> further = Optional.empty();
            if (furtherFolders.isPresent()) {
                further = Optional.of(further(furtherFolders.get(), labels, reader));
            }
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
            String fingerprint = fingerprint(learned, further, teachers, heldOut);
            Checkpoint checkpoint = new Checkpoint(request.out(), fingerprint, clock);
            TrainedNetwork trained;
            if (teachers.isEmpty()) {
                trained = new TrainingLoop(
                                network, recipe, learned, further, Optional.empty(), heldOut, reader, progress)
                        .run(request.seed(), request.runs(), checkpoint);
            } else {
                try (AnswerBook book = AnswerBook.open(teachers, request.out(), fingerprint)) {
                    trained = new TrainingLoop(
                                    network, recipe, learned, further, Optional.of(book), heldOut, reader, progress)
                            .run(request.seed(), request.runs(), checkpoint);
                }
            }
            TrainingFacts facts = new TrainingFacts(
                    request,
                    recipe,
                    network.description(),
                    counts(folders, furtherFolders),
                    learned.size(),
                    trained.accuracies(),
                    trained.validation(),
                    checkpoint.effort(),
                    notes);
            place.write(folder -> write(folder, network, trained.weights(), labels, facts));
            checkpoint.delete();
            AnswerBook.delete(request.out());
            return new TrainedModel(
                    ModelPackage.load(request.out()),
                    learned.size() + further.map(more -> more.set().size()).orElse(0),
                    folders.pictures().size()
                            - readable.size()
                            + furtherFolders
                                    .map(found -> found.pictures().size())
                                    .orElse(0)
                            - further.map(more -> more.set().size()).orElse(0),
                    trained.validation().pictures(),
                    trained.validation().accuracy());
        }
    }

    private void write(
            Path folder, Network network, Map<String, NpyArray> weights, List<String> labels, TrainingFacts facts)
            throws IOException {
        FrozenModel.write(
                folder.resolve(ModelPackage.SAVED_MODEL_FILE), network, weights, recipe.inputSize(), labels.size());
        FloatForms.write(folder, recipe.inputSize());
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

    private LabelledFolders furtherFolders(FurtherSource source, List<String> labels) {
        LabelledFolders folders = LabelledFolders.list(List.of(source.folder()));
        List<String> taken = source.labels().isEmpty() ? List.copyOf(folders.labels()) : source.labels();
        for (String label : taken) {
            if (!folders.labels().contains(label)) {
                throw new TrainingInputException("%s has no folder %s to take pictures from: it has %s"
                        .formatted(source.folder(), label, folders.labels()));
            }
            if (!labels.contains(label)) {
                throw new TrainingInputException(
                        "%s has a folder %s, which %s does not have: name the labels that are to be taken from it, of %s"
                                .formatted(source.folder(), label, request.data(), labels));
            }
        }
        return folders.only(taken);
    }

    private FurtherPictures further(LabelledFolders folders, List<String> labels, PictureReader reader)
            throws IOException {
        TrainingSet set = TrainingSet.readable(folders.pictures(), labels, reader, progress);
        FurtherSource source = request.further().orElseThrow();
        if (set.size() == 0) {
            throw new TrainingInputException("none of the images in %s can be read".formatted(source.folder()));
        }
        return new FurtherPictures(set, source.share());
    }

    private static Map<Path, Map<String, Integer>> counts(
            LabelledFolders folders, Optional<LabelledFolders> furtherFolders) {
        Map<Path, Map<String, Integer>> counts = new LinkedHashMap<>(folders.counts());
        furtherFolders.ifPresent(more -> counts.putAll(more.counts()));
        return counts;
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
    private String fingerprint(
            TrainingSet learned, Optional<FurtherPictures> further, Teachers teachers, TrainingSet heldOut)
            throws IOException {
        List<TrainingSet> sets = new ArrayList<>(List.of(learned, heldOut));
        further.ifPresent(more -> sets.add(more.set()));
        StringBuilder text = new StringBuilder(request.command())
                .append('\n')
                .append(recipe)
                .append('\n')
                .append(teachers.digest());
        for (TrainingSet set : sets) {
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
