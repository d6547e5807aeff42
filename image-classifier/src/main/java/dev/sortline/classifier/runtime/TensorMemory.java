// SPDX-License-Identifier: Apache-2.0
package dev.sortline.classifier.runtime;

import com.sun.jna.Pointer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import org.tensorflow.ndarray.buffer.DataStorageVisitor;
import org.tensorflow.types.TFloat32;

/** The memory of a tensor as Java's buffers see it, so that what is no TensorFlow can read and write it without a copy. */
public final class TensorMemory {
    private TensorMemory() {}

    /**
     * The tensor's values, rows first, in the machine's byte order.
     *
     * @return a direct buffer over the tensor's own memory: to be used only while the tensor is open
     */
    public static FloatBuffer of(TFloat32 tensor) {
        return tensor.asRawTensor().data().asFloats().accept(new DataStorageVisitor<FloatBuffer>() {
            @Override
            public FloatBuffer visit(FloatBuffer buffer) {
                return buffer;
            }

            @Override
            public FloatBuffer visit(long address, long length, long scale) {
                return new Pointer(address)
                        .getByteBuffer(0, tensor.numBytes())
                        .order(ByteOrder.nativeOrder())
                        .asFloatBuffer();
            }

            @Override
            public FloatBuffer fallback() {
                throw new IllegalStateException("a tensor of float32 has no memory of floats");
            }
        });
    }
}
