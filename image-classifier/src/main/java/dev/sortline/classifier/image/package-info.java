// SPDX-License-Identifier: Apache-2.0
/**
 * Makes pixels of files that nobody vouches for.
 *
 * <p>{@link ImageHeader} reads what a JPEG or PNG says of itself, {@link ImageBounds} holds that against bounds, and {@link ImageDecoder}
 * decodes, on TensorFlow. Damage that it would paint over is looked for before, in the room {@code integrity}. Whatever cannot be read ends
 * in an {@link UnreadableImageException}. Other modules use {@link ImageBounds}, {@link DecodedImage} and that exception.
 */
@NullMarked
package dev.sortline.classifier.image;

import org.jspecify.annotations.NullMarked;
