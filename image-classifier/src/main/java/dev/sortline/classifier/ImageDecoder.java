// SPDX-License-Identifier: Apache-2.0
package dev.sortline.classifier;

import dev.sortline.classifier.ImageHeader.Format;
import dev.sortline.classifier.UnreadableImageException.Reason;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.exceptions.TFInvalidArgumentException;
import org.tensorflow.ndarray.NdArrays;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.image.DecodeJpeg;
import org.tensorflow.op.image.DecodePng;
import org.tensorflow.op.image.ResizeBilinear;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.proto.RunOptions;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TString;
import org.tensorflow.types.TUint8;

/**
 * Bytes to pixels in one small TensorFlow graph with a branch for each way of decoding, of which a run takes one. Thread-safe.
 *
 * <p>JPEGs are scaled down by 2, 4 or 8 inside the decoder where that leaves at least the network's input, then resized bilinearly (half
 * pixel centres). PNGs, whose decoder cannot scale, are averaged over areas where they are twice the input or more, so that both
 * formats keep fine texture from turning into noise.
 */
final class ImageDecoder implements AutoCloseable {
    /** A run on the calling thread: for so few operations, handing them to a pool costs more than it gains. */
    private static final RunOptions ON_CALLING_THREAD =
            RunOptions.newBuilder().setInterOpThreadPool(-1).build();

    private static final int LARGEST_RATIO = 8;

    private final int size;
    private final ImageBounds bounds;
    private final Graph graph;
    private final Session session;
    private final Placeholder<TString> bytes;
    /** By the logarithm of the ratio: 1, 2, 4, 8. */
    private final List<Operand<TFloat32>> jpegByRatio;

    private final Operand<TFloat32> smallPng;
    private final Operand<TFloat32> largePng;

    /**
     * @param threads of TensorFlow's one pool in this process, if no session has sized it before: at least 1. Decoding itself runs on the
     *     calling thread
     */
    ImageDecoder(int size, PixelScaling scaling, ImageBounds bounds, int threads) {
        this.size = size;
        this.bounds = bounds;
        this.graph = new Graph();
        Ops tf = Ops.create(graph);
        this.bytes = tf.placeholder(TString.class);
        this.jpegByRatio = new ArrayList<>();
        for (long ratio = 1; ratio <= LARGEST_RATIO; ratio *= 2) {
            Operand<TUint8> picture = tf.image.decodeJpeg(
                    bytes, DecodeJpeg.channels(3L), DecodeJpeg.ratio(ratio), DecodeJpeg.tryRecoverTruncated(false));
            jpegByRatio.add(scaled(tf, bilinear(tf, batchOfOne(tf, picture)), scaling));
        }
        Operand<TUint8> png = tf.image.decodePng(bytes, TUint8.class, DecodePng.channels(3L));
        this.smallPng = scaled(tf, bilinear(tf, batchOfOne(tf, png)), scaling);
        this.largePng = scaled(tf, tf.image.resizeArea(batchOfOne(tf, png), square(tf)), scaling);
        this.session = new Session(
                graph,
                ConfigProto.newBuilder().setIntraOpParallelismThreads(threads).build());
    }

    PixelTensor decode(byte[] image) throws UnreadableImageException {
        ImageHeader header = bounds.check(image);
        try (TString tensor = TString.tensorOfBytes(NdArrays.scalarOfObject(image))) {
            return new PixelTensor(run(tensor, branch(header)));
        } catch (TFInvalidArgumentException e) {
            throw new UnreadableImageException(
                    Reason.CORRUPT,
                    "%s of %dx%d in %d bytes cannot be decoded: cut off or damaged"
                            .formatted(header.format(), header.width(), header.height(), image.length),
                    e);
        }
    }

    /** Takes every branch once, on a picture that this graph encodes itself. */
    void warmUp() throws UnreadableImageException {
        try (Graph encoding = new Graph()) {
            Ops tf = Ops.create(encoding);
            Operand<TUint8> grey =
                    tf.fill(tf.constant(new int[] {size, size, 3}), tf.dtypes.cast(tf.constant(127), TUint8.class));
            Operand<TString> jpeg = tf.image.encodeJpeg(grey);
            Operand<TString> png = tf.image.encodePng(grey);
            try (Session once = new Session(encoding);
                    Result encoded = once.runner().fetch(jpeg).fetch(png).run()) {
                for (Operand<TFloat32> branch : jpegByRatio) {
                    run((TString) encoded.get(0), branch).close();
                }
                run((TString) encoded.get(1), smallPng).close();
                run((TString) encoded.get(1), largePng).close();
            }
        }
    }

    @Override
    public void close() {
        session.close();
        graph.close();
    }

    private Result run(TString image, Operand<TFloat32> branch) {
        return session.runner()
                .setOptions(ON_CALLING_THREAD)
                .feed(bytes, image)
                .fetch(branch)
                .run();
    }

    private Operand<TFloat32> branch(ImageHeader header) {
        int shrink = Math.min(header.width(), header.height()) / size;
        if (header.format() == Format.PNG) {
            return shrink >= 2 ? largePng : smallPng;
        }
        int power = 31 - Integer.numberOfLeadingZeros(Math.max(1, Math.min(shrink, LARGEST_RATIO)));
        return jpegByRatio.get(power);
    }

    private static Operand<TUint8> batchOfOne(Ops tf, Operand<TUint8> picture) {
        return tf.expandDims(picture, tf.constant(0));
    }

    private Operand<TFloat32> bilinear(Ops tf, Operand<TUint8> pictures) {
        return tf.image.resizeBilinear(pictures, square(tf), ResizeBilinear.halfPixelCenters(true));
    }

    private Operand<TInt32> square(Ops tf) {
        return tf.constant(new int[] {size, size});
    }

    private static Operand<TFloat32> scaled(Ops tf, Operand<TFloat32> pictures, PixelScaling scaling) {
        return tf.math.add(tf.math.mul(pictures, tf.constant(scaling.multiplier())), tf.constant(scaling.offset()));
    }
}
