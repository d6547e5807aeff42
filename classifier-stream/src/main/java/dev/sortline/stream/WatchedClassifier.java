// SPDX-License-Identifier: Apache-2.0
package dev.sortline.stream;

import dev.sortline.classifier.Classification;
import dev.sortline.classifier.DecodedImage;
import dev.sortline.classifier.ImageClassifier;
import dev.sortline.classifier.InferenceTuning;
import dev.sortline.classifier.ModelPackage;
import dev.sortline.classifier.UnreadableImageException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/** A classifier that knows since when each thread has been waiting for its answer. */
final class WatchedClassifier implements ImageClassifier {
    private final ImageClassifier watched;
    private final LongSupplier nanoTime;
    private final Map<Thread, Long> waitingSinceNanos = new ConcurrentHashMap<>();

    /** @param nanoTime a clock that only ever goes forward, in nanoseconds */
    WatchedClassifier(ImageClassifier watched, LongSupplier nanoTime) {
        this.watched = watched;
        this.nanoTime = nanoTime;
    }

    /** Whether a thread has been waiting for an answer for longer than that. */
    boolean isAwaitedLongerThan(Duration time) {
        long now = nanoTime.getAsLong();
        return waitingSinceNanos.values().stream().anyMatch(since -> now - since > time.toNanos());
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
    public DecodedImage decode(byte[] image) throws UnreadableImageException {
        return watched.decode(image);
    }

    @Override
    public Classification classify(DecodedImage image) {
        waitingSinceNanos.put(Thread.currentThread(), nanoTime.getAsLong());
        try {
            return watched.classify(image);
        } finally {
            waitingSinceNanos.remove(Thread.currentThread());
        }
    }

    @Override
    public List<Classification> classify(List<DecodedImage> batch) {
        return watched.classify(batch);
    }

    @Override
    public void close() {
        watched.close();
    }
}
