// SPDX-License-Identifier: Apache-2.0
package dev.sortline.classifier;

import dev.sortline.classifier.engine.LoadedNetwork;
import dev.sortline.classifier.image.DecodedImage;
import dev.sortline.classifier.image.ImageBounds;
import dev.sortline.classifier.image.ImageDecoder;
import dev.sortline.classifier.image.PictureRegion;
import dev.sortline.classifier.image.PixelTensor;
import dev.sortline.classifier.image.UnreadableImageException;
import dev.sortline.classifier.integrity.CoarsePicture;
import dev.sortline.classifier.model.ModelManifest;
import dev.sortline.classifier.model.ModelPackage;
import dev.sortline.classifier.model.ModelPackageException;
import dev.sortline.classifier.network.AnswerReader;
import dev.sortline.classifier.network.ChoiceCache;
import dev.sortline.classifier.network.ClassifierClosedException;
import dev.sortline.classifier.network.InferenceBatcher;
import dev.sortline.classifier.network.InferenceSettings;
import dev.sortline.classifier.network.InferenceTrial;
import dev.sortline.classifier.network.InferenceTuning;
import dev.sortline.classifier.runtime.FreedMemory;
import dev.sortline.classifier.runtime.TensorFlowLibrary;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntConsumer;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The classifier on TensorFlow: one decoding session, one session of the network and the loops that run it, for the whole process. */
final class TensorFlowClassifier implements ImageClassifier {
    private static final Logger LOG = LoggerFactory.getLogger(TensorFlowClassifier.class);

    private final ModelPackage model;
    private final ImageDecoder decoder;
    private final LoadedNetwork network;
    private final InferenceTuning tuning;
    private final InferenceBatcher batcher;
    private final AnswerReader reader;
    private final AtomicBoolean closed = new AtomicBoolean();

    private TensorFlowClassifier(ModelPackage model, ImageDecoder decoder, InferenceTrial.Outcome trial) {
        this.model = model;
        this.decoder = decoder;
        this.network = trial.network();
        this.tuning = trial.tuning();
        this.reader = new AnswerReader(model, network);
        this.batcher = new InferenceBatcher(new ServedNetwork(), tuning.batch(), tuning.runs());
    }

    /** @param like how another model is run, for this one to be run in the same way; measured, as far as it is open, where there is none */
    static TensorFlowClassifier open(
            ModelPackage model, ImageBounds bounds, InferenceSettings settings, Optional<InferenceTuning> like) {
        long start = System.nanoTime();
        ModelManifest manifest = model.manifest();
        int threads = like.map(InferenceTuning::intraOpThreads)
                .orElse(Objects.requireNonNullElse(settings.intraOpThreads(), InferenceSettings.INTRA_OP_THREADS));
        TensorFlowLibrary.require(threads);
        ImageDecoder decoder = new ImageDecoder(manifest.inputSize(), manifest.scaling(), bounds, threads);
        TensorFlowClassifier classifier;
        try {
            decoder.warmUp();
            classifier = served(
                    model, decoder, TensorFlowLibrary.quietly(() -> trial(model, decoder, settings, like, threads)));
        } catch (UnreadableImageException e) {
            decoder.close();
            throw new IllegalStateException("the decoder cannot read what it encoded itself", e);
        } catch (RuntimeException e) {
            decoder.close();
            throw e;
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

    private static TensorFlowClassifier served(ModelPackage model, ImageDecoder decoder, InferenceTrial.Outcome trial) {
        try {
            return new TensorFlowClassifier(model, decoder, trial);
        } catch (ModelPackageException e) {
            trial.network().close();
            throw e;
        } catch (RuntimeException e) {
            trial.network().close();
            throw new ModelPackageException(
                    "%s cannot be run: %s"
                            .formatted(model.folder().resolve(ModelPackage.SAVED_MODEL_FILE), e.getMessage()),
                    e);
        }
    }

    private static InferenceTrial.Outcome trial(
            ModelPackage model,
            ImageDecoder decoder,
            InferenceSettings settings,
            Optional<InferenceTuning> like,
            int threads) {
        try (CheckImages checks = new CheckImages(model, decoder)) {
            InferenceTrial trial = new InferenceTrial(model, settings, threads, checks::read, ChoiceCache.ofUser());
            return like.map(trial::runLike).orElseGet(trial::run);
        }
    }

    /** The check pictures, decoded where somebody asks for them. */
    private static final class CheckImages implements AutoCloseable {
        private final ModelPackage model;
        private final ImageDecoder decoder;
        private final List<PixelTensor> images = new ArrayList<>();
        private boolean read;

        CheckImages(ModelPackage model, ImageDecoder decoder) {
            this.model = model;
            this.decoder = decoder;
        }

        List<FloatBuffer> read() {
            try {
                for (Path file : read ? List.<Path>of() : model.checkPictures()) {
                    images.add(decoder.decode(Files.readAllBytes(file)));
                }
                read = true;
                return images.stream().map(PixelTensor::values).toList();
            } catch (IOException | UnreadableImageException e) {
                throw new ModelPackageException(
                        "a check picture in %s cannot be read: %s"
                                .formatted(model.folder().resolve(ModelPackage.CHECK_FOLDER), e.getMessage()),
                        e);
            }
        }

        @Override
        public void close() {
            images.forEach(PixelTensor::close);
        }
    }

    @Override
    public ModelPackage model() {
        return model;
    }

    @Override
    public InferenceTuning tuning() {
        return tuning;
    }

    @Override
    public void watchRuns(IntConsumer pictures) {
        batcher.watchRuns(pictures);
    }

    @Override
    public DecodedImage decode(byte[] image, PictureRegion region) throws UnreadableImageException {
        requireOpen();
        return decoder.decode(image, region);
    }

    @Override
    public Optional<DecodedImage> decodeUnless(Predicate<CoarsePicture> known, byte[] image, PictureRegion region)
            throws UnreadableImageException {
        requireOpen();
        return decoder.decodeUnless(known, image, region);
    }

    @Override
    public Classification classify(DecodedImage image) {
        requireOpen();
        return answer(batcher.scores(pixels(image)));
    }

    @Override
    public List<Classification> classify(List<DecodedImage> batch) {
        requireOpen();
        if (batch.isEmpty()) {
            return List.of();
        }
        float[][] rows = network.scores(batch.stream().map(this::pixels).toList());
        return Arrays.stream(rows).map(this::answer).toList();
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true) && batcher.stop()) {
            decoder.close();
            network.close();
            FreedMemory.giveBack();
        }
    }

    /** The network as the loops run it. */
    private final class ServedNetwork implements InferenceBatcher.Network {
        @Override
        public float[][] scores(List<FloatBuffer> pictures) {
            return network.scores(pictures);
        }

        /** One run a size of batch, so that the kernels are there before the first picture. */
        @Override
        public void warmUp() {
            FloatBuffer plain = InferenceTrial.plain(model.manifest().inputSize());
            for (int pictures = 1; pictures <= tuning.batch(); pictures++) {
                for (float[] row : network.scores(Collections.nCopies(pictures, plain))) {
                    var unused = answer(row);
                }
            }
        }
    }

    private Classification answer(float[] row) {
        return new Classification(model.labels(), reader.probabilities(row), reader.familiarity(row));
    }

    private FloatBuffer pixels(DecodedImage image) {
        if (!(image instanceof PixelTensor tensor)) {
            throw new IllegalArgumentException("the image was not decoded by this classifier: " + image.getClass());
        }
        int size = model.manifest().inputSize();
        if (tensor.pixels().shape().get(1) != size) {
            throw new IllegalArgumentException("the image was decoded for another input size than " + size);
        }
        return tensor.values();
    }

    private void requireOpen() {
        if (closed.get()) {
            throw new ClassifierClosedException();
        }
    }
}
