// SPDX-License-Identifier: Apache-2.0
package dev.sortline.benchmarks.peers;

import java.io.IOException;
import java.nio.FloatBuffer;

/** Reads a picture as a network's input: resized to its square, red, green and blue, scaled, rows first. Safe for use by any number of threads. */
public interface PictureReader {
    /**
     * Reads one.
     *
     * @param image a JPEG
     * @param pixels takes {@code size * size * 3} values at its position
     */
    void read(byte[] image, FloatBuffer pixels) throws IOException;
}
