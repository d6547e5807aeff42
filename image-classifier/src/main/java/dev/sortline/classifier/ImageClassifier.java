// SPDX-License-Identifier: Apache-2.0
package dev.sortline.classifier;

import dev.sortline.classifier.engine.Precision;
import dev.sortline.classifier.image.DecodedImage;
import dev.sortline.classifier.image.ImageBounds;
import dev.sortline.classifier.image.PictureRegion;
import dev.sortline.classifier.image.UnreadableImageException;
import dev.sortline.classifier.integrity.CoarsePicture;
import dev.sortline.classifier.model.ModelPackage;
import dev.sortline.classifier.model.ModelPackageException;
import dev.sortline.classifier.network.ClassifierClosedException;
import dev.sortline.classifier.network.InferenceSettings;
import dev.sortline.classifier.network.InferenceTuning;
import java.util.List;
import java.util.Optional;
import java.util.function.IntConsumer;
import java.util.function.Predicate;

/**
 * Reads images and says what they show.
 *
 * <p>Safe for use by any number of threads at once. An answer depends on the image alone: not on the threads, nor on what else is in
 * its batch (up to the rounding of sums in the network's {@linkplain Precision precision}).
 */
public interface ImageClassifier extends AutoCloseable {

    /**
     * Loads a model into this process with {@link ImageBounds#DEFAULT}, {@linkplain InferenceSettings#AS_TRAINED as it was trained}, and
     * warms it up, so that the first image is as fast as the rest.
     *
     * @throws ModelPackageException if the SavedModel cannot be loaded or its signature does not fit the manifest
     */
    static ImageClassifier open(ModelPackage model) {
        return open(model, ImageBounds.DEFAULT);
    }

    /** As {@link #open(ModelPackage)}, with bounds of your own for the images to come. */
    static ImageClassifier open(ModelPackage model, ImageBounds bounds) {
        return open(model, bounds, InferenceSettings.AS_TRAINED);
    }

    /** As {@link #open(ModelPackage, ImageBounds)}; what the settings leave open is measured first, which takes two or three seconds, unless an earlier start has. */
    static ImageClassifier open(ModelPackage model, ImageBounds bounds, InferenceSettings settings) {
        return TensorFlowClassifier.open(model, bounds, settings, Optional.empty());
    }

    /**
     * As {@link #open(ModelPackage, ImageBounds)}, run as another model is: by its engine, where this package has a file for it and it answers
     * its check pictures as TensorFlow does in float32, else by TensorFlow in float32. Nothing is measured, for the other one is in use.
     */
    static ImageClassifier openLike(
            InferenceTuning other, ModelPackage model, ImageBounds bounds, InferenceSettings settings) {
        return TensorFlowClassifier.open(model, bounds, settings, Optional.of(other));
    }

    /** The package that is being served. */
    ModelPackage model();

    /** How it is being served. */
    InferenceTuning tuning();

    /**
     * Reads a JPEG or PNG: checks it against the bounds, decodes it (scaled while decoding where it is twice the network's input or more),
     * resizes it and scales its values. Greyscale becomes three equal channels, alpha is dropped, 16 bits become 8, CMYK becomes RGB.
     * A picture whose file says in EXIF that it lies on its side is turned, in every command alike.
     *
     * @param image the file's bytes; not kept
     * @return the pixels, to be closed by the caller
     * @throws UnreadableImageException if the bytes are no image within the bounds; says which bound or what is broken
     */
    default DecodedImage decode(byte[] image) throws UnreadableImageException {
        return decode(image, PictureRegion.WHOLE);
    }

    /**
     * As {@link #decode(byte[])}, of a part of the picture alone: that is what is scaled and looked at. The rest of a JPEG is decoded only as far
     * as it must be, but looked through for damage.
     *
     * @param region of the upright picture
     */
    DecodedImage decode(byte[] image, PictureRegion region) throws UnreadableImageException;

    /**
     * As {@link #decode(byte[], PictureRegion)}, unless the coarse picture of that part says enough: then nothing is decoded, which takes most of
     * the time.
     *
     * @param known asked on the calling thread, at most once, for not every picture has a coarse one: no PNG and no progressive JPEG has
     * @return the pixels, to be closed by the caller; empty where it is known
     */
    default Optional<DecodedImage> decodeUnless(Predicate<CoarsePicture> known, byte[] image, PictureRegion region)
            throws UnreadableImageException {
        return Optional.of(decode(image, region));
    }

    /**
     * Classifies one image, which must come from this classifier's {@link #decode} and is left open. Images of several threads share runs
     * of the network: with twice as many of them as its best batch it is as fast as it can be.
     *
     * @throws ClassifierClosedException if the classifier is closed before it has an answer
     */
    Classification classify(DecodedImage image);

    /**
     * Classifies several images in one run of the network, on the calling thread.
     *
     * @param batch images from this classifier's {@link #decode}, left open; may be empty
     * @return one answer an image, in the same order
     */
    List<Classification> classify(List<DecodedImage> batch);

    /**
     * Tells somebody of each run of the network from now on.
     *
     * @param pictures hears how many were in it, on the thread that ran it, and must return at once; in the place of who heard it before
     */
    default void watchRuns(IntConsumer pictures) {
        // There may be nothing that runs.
    }

    /**
     * Ends the run that is under way, refuses calls that wait and frees the model. A run that does not end within 2 s is left behind with
     * its memory. Closing it twice is harmless; any later call fails.
     */
    @Override
    void close();
}
