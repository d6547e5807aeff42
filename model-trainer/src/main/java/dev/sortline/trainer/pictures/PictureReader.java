// SPDX-License-Identifier: Apache-2.0
package dev.sortline.trainer.pictures;

import dev.sortline.classifier.image.ImageBounds;
import dev.sortline.classifier.image.PictureDecoder;
import dev.sortline.classifier.image.UnreadableImageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads pictures from files as the line reads frames. Safe for use by several threads. */
public final class PictureReader implements AutoCloseable {
    private final PictureDecoder decoder;

    /** @param inputSize width and height of the network's input in pixels */
    public PictureReader(int inputSize) {
        this.decoder = new PictureDecoder(inputSize, ImageBounds.DEFAULT);
    }

    /**
     * Decodes a picture.
     *
     * @param file a JPEG or PNG
     * @throws UnreadableImageException if it is no picture within the classifier's default bounds
     * @throws IOException if the disk fails
     */
    public Picture read(Path file) throws UnreadableImageException, IOException {
        PictureDecoder.Pixels pixels = decoder.decode(Files.readAllBytes(file));
        return new Picture(pixels.width(), pixels.height(), pixels.rgb());
    }

    @Override
    public void close() {
        decoder.close();
    }
}
