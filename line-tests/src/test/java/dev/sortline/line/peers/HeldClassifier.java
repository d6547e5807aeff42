// SPDX-License-Identifier: Apache-2.0
package dev.sortline.line.peers;

import dev.sortline.classifier.Classification;
import dev.sortline.classifier.ImageClassifier;
import dev.sortline.classifier.engine.Engine;
import dev.sortline.classifier.engine.Precision;
import dev.sortline.classifier.image.DecodedImage;
import dev.sortline.classifier.image.PictureRegion;
import dev.sortline.classifier.model.ModelPackage;
import dev.sortline.classifier.network.InferenceTuning;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** A classifier under the test's hand: it sees glass everywhere, but answers nobody until it is let go, and fails when it is closed before. */
public final class HeldClassifier implements ImageClassifier {
    private final ModelPackage model = ModelPackage.load(Samples.model());
    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch held;
    private volatile boolean closed;

    private HeldClassifier(int held) {
        this.held = new CountDownLatch(held);
    }

    public static HeldClassifier held() {
        return new HeldClassifier(1);
    }

    public static HeldClassifier letGo() {
        return new HeldClassifier(0);
    }

    /** What was held is answered, and so is all that comes. */
    public void letAllGo() {
        held.countDown();
    }

    public boolean isAsked() {
        return asked.getCount() == 0;
    }

    @Override
    public ModelPackage model() {
        return model;
    }

    @Override
    public InferenceTuning tuning() {
        return new InferenceTuning(Engine.TENSORFLOW, Precision.FLOAT32, 1, 1, 1, 0);
    }

    @Override
    public DecodedImage decode(byte[] image, PictureRegion region) {
        return () -> {};
    }

    @Override
    public Classification classify(DecodedImage image) {
        asked.countDown();
        try {
            held.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        if (closed) {
            throw new IllegalStateException("the network is gone");
        }
        var probabilities = new float[model.labels().size()];
        probabilities[model.labels().indexOf("glass")] = 1;
        return new Classification(model.labels(), probabilities);
    }

    @Override
    public List<Classification> classify(List<DecodedImage> batch) {
        return batch.stream().map(this::classify).toList();
    }

    @Override
    public void close() {
        closed = true;
        held.countDown();
    }
}
