// SPDX-License-Identifier: Apache-2.0
package dev.sortline.stream.topology;

import dev.sortline.classifier.Classification;
import dev.sortline.classifier.ImageClassifier;
import dev.sortline.classifier.engine.Engine;
import dev.sortline.classifier.engine.Precision;
import dev.sortline.classifier.image.DecodedImage;
import dev.sortline.classifier.image.PictureRegion;
import dev.sortline.classifier.image.UnreadableImageException;
import dev.sortline.classifier.model.ModelPackage;
import dev.sortline.classifier.network.ClassifierClosedException;
import dev.sortline.classifier.network.InferenceTuning;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/**
 * Stands in for TensorFlow: the "image" is a word, and a second one makes it another picture of the same. A label is seen with 0.9,
 * {@code certain} as glass with 0.99, {@code unsure} as glass with 0.5 and 0.2 to the next, {@code either} as glass or metal,
 * {@code corrupt} cannot be decoded, {@code bug} fails, {@code held} waits until it is let go, and at {@code closed} the classifier is
 * closed.
 */
public final class WordClassifier implements ImageClassifier {
    static final List<String> LABELS = List.of("empty", "glass", "metal", "trash");

    private final List<String> labels;

    public final List<String> decoded = new ArrayList<>();
    /** Which part of each was asked for. */
    public final List<PictureRegion> parts = new ArrayList<>();

    public final CountDownLatch reached = new CountDownLatch(1);
    public CountDownLatch held = new CountDownLatch(0);
    public int runs = 1;
    public boolean closed;
    public int open;

    public WordClassifier() {
        this(LABELS);
    }

    /** @param labels in the order of its answers: those of {@link #LABELS}, perhaps in another order, perhaps with others */
    public WordClassifier(List<String> labels) {
        this.labels = labels;
    }

    @Override
    public ModelPackage model() {
        throw new AssertionError("the topology is told the model");
    }

    @Override
    public InferenceTuning tuning() {
        return new InferenceTuning(Engine.TENSORFLOW, Precision.FLOAT32, 1, runs, 1, 0);
    }

    @Override
    public DecodedImage decode(byte[] image, PictureRegion region) throws UnreadableImageException {
        String word = new String(image, StandardCharsets.UTF_8);
        decoded.add(word);
        parts.add(region);
        if (word.equals("corrupt")) {
            throw new UnreadableImageException(UnreadableImageException.Reason.CORRUPT, "no image in it");
        }
        open++;
        return new Word(word);
    }

    @Override
    public Classification classify(DecodedImage image) {
        return switch (((Word) image).word) {
            case "certain" -> of(0.0025f, 0.99f, 0.005f, 0.0025f);
            case "unsure" -> of(0.1f, 0.5f, 0.2f, 0.2f);
            case "either" -> of(0, 0.5f, 0.45f, 0.05f);
            case "held" -> held();
            case "closed" -> throw new ClassifierClosedException();
            case "bug" -> throw new IllegalStateException("nobody foresaw this");
            default -> seen(((Word) image).word.replaceFirst(" .*", ""));
        };
    }

    @Override
    public List<Classification> classify(List<DecodedImage> batch) {
        return batch.stream().map(this::classify).toList();
    }

    @Override
    public void close() {
        closed = true;
    }

    private Classification held() {
        reached.countDown();
        try {
            held.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        return seen("glass");
    }

    private Classification seen(String label) {
        float[] probabilities = new float[labels.size()];
        Arrays.fill(probabilities, 0.1f / (labels.size() - 1));
        probabilities[labels.indexOf(label)] = 0.9f;
        return new Classification(labels, probabilities);
    }

    private static Classification of(float... probabilities) {
        return new Classification(LABELS, probabilities);
    }

    private final class Word implements DecodedImage {
        private final String word;

        private Word(String word) {
            this.word = word;
        }

        @Override
        public void close() {
            open--;
        }
    }
}
