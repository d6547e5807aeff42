// SPDX-License-Identifier: Apache-2.0
package dev.sortline.classifier;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.ByteDataBuffer;
import org.tensorflow.types.TFloat32;

/** The classifier on TensorFlow: one decoding session and one session of the network for the whole process. */
final class TensorFlowClassifier implements ImageClassifier {
    private static final Logger LOG = LoggerFactory.getLogger(TensorFlowClassifier.class);

    private final ModelPackage model;
    private final ImageDecoder decoder;
    private final SavedNetwork network;
    private final TemperedSoftmax softmax;
    private final AtomicBoolean closed = new AtomicBoolean();

    private TensorFlowClassifier(ModelPackage model, ImageDecoder decoder, SavedNetwork network) {
        this.model = model;
        this.decoder = decoder;
        this.network = network;
        this.softmax =
                new TemperedSoftmax(model.manifest().output(), model.manifest().temperature());
    }

    static TensorFlowClassifier open(ModelPackage model, ImageBounds bounds) {
        long start = System.nanoTime();
        ModelManifest manifest = model.manifest();
        SavedNetwork network = SavedNetwork.open(model.folder(), manifest.inputSize());
        TensorFlowClassifier classifier;
        try {
            ImageDecoder decoder = new ImageDecoder(manifest.inputSize(), manifest.scaling(), bounds);
            classifier = new TensorFlowClassifier(model, decoder, network);
        } catch (RuntimeException e) {
            network.close();
            throw e;
        }
        try {
            classifier.warmUp();
        } catch (ModelPackageException e) {
            classifier.close();
            throw e;
        } catch (UnreadableImageException | RuntimeException e) {
            classifier.close();
            throw new ModelPackageException(
                    "%s cannot be run: %s"
                            .formatted(model.folder().resolve(ModelPackage.SAVED_MODEL_FILE), e.getMessage()),
                    e);
        }
        LOG.info(
                "model {} {}: {} labels, {}x{} pixels, ready in {} ms",
                model.name(),
                model.version(),
                model.labels().size(),
                manifest.inputSize(),
                manifest.inputSize(),
                (System.nanoTime() - start) / 1_000_000);
        return classifier;
    }

    @Override
    public ModelPackage model() {
        return model;
    }

    @Override
    public DecodedImage decode(byte[] image) throws UnreadableImageException {
        requireOpen();
        return decoder.decode(image);
    }

    @Override
    public Classification classify(DecodedImage image) {
        requireOpen();
        return run(pixels(image)).get(0);
    }

    @Override
    public List<Classification> classify(List<DecodedImage> batch) {
        requireOpen();
        if (batch.isEmpty()) {
            return List.of();
        }
        if (batch.size() == 1) {
            return run(pixels(batch.get(0)));
        }
        try (TFloat32 stacked = stack(batch.stream().map(this::pixels).toList())) {
            return run(stacked);
        }
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            decoder.close();
            network.close();
        }
    }

    /** One decode a branch and one inference, so that TensorFlow has built its kernels before the first image. */
    private void warmUp() throws UnreadableImageException {
        decoder.warmUp();
        int size = model.manifest().inputSize();
        try (TFloat32 grey = TFloat32.tensorOf(
                Shape.of(1, size, size, 3), pixels -> pixels.scalars().forEach(p -> p.setFloat(0)))) {
            run(grey);
        }
    }

    private List<Classification> run(TFloat32 pixels) {
        float[][] rows = network.scores(pixels);
        List<Classification> answers = new ArrayList<>(rows.length);
        for (float[] row : rows) {
            if (row.length != model.labels().size()) {
                throw new ModelPackageException("%s has %d labels, but the network gives %d scores: correct it"
                        .formatted(
                                model.folder().resolve(ModelPackage.LABELS_FILE),
                                model.labels().size(),
                                row.length));
            }
            answers.add(new Classification(model.labels(), softmax.probabilities(row)));
        }
        return answers;
    }

    private TFloat32 stack(List<TFloat32> batch) {
        int size = model.manifest().inputSize();
        TFloat32 stacked = TFloat32.tensorOf(Shape.of(batch.size(), size, size, 3));
        ByteDataBuffer target = stacked.asRawTensor().data();
        long at = 0;
        for (TFloat32 pixels : batch) {
            ByteDataBuffer source = pixels.asRawTensor().data();
            source.copyTo(target.offset(at), source.size());
            at += source.size();
        }
        return stacked;
    }

    private TFloat32 pixels(DecodedImage image) {
        if (!(image instanceof PixelTensor tensor)) {
            throw new IllegalArgumentException("the image was not decoded by this classifier: " + image.getClass());
        }
        int size = model.manifest().inputSize();
        if (tensor.pixels().shape().get(1) != size) {
            throw new IllegalArgumentException("the image was decoded for another input size than " + size);
        }
        return tensor.pixels();
    }

    private void requireOpen() {
        if (closed.get()) {
            throw new IllegalStateException("the classifier is closed");
        }
    }
}
