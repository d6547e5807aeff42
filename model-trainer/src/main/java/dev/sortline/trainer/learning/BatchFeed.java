// SPDX-License-Identifier: Apache-2.0
package dev.sortline.trainer.learning;

import dev.sortline.classifier.image.UnreadableImageException;
import dev.sortline.classifier.model.ModelPackage;
import dev.sortline.classifier.model.PixelScaling;
import dev.sortline.trainer.augmentation.Augmentation;
import dev.sortline.trainer.augmentation.AugmentationPainter;
import dev.sortline.trainer.augmentation.BeltTexture;
import dev.sortline.trainer.augmentation.Matte;
import dev.sortline.trainer.augmentation.TexturePool;
import dev.sortline.trainer.network.Network;
import dev.sortline.trainer.pictures.LabelledPicture;
import dev.sortline.trainer.pictures.Picture;
import dev.sortline.trainer.pictures.PictureReader;
import dev.sortline.trainer.pictures.TrainingSet;
import dev.sortline.trainer.progress.TrainingInputException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Optional;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Paints the batches of an epoch ahead of the training, on a thread of its own. What a batch holds follows from the seed, the epoch and its
 * place alone, so that a run which was broken off goes on with the very batches that it would have had.
 */
final class BatchFeed implements AutoCloseable {
    private static final int AHEAD = 3;

    private final TrainingSet set;
    private final Network network;
    private final Recipe recipe;
    private final long seed;
    private final PictureReader reader;
    private final TexturePool textures;
    private final AugmentationPainter painter = new AugmentationPainter();
    private final double[] labelWeights;
    private final int emptyLabel;
    private final int pictures;
    private final ExecutorService painting = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "batch-feed");
        thread.setDaemon(true);
        return thread;
    });

    BatchFeed(TrainingSet set, Network network, Recipe recipe, long seed, PictureReader reader) {
        this.set = set;
        this.network = network;
        this.recipe = recipe;
        this.seed = seed;
        this.reader = reader;
        this.textures = new TexturePool(seed);
        this.emptyLabel = set.labels().indexOf(ModelPackage.EMPTY_LABEL);
        this.pictures = set.size() + (emptyLabel < 0 ? 0 : (int) Math.round(recipe.emptyShare() * set.size()));
        this.labelWeights = labelWeights();
    }

    /** Batches an epoch. */
    int batches() {
        return (pictures + recipe.batch() - 1) / recipe.batch();
    }

    /** The batches of an epoch, counted from 0, one after the other; to be called from one thread. */
    Batches epoch(int epoch) {
        return new Batches(epoch);
    }

    @Override
    public void close() {
        painting.shutdownNow();
        painter.close();
    }

    /** The batches of one epoch. */
    final class Batches {
        private final int epoch;
        private final int[] order;
        private final Queue<CompletableFuture<Batch>> ahead = new ArrayDeque<>();
        private int next;

        private Batches(int epoch) {
            this.epoch = epoch;
            this.order = order(epoch);
            for (int i = 0; i < AHEAD; i++) {
                paintNext();
            }
        }

        /** Waits for the next batch; there are {@link #batches}. */
        Batch take() {
            Batch batch;
            try {
                batch = ahead.remove().join();
            } catch (CompletionException e) {
                throw e.getCause() instanceof RuntimeException cause ? cause : e;
            }
            paintNext();
            return batch;
        }

        private void paintNext() {
            int index = next++;
            if (index < batches()) {
                ahead.add(CompletableFuture.supplyAsync(() -> batch(epoch, order, index), painting));
            }
        }
    }

    private int[] order(int epoch) {
        SplittableRandom random = new SplittableRandom(seed * 1_000_003 + epoch);
        int[] order = new int[pictures];
        for (int i = 0; i < pictures; i++) {
            int at = random.nextInt(i + 1);
            order[i] = order[at];
            order[at] = i;
        }
        return order;
    }

    private Batch batch(int epoch, int[] order, int index) {
        int from = index * recipe.batch();
        int count = Math.min(recipe.batch(), order.length - from);
        Stage stage = recipe.stage(epoch);
        int size = stage.pictureSize();
        SplittableRandom random = new SplittableRandom((seed * 1_000_003 + epoch) * 1_000_003 + index);
        float[] images = new float[count * size * size * 3];
        float[] truths = new float[count * set.labels().size()];
        float[] weights = new float[count];
        for (int i = 0; i < count; i++) {
            int picture = order[from + i];
            int label = picture < set.size() ? set.truths().get(picture) : emptyLabel;
            paint(picture, size, random.split(), images, i * size * size * 3);
            truths[i * set.labels().size() + label] = 1;
            weights[i] = (float) labelWeights[label];
        }
        if (recipe.mixing() > 0) {
            mix(images, truths, weights, random);
        }
        return new Batch(count, size, images, truths, weights, kept(count, random));
    }

    private void paint(int picture, int size, SplittableRandom random, float[] images, int offset) {
        Augmentation augmentation = Augmentation.random(random, recipe.augmentation(), textures);
        PixelScaling scaling = network.scaling();
        if (picture >= set.size()) {
            Picture belt = BeltTexture.empty(random);
            painter.paintInto(
                    images,
                    offset,
                    scaling,
                    belt,
                    Optional.empty(),
                    augmentation.withoutCover(),
                    size,
                    random.nextLong());
            return;
        }
        LabelledPicture labelled = set.pictures().get(picture);
        boolean isEmpty = set.truths().get(picture) == emptyLabel;
        try {
            Picture pixels = reader.read(labelled.file());
            Optional<Matte> matte =
                    augmentation.backdrop().isPresent() && !isEmpty ? Matte.of(pixels) : Optional.empty();
            painter.paintInto(
                    images,
                    offset,
                    scaling,
                    pixels,
                    matte,
                    isEmpty ? augmentation.withoutCover() : augmentation,
                    size,
                    random.nextLong());
        } catch (UnreadableImageException e) {
            throw new TrainingInputException(
                    "%s could be read before and cannot now: leave the data alone while it is trained on"
                            .formatted(labelled.file()),
                    e);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + labelled.file(), e);
        }
    }

    /** Each picture with the one that stands opposite it in the batch. */
    private void mix(float[] images, float[] truths, float[] weights, SplittableRandom random) {
        int count = weights.length;
        int pixels = images.length / count;
        int labels = truths.length / count;
        for (int i = 0; i < count / 2; i++) {
            int other = count - 1 - i;
            float share = (float) Beta.symmetric(random, recipe.mixing());
            swapInto(images, i * pixels, other * pixels, pixels, share);
            swapInto(truths, i * labels, other * labels, labels, share);
            swapInto(weights, i, other, 1, share);
        }
    }

    /** {@code a} keeps {@code 1 - share} of itself and takes {@code share} of {@code b}, and the other way round. */
    private static void swapInto(float[] values, int a, int b, int length, float share) {
        for (int i = 0; i < length; i++) {
            float difference = share * (values[b + i] - values[a + i]);
            values[a + i] += difference;
            values[b + i] -= difference;
        }
    }

    private float[] kept(int count, SplittableRandom random) {
        float[] kept = new float[count * network.features()];
        float scale = (float) (1 / (1 - recipe.dropout()));
        if (recipe.dropout() == 0) {
            Arrays.fill(kept, 1);
            return kept;
        }
        for (int i = 0; i < kept.length; i++) {
            kept[i] = random.nextDouble() < recipe.dropout() ? 0 : scale;
        }
        return kept;
    }

    /** Frequency to the power of minus the recipe's balance, scaled so that the mean over the pictures is 1. */
    private double[] labelWeights() {
        double[] counts = new double[set.labels().size()];
        set.truths().forEach(truth -> counts[truth]++);
        if (emptyLabel >= 0) {
            counts[emptyLabel] += pictures - set.size();
        }
        double[] scaled = new double[counts.length];
        double sum = 0;
        for (int i = 0; i < counts.length; i++) {
            scaled[i] = Math.pow(Math.max(1, counts[i]), -recipe.balance());
            sum += counts[i] * scaled[i];
        }
        for (int i = 0; i < counts.length; i++) {
            scaled[i] *= pictures / sum;
        }
        return scaled;
    }
}
