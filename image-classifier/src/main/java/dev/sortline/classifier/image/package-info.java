// SPDX-License-Identifier: Apache-2.0
/**
 * Makes pixels of files that nobody vouches for.
 *
 * <p>{@link ImageHeader} reads what a JPEG or PNG says of itself, {@link ImageBounds} holds that against bounds, {@link JpegIntegrity} looks for damage that decoders paint over, and
 * {@link ImageDecoder} decodes, on TensorFlow. Whatever cannot be read ends in an {@link UnreadableImageException}. Other modules use {@link ImageBounds}, {@link DecodedImage} and that exception.
 */
@NullMarked
package dev.sortline.classifier.image;

import org.jspecify.annotations.NullMarked;
