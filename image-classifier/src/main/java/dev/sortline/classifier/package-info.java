// SPDX-License-Identifier: Apache-2.0
/**
 * Looks at one image and says what it shows, in process, with a TensorFlow SavedModel.
 *
 * <p>The way of an image through this package:
 *
 * <pre>{@code
 * ModelPackage model = ModelPackage.load(Path.of("models/waste-mobilenet-v2"));   // manifest, labels, digest: checked once
 * try (ImageClassifier classifier = ImageClassifier.open(model);                  // native memory from here on
 *         DecodedImage image = classifier.decode(jpegOrPngBytes)) {               // bounds first, then pixels
 *     Classification seen = classifier.classify(image);
 *     seen.label();        // "glass"
 *     seen.confidence();   // 0.93: calibrated, right about 93 times in 100
 * }
 * }</pre>
 *
 * <p><b>Threads.</b> An {@link dev.sortline.classifier.ImageClassifier} may be used by any number of threads at once and serves a
 * whole process; open one and share it. A {@link dev.sortline.classifier.image.DecodedImage} belongs to one thread at a time. Everything
 * else here is immutable.
 *
 * <p><b>Memory.</b> Classifiers and decoded images own native memory that the garbage collector knows nothing of: close both.
 *
 * <p><b>Hostile input.</b> {@link dev.sortline.classifier.ImageClassifier#decode} trusts nothing: the number of bytes, the real format and
 * the dimensions in the header are held against {@link dev.sortline.classifier.image.ImageBounds} before any memory is taken for pixels, and
 * whatever cannot be read ends in an {@link dev.sortline.classifier.image.UnreadableImageException} that says why.
 *
 * <p><b>Pixels.</b> A picture becomes a float32 tensor {@code [1, size, size, 3]}, rows first, RGB, squeezed to the square whatever its own
 * proportions, as the training does it; the range is the package's {@link dev.sortline.classifier.model.PixelScaling}.
 */
@NullMarked
package dev.sortline.classifier;

import org.jspecify.annotations.NullMarked;
