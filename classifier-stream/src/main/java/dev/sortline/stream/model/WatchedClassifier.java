// SPDX-License-Identifier: Apache-2.0
package dev.sortline.stream.model;

import dev.sortline.classifier.Classification;
import dev.sortline.classifier.ImageClassifier;
import dev.sortline.classifier.image.DecodedImage;
import dev.sortline.classifier.image.PictureRegion;
import dev.sortline.classifier.image.UnreadableImageException;
import dev.sortline.classifier.integrity.CoarsePicture;
import dev.sortline.classifier.model.ModelPackage;
import dev.sortline.classifier.network.ClassifierClosedException;
import dev.sortline.classifier.network.InferenceTuning;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntConsumer;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/**
 * A classifier that knows since when each thread has been waiting for its answer, and that can be left: from then on it answers nobody,
 * also not who waits already, so that no frame is judged by a classifier that is being closed.
 */
final class WatchedClassifier implements ImageClassifier {
    private final ImageClassifier watched;
    private final LongSupplier nanoTime;
    private final Map<Thread, Long> waitingSinceNanos = new ConcurrentHashMap<>();
    private volatile boolean left;

    /** @param nanoTime a clock that only ever goes forward, in nanoseconds */
    WatchedClassifier(ImageClassifier watched, LongSupplier nanoTime) {
        this.watched = watched;
        this.nanoTime = nanoTime;
    }

    /** How many threads have been waiting for an answer for longer than that. */
    long awaitedLongerThan(Duration time) {
        long now = nanoTime.getAsLong();
        return waitingSinceNanos.values().stream()
                .filter(since -> now - since > time.toNanos())
                .count();
    }

    ImageClassifier watched() {
        return watched;
    }

    /** How many threads wait for an answer. */
    int awaited() {
        return waitingSinceNanos.size();
    }

    /** From now on every answer is a {@link ClassifierClosedException}. */
    void leave() {
        left = true;
    }

    @Override
    public ModelPackage model() {
        return watched.model();
    }

    @Override
    public InferenceTuning tuning() {
        return watched.tuning();
    }

    @Override
    public void watchRuns(IntConsumer pictures) {
        watched.watchRuns(pictures);
    }

    @Override
    public DecodedImage decode(byte[] image, PictureRegion region) throws UnreadableImageException {
        return decoded(() -> Optional.of(watched.decode(image, region))).orElseThrow();
    }

    @Override
    public Optional<DecodedImage> decodeUnless(Predicate<CoarsePicture> known, byte[] image, PictureRegion region)
            throws UnreadableImageException {
        return decoded(() -> watched.decodeUnless(known, image, region));
    }

    private interface Decoding {
        Optional<DecodedImage> run() throws UnreadableImageException;
    }

    private Optional<DecodedImage> decoded(Decoding decoding) throws UnreadableImageException {
        begin();
        Optional<DecodedImage> decoded;
        try {
            decoded = decoding.run();
        } catch (UnreadableImageException | RuntimeException e) {
            requireNotLeft();
            throw e;
        } finally {
            end();
        }
        if (left) {
            decoded.ifPresent(DecodedImage::close);
        }
        requireNotLeft();
        return decoded;
    }

    @Override
    public Classification classify(DecodedImage image) {
        begin();
        Classification classification;
        try {
            classification = watched.classify(image);
        } catch (RuntimeException e) {
            requireNotLeft();
            throw e;
        } finally {
            end();
        }
        requireNotLeft();
        return classification;
    }

    @Override
    public List<Classification> classify(List<DecodedImage> batch) {
        return watched.classify(batch);
    }

    @Override
    public void close() {
        watched.close();
    }

    private void begin() {
        requireNotLeft();
        waitingSinceNanos.put(Thread.currentThread(), nanoTime.getAsLong());
    }

    private void end() {
        waitingSinceNanos.remove(Thread.currentThread());
    }

    private void requireNotLeft() {
        if (left) {
            throw new ClassifierClosedException();
        }
    }
}
