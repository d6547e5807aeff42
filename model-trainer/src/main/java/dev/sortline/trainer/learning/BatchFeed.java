// SPDX-License-Identifier: Apache-2.0
package dev.sortline.trainer.learning;

import dev.sortline.classifier.image.UnreadableImageException;
import dev.sortline.classifier.model.ModelPackage;
import dev.sortline.classifier.model.PixelScaling;
import dev.sortline.trainer.augmentation.Augmentation;
import dev.sortline.trainer.augmentation.AugmentationPainter;
import dev.sortline.trainer.augmentation.AugmentationRanges;
import dev.sortline.trainer.augmentation.BeltTexture;
import dev.sortline.trainer.augmentation.Matte;
import dev.sortline.trainer.augmentation.TexturePool;
import dev.sortline.trainer.network.Network;
import dev.sortline.trainer.pictures.FurtherPictures;
import dev.sortline.trainer.pictures.LabelledPicture;
import dev.sortline.trainer.pictures.Picture;
import dev.sortline.trainer.pictures.PictureReader;
import dev.sortline.trainer.pictures.TrainingSet;
import dev.sortline.trainer.progress.TrainingInputException;
import dev.sortline.trainer.teaching.AnswerBook;
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
import java.util.concurrent.TimeUnit;

/**
 * Paints the batches of an epoch ahead of the training, on a thread of its own. What a batch holds follows from the seed, the epoch and its
 * place alone, so that a run which was broken off goes on with the very batches that it would have had.
 */
final class BatchFeed implements AutoCloseable {
    private static final int AHEAD = 3;

    private final TrainingSet set;
    private final Optional<FurtherPictures> further;
    private final Optional<AnswerBook> teachers;
    private final Network network;
    private final Recipe recipe;
    private final long seed;
    private final PictureReader reader;
    private final TexturePool textures;
    private final AugmentationPainter painter = new AugmentationPainter();
    private final double[] labelWeights;
    private final int emptyLabel;
    /** With the empty belts that are made up. */
    private final int ownPictures;

    private final ShownPictures shown;
    private final ExecutorService painting = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "batch-feed");
        thread.setDaemon(true);
        return thread;
    });

    BatchFeed(
            TrainingSet set,
            Optional<FurtherPictures> further,
            Optional<AnswerBook> teachers,
            Network network,
            Recipe recipe,
            long seed,
            PictureReader reader) {
        this.set = set;
        this.further = further;
        this.teachers = teachers;
        this.network = network;
        this.recipe = recipe;
        this.seed = seed;
        this.reader = reader;
        this.textures = new TexturePool(seed);
        this.emptyLabel = set.labels().indexOf(ModelPackage.EMPTY_LABEL);
        this.ownPictures = set.size() + (emptyLabel < 0 ? 0 : (int) Math.round(recipe.emptyShare() * set.size()));
        this.shown = new ShownPictures(
                ownPictures,
                further.map(more -> more.set().size()).orElse(0),
                recipe.batch(),
                further.map(FurtherPictures::share).orElse(0.0),
                seed);
        this.labelWeights = labelWeights();
    }

    /** Batches an epoch. */
    int batches() {
        return shown.batches();
    }

    /** The batches of an epoch from one on, both counted from 0, one after the other; to be called from one thread. */
    Batches epoch(int epoch, int fromBatch) {
        return new Batches(epoch, fromBatch);
    }

    @Override
    public void close() {
        painting.shutdownNow();
        try {
            // What paints may not be taken from a thread that paints.
            painting.awaitTermination(1, TimeUnit.MINUTES);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        painter.close();
    }

    /** The batches of one epoch. */
    final class Batches {
        private final int epoch;
        private final int[][] pictures;
        private final Queue<CompletableFuture<Batch>> ahead = new ArrayDeque<>();
        private int next;

        private Batches(int epoch, int fromBatch) {
            this.epoch = epoch;
            this.pictures = shown.epoch(epoch);
            this.next = fromBatch;
            for (int i = 0; i < AHEAD; i++) {
                paintNext();
            }
        }

        /** Waits for the next batch; the last is the one before {@link #batches}. */
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
            if (index < pictures.length) {
                ahead.add(CompletableFuture.supplyAsync(() -> batch(epoch, pictures[index], index), painting));
            }
        }
    }

    private Batch batch(int epoch, int[] pictures, int index) {
        int count = pictures.length;
        Stage stage = recipe.stage(epoch);
        AugmentationRanges ranges = recipe.augmentation().times(stage.strength());
        int size = stage.pictureSize();
        SplittableRandom random = new SplittableRandom((seed * 1_000_003 + epoch) * 1_000_003 + index);
        float[] images = new float[count * size * size * 3];
        float[] truths = new float[count * set.labels().size()];
        float[] lessons = new float[teachers.isPresent() ? truths.length : 0];
        float[] weights = new float[count];
        for (int i = 0; i < count; i++) {
            int label = label(pictures[i]);
            if (teachers.isPresent()) {
                long number = shotNumber(epoch, pictures[i]);
                ChosenShot shot = shot(pictures[i], ranges, new SplittableRandom(number));
                paint(shot, size, images, i);
                float[] answer = teachers.get().answer(number, (side, scaling) -> painted(shot, side, scaling));
                System.arraycopy(Lesson.softened(answer), 0, lessons, i * answer.length, answer.length);
            } else {
                paint(shot(pictures[i], ranges, random.split()), size, images, i);
            }
            truths[i * set.labels().size() + label] = 1;
            weights[i] = (float) labelWeights[label];
        }
        if (recipe.mixing() > 0) {
            mix(images, truths, lessons, weights, random);
        }
        return new Batch(count, size, images, truths, lessons, weights, kept(count, random));
    }

    private boolean isMadeUp(int picture) {
        return picture >= set.size() && picture < ownPictures;
    }

    private int label(int picture) {
        if (isMadeUp(picture)) {
            return emptyLabel;
        }
        return picture < ownPictures
                ? set.truths().get(picture)
                : further.orElseThrow().set().truths().get(picture - ownPictures);
    }

    private LabelledPicture picture(int picture) {
        return picture < ownPictures
                ? set.pictures().get(picture)
                : further.orElseThrow().set().pictures().get(picture - ownPictures);
    }

    /** The same for the same shot of the same picture, and for no other: epochs take a few in turn, of either strength. */
    private long shotNumber(int epoch, int picture) {
        long strength = Math.round(1000 * recipe.stage(epoch).strength());
        long shot = epoch % Lesson.SHOTS;
        return (((seed * 1_000_003 + strength) * 1_000_003 + shot) << Integer.SIZE) + picture;
    }

    private ChosenShot shot(int picture, AugmentationRanges ranges, SplittableRandom random) {
        Augmentation augmentation = Augmentation.random(random, ranges, textures);
        if (isMadeUp(picture)) {
            Picture belt = BeltTexture.empty(random);
            return new ChosenShot(belt, Optional.empty(), augmentation.withoutCover(), random.nextLong());
        }
        LabelledPicture labelled = picture(picture);
        boolean isEmpty = label(picture) == emptyLabel;
        try {
            Picture pixels = reader.read(labelled.file());
            Optional<Matte> matte =
                    augmentation.backdrop().isPresent() && !isEmpty ? Matte.of(pixels) : Optional.empty();
            return new ChosenShot(
                    pixels, matte, isEmpty ? augmentation.withoutCover() : augmentation, random.nextLong());
        } catch (UnreadableImageException e) {
            throw new TrainingInputException(
                    "%s could be read before and cannot now: leave the data alone while it is trained on"
                            .formatted(labelled.file()),
                    e);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + labelled.file(), e);
        }
    }

    private void paint(ChosenShot shot, int size, float[] images, int place) {
        paintInto(images, place * size * size * 3, shot, size, network.scaling());
    }

    private float[] painted(ChosenShot shot, int size, PixelScaling scaling) {
        float[] pixels = new float[size * size * 3];
        paintInto(pixels, 0, shot, size, scaling);
        return pixels;
    }

    private void paintInto(float[] pixels, int offset, ChosenShot shot, int size, PixelScaling scaling) {
        painter.paintInto(
                pixels, offset, scaling, shot.picture(), shot.matte(), shot.augmentation(), size, shot.grainSeed());
    }

    /** All that chance decides of a shot. */
    private record ChosenShot(Picture picture, Optional<Matte> matte, Augmentation augmentation, long grainSeed) {}

    /** Each picture with the one that stands opposite it in the batch. */
    private void mix(float[] images, float[] truths, float[] lessons, float[] weights, SplittableRandom random) {
        int count = weights.length;
        int pixels = images.length / count;
        int labels = truths.length / count;
        for (int i = 0; i < count / 2; i++) {
            int other = count - 1 - i;
            float share = (float) Beta.symmetric(random, recipe.mixing());
            swapInto(images, i * pixels, other * pixels, pixels, share);
            swapInto(truths, i * labels, other * labels, labels, share);
            if (lessons.length > 0) {
                swapInto(lessons, i * labels, other * labels, labels, share);
            }
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

    /** Frequency in an epoch to the power of minus the recipe's balance, scaled so that the mean over the pictures is 1. */
    private double[] labelWeights() {
        double[] counts = new double[set.labels().size()];
        set.truths().forEach(truth -> counts[truth]++);
        if (emptyLabel >= 0) {
            counts[emptyLabel] += ownPictures - set.size();
        }
        further.ifPresent(more -> more.set()
                .truths()
                .forEach(truth -> counts[truth] +=
                        (double) shown.furtherShown() / more.set().size()));
        double[] scaled = new double[counts.length];
        double sum = 0;
        for (int i = 0; i < counts.length; i++) {
            scaled[i] = Math.pow(Math.max(1, counts[i]), -recipe.balance());
            sum += counts[i] * scaled[i];
        }
        for (int i = 0; i < counts.length; i++) {
            scaled[i] *= (ownPictures + shown.furtherShown()) / sum;
        }
        return scaled;
    }
}
