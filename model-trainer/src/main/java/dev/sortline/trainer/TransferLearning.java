// SPDX-License-Identifier: Apache-2.0
package dev.sortline.trainer;

import dev.sortline.classifier.ModelManifest;
import dev.sortline.classifier.ModelPackage;
import dev.sortline.classifier.NetworkOutput;
import dev.sortline.classifier.PixelScaling;
import dev.sortline.classifier.UnreadableImageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * Trains a head on a frozen MobileNetV2 and writes it as a model package.
 *
 * <p>Each picture's features are taken once, in several seeded views. A first head is trained without a held-out share and tells the
 * accuracy to expect and the temperature; the head that is written then learns from everything in the same way.
 */
public final class TransferLearning {
    private final TrainingOrder order;
    private final HeadRecipe recipe;
    private final TrainingProgress progress;

    TransferLearning(TrainingOrder order, HeadRecipe recipe, TrainingProgress progress) {
        this.order = order;
        this.recipe = recipe;
        this.progress = progress;
    }

    /**
     * Trains by the standard recipe. The package appears whole or not at all; the same order on the same data gives the same package.
     *
     * @throws TrainingInputException if the data, the weights or the place for the package cannot be used
     * @throws IOException if the disk fails
     */
    public static TrainedModel run(TrainingOrder order, TrainingProgress progress) throws IOException {
        return new TransferLearning(order, HeadRecipe.standard(order.seed()), progress).run();
    }

    TrainedModel run() throws IOException {
        PackageFolder place = new PackageFolder(order.out());
        String notes = order.notes().isPresent() ? readNotes(order.notes().get()) : "";
        PretrainedWeights weights = PretrainedWeights.read(order.base());
        MobileNetV2.requireFitting(weights);
        LabelledFolders folders = LabelledFolders.list(order.data());
        List<String> labels = List.copyOf(folders.labels());
        if (labels.size() < 2) {
            throw new TrainingInputException("only one label, %s, in %s: a classifier needs at least two class folders"
                    .formatted(labels.get(0), order.data()));
        }
        try (FeatureStore store = new FeatureStore(MobileNetV2.featureWidth(weights))) {
            FeatureSet set = extract(weights, folders, labels, store);
            Split split = Split.of(set, recipe);
            ClassifierHead probe = train(set, split.learned(), split.heldOut(), "trying");
            HeldOut heldOut = HeldOut.of(set, probe, split.heldOut());
            progress.note(String.format(
                    Locale.ROOT,
                    "held out %d pictures: accuracy %.3f, temperature %.3f",
                    split.heldOut().size(),
                    heldOut.accuracy(),
                    heldOut.temperature()));
            ClassifierHead head = train(set, split.all(), List.of(), "training");
            TrainingFacts facts = new TrainingFacts(
                    order,
                    recipe,
                    weights.name(),
                    folders.counts(),
                    set.pictures(),
                    split.heldOut().size(),
                    heldOut,
                    notes);
            place.write(folder -> write(folder, weights, head, labels, facts));
            int skipped = folders.images().size() - set.pictures();
            return new TrainedModel(
                    ModelPackage.load(order.out()),
                    set.pictures(),
                    skipped,
                    split.heldOut().size(),
                    heldOut.accuracy());
        }
    }

    private FeatureSet extract(
            PretrainedWeights weights, LabelledFolders folders, List<String> labels, FeatureStore store)
            throws IOException {
        List<LabelledImage> images = folders.images();
        List<Integer> truths = new ArrayList<>();
        SplittableRandom random = new SplittableRandom(recipe.seed());
        progress.begin("features", images.size());
        try (FeatureExtractor extractor = new FeatureExtractor(weights, recipe.inputSize())) {
            for (LabelledImage image : images) {
                SplittableRandom ofImage = random.split();
                try {
                    store.append(extractor.features(Files.readAllBytes(image.file()), views(ofImage)));
                    truths.add(labels.indexOf(image.label()));
                } catch (UnreadableImageException e) {
                    progress.skipped(image.file(), e.getMessage());
                }
                progress.step("");
            }
        } finally {
            progress.end();
        }
        for (int label = 0; label < labels.size(); label++) {
            if (Collections.frequency(truths, label) < 2) {
                throw new TrainingInputException(
                        "%s has fewer than two readable images in %s: add some or remove the folder"
                                .formatted(labels.get(label), order.data()));
            }
        }
        return new FeatureSet(store, recipe.views(), labels, truths);
    }

    private List<View> views(SplittableRandom random) {
        List<View> views = new ArrayList<>(List.of(View.PLAIN));
        while (views.size() < recipe.views()) {
            views.add(View.random(random, recipe.augmentation()));
        }
        return views;
    }

    private ClassifierHead train(FeatureSet set, List<Integer> learned, List<Integer> heldOut, String stage) {
        progress.begin(stage, recipe.epochs());
        try (HeadTraining training = new HeadTraining(set, recipe)) {
            return training.train(learned, (epoch, loss) -> {
                String note = String.format(Locale.ROOT, "loss %.4f", loss);
                if (!heldOut.isEmpty() && (epoch % 5 == 0 || epoch == recipe.epochs())) {
                    note += String.format(
                            Locale.ROOT, ", held-out accuracy %.3f", HeldOut.accuracy(set, training.head(), heldOut));
                }
                progress.step(note);
            });
        } finally {
            progress.end();
        }
    }

    private void write(
            Path folder, PretrainedWeights weights, ClassifierHead head, List<String> labels, TrainingFacts facts)
            throws IOException {
        FrozenModel.write(folder.resolve(ModelPackage.SAVED_MODEL_FILE), weights, head, recipe.inputSize());
        Files.writeString(folder.resolve(ModelPackage.LABELS_FILE), String.join("\n", labels) + "\n");
        ModelManifest manifest = new ModelManifest(
                order.name(),
                order.version(),
                recipe.inputSize(),
                PixelScaling.MINUS_ONE_TO_ONE,
                NetworkOutput.LOGITS,
                facts.heldOut().temperature(),
                ModelPackage.digestOf(folder));
        Files.writeString(folder.resolve(ModelPackage.MANIFEST_FILE), manifest.toJson());
        Files.writeString(folder.resolve(ModelPackage.CARD_FILE), ModelCard.of(manifest, labels, facts));
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
