// SPDX-License-Identifier: Apache-2.0
package dev.sortline.classifier.image;

/**
 * An image as the network wants it: resized and scaled pixels in native memory, until {@link #close} is called.
 *
 * <p>Belongs to one thread at a time, and must stay open while it is being classified. Closing it twice is harmless.
 */
public interface DecodedImage extends AutoCloseable {
    @Override
    void close();
}
