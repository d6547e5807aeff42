// SPDX-License-Identifier: Apache-2.0
package dev.sortline.trainer.augmentation;

import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TUint8;

/** What a picture loses as a JPEG, as TensorFlow writes and reads one. Safe for use by several threads. */
final class JpegLoss implements AutoCloseable {
    private final Graph graph = new Graph();
    private final Session session;
    private final Placeholder<TUint8> uncompressed;
    private final Placeholder<TInt32> quality;
    private final Operand<TUint8> compressed;

    JpegLoss() {
        Ops tf = Ops.create(graph);
        this.uncompressed = tf.placeholder(TUint8.class, Placeholder.shape(Shape.of(-1, -1, 3)));
        this.quality = tf.placeholder(TInt32.class, Placeholder.shape(Shape.scalar()));
        this.compressed = tf.image.decodeJpeg(tf.image.encodeJpegVariableQuality(uncompressed, quality));
        this.session = new Session(graph);
    }

    /**
     * Compresses a square picture and puts what is left of it in its place.
     *
     * @param rgb {@code size * size * 3} values 0..255, rows first
     * @param level the JPEG's quality, 1..100
     */
    void compress(byte[] rgb, int size, int level) {
        try (TUint8 before = TUint8.tensorOf(Shape.of(size, size, 3), DataBuffers.of(rgb, true, false));
                TInt32 levelTensor = TInt32.scalarOf(level);
                Result after = session.runner()
                        .feed(uncompressed, before)
                        .feed(quality, levelTensor)
                        .fetch(compressed)
                        .run()) {
            after.get(0).asRawTensor().data().read(rgb);
        }
    }

    @Override
    public void close() {
        session.close();
        graph.close();
    }
}
