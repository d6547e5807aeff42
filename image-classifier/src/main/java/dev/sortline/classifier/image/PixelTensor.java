// SPDX-License-Identifier: Apache-2.0
package dev.sortline.classifier.image;

import dev.sortline.classifier.runtime.TensorMemory;
import java.nio.FloatBuffer;
import org.tensorflow.Result;
import org.tensorflow.types.TFloat32;

/** A decoded image as TensorFlow left it: float32 {@code [1, size, size, 3]}, owned through the run's result. */
public final class PixelTensor implements DecodedImage {
    private final Result result;
    private final TFloat32 pixels;
    private boolean closed;

    /** Takes over the result, whose first output are the pixels. */
    PixelTensor(Result result) {
        this.result = result;
        this.pixels = (TFloat32) result.get(0);
    }

    /** The pixels, until {@link #close}. */
    public TFloat32 pixels() {
        if (closed) {
            throw new IllegalStateException("the image is closed");
        }
        return pixels;
    }

    /** The pixels as a direct buffer, rows first, until {@link #close}. */
    public FloatBuffer values() {
        return TensorMemory.of(pixels());
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            result.close();
        }
    }
}
