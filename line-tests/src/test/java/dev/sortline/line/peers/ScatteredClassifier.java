// SPDX-License-Identifier: Apache-2.0
package dev.sortline.line.peers;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sortline.classifier.Classification;
import dev.sortline.classifier.ImageClassifier;
import dev.sortline.classifier.engine.Engine;
import dev.sortline.classifier.engine.Precision;
import dev.sortline.classifier.image.DecodedImage;
import dev.sortline.classifier.image.PictureRegion;
import dev.sortline.classifier.model.ModelPackage;
import dev.sortline.classifier.network.ClassifierClosedException;
import dev.sortline.classifier.network.InferenceTuning;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A classifier under the test's hand, to which a picture is its name: it sees glass everywhere, and answers each when it is told to. */
public final class ScatteredClassifier implements ImageClassifier {
    private final ModelPackage model = ModelPackage.load(Samples.model());
    private final Map<String, CompletableFuture<Void>> pictures = new ConcurrentHashMap<>();
    private final Set<String> asked = ConcurrentHashMap.newKeySet();
    private final Deque<String> waiting = new ConcurrentLinkedDeque<>();
    private final AtomicInteger answered = new AtomicInteger();
    private final int atOnce;
    private volatile boolean waits;
    private volatile boolean closed;

    private record Named(String name) implements DecodedImage {
        @Override
        public void close() {}
    }

    /** @param atOnce so many pictures are best asked of it at the same time, an even number */
    public ScatteredClassifier(int atOnce) {
        this.atOnce = atOnce;
        this.waits = true;
    }

    /** One that answers whatever it is asked. */
    public static ScatteredClassifier atOnce() {
        var classifier = new ScatteredClassifier(2);
        classifier.waits = false;
        return classifier;
    }

    /** The pictures of which it was asked. */
    public Set<String> asked() {
        return asked;
    }

    /** How many answers it has given. */
    public int answered() {
        return answered.get();
    }

    public void answer(String picture) {
        of(picture).complete(null);
    }

    /** Answers all that wait, the one that was asked last first. */
    public void answerThoseThatWait() {
        for (@Nullable String last = waiting.pollLast(); last != null; last = waiting.pollLast()) {
            answer(last);
        }
    }

    @Override
    public ModelPackage model() {
        return model;
    }

    @Override
    public InferenceTuning tuning() {
        return new InferenceTuning(Engine.TENSORFLOW, Precision.FLOAT32, atOnce / 2, 1, 1, 0);
    }

    @Override
    public DecodedImage decode(byte[] image, PictureRegion region) {
        return new Named(new String(image, UTF_8));
    }

    @Override
    public Classification classify(DecodedImage image) {
        String name = ((Named) image).name();
        asked.add(name);
        if (waits) {
            waiting.add(name);
            try {
                of(name).join();
            } catch (CompletionException e) {
                throw new ClassifierClosedException();
            }
        }
        answered.incrementAndGet();
        var probabilities = new float[model.labels().size()];
        probabilities[model.labels().indexOf("glass")] = 1;
        return new Classification(model.labels(), probabilities);
    }

    @Override
    public List<Classification> classify(List<DecodedImage> batch) {
        return batch.stream().map(this::classify).toList();
    }

    /** Refuses whoever waits. */
    @Override
    public void close() {
        closed = true;
        pictures.values().forEach(each -> each.completeExceptionally(new ClassifierClosedException()));
    }

    private CompletableFuture<Void> of(String picture) {
        var waiting = pictures.computeIfAbsent(picture, unused -> new CompletableFuture<>());
        if (closed) {
            waiting.completeExceptionally(new ClassifierClosedException());
        }
        return waiting;
    }
}
