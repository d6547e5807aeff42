// SPDX-License-Identifier: Apache-2.0
package dev.sortline.classifier.image;

import dev.sortline.classifier.image.ImageHeader.Format;
import dev.sortline.classifier.model.ModelPackageException;
import dev.sortline.classifier.runtime.TensorFlowLibrary;
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
import org.tensorflow.op.image.DecodeAndCropJpeg;
import org.tensorflow.op.image.DecodeJpeg;
import org.tensorflow.op.image.DecodePng;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TString;
import org.tensorflow.types.TUint8;
import org.tensorflow.types.family.TNumber;

/**
 * Reads pictures for training as the line reads frames, short of squeezing them to the network's input: scaled down by 2, 4 or 8 while that
 * leaves at least the input, three channels of 8 bits, turned as the file says. Safe for use by any number of threads; holds native memory
 * until {@link #close}.
 */
public final class PictureDecoder implements AutoCloseable {
    private static final int LARGEST_RATIO = 8;

    private final int inputSize;
    private final ImageBounds bounds;
    private final Graph graph;
    private final Session session;
    private final Placeholder<TString> bytes;
    private final List<Operand<TUint8>> branches = new ArrayList<>();

    /**
     * A decoded picture: a byte (0..255, unsigned) for each of red, green and blue, pixel after pixel, rows first. The array is not copied.
     *
     * @param width in pixels
     * @param height in pixels
     * @param rgb {@code height * width * 3} values
     */
    @SuppressWarnings("ArrayRecordComponent") // pixels, handed on and compared by nobody
    public record Pixels(int width, int height, byte[] rgb) {}

    /**
     * A decoder for a network.
     *
     * @param inputSize width and height of the network's input in pixels
     * @param bounds for the pictures to come
     * @throws ModelPackageException if TensorFlow cannot run on this machine
     */
    public PictureDecoder(int inputSize, ImageBounds bounds) {
        this.inputSize = inputSize;
        this.bounds = bounds;
        TensorFlowLibrary.require(0);
        this.graph = new Graph();
        Ops tf = Ops.create(graph);
        this.bytes = tf.placeholder(TString.class);
        for (Operand<? extends TNumber> picture : branches(tf, bytes)) {
            branches.add(tf.dtypes.cast(tf.math.round(tf.dtypes.cast(picture, TFloat32.class)), TUint8.class));
        }
        this.session = new Session(graph);
    }

    /**
     * Reads one picture.
     *
     * @param image the bytes of a JPEG or PNG
     * @throws UnreadableImageException if the bytes are no image within the bounds; says which bound or what is broken
     */
    public Pixels decode(byte[] image) throws UnreadableImageException {
        ImageHeader header = bounds.check(image);
        header.requireWhole(image);
        try (TString tensor = TString.tensorOfBytes(NdArrays.scalarOfObject(image));
                Result decoded = session.runner()
                        .feed(bytes, tensor)
                        .fetch(branches.get(branch(header, inputSize)))
                        .run()) {
            TUint8 pixels = (TUint8) decoded.get(0);
            int height = Math.toIntExact(pixels.shape().get(1));
            int width = Math.toIntExact(pixels.shape().get(2));
            byte[] rgb = new byte[height * width * 3];
            pixels.asRawTensor().data().read(rgb);
            return upright(new Pixels(width, height, rgb), header.orientation());
        } catch (TFInvalidArgumentException e) {
            throw header.corrupt(image, "cut off or damaged", e);
        }
    }

    @Override
    public void close() {
        session.close();
        graph.close();
    }

    /** Pictures {@code [1, height, width, 3]} in 0..255: JPEGs whole, at a half, a quarter and an eighth of their size, then PNGs. */
    static List<Operand<? extends TNumber>> branches(Ops tf, Operand<TString> bytes) {
        List<Operand<? extends TNumber>> branches = new ArrayList<>();
        for (long ratio = 1; ratio <= LARGEST_RATIO; ratio *= 2) {
            branches.add(batchOfOne(
                    tf,
                    tf.image.decodeJpeg(
                            bytes,
                            DecodeJpeg.channels(3L),
                            DecodeJpeg.ratio(ratio),
                            DecodeJpeg.tryRecoverTruncated(false))));
        }
        branches.addAll(shrunk(tf, tf.image.decodePng(bytes, TUint8.class, DecodePng.channels(3L))));
        return branches;
    }

    /**
     * The same of a part of the picture alone: of JPEGs nothing is decoded beside or below it.
     *
     * @param window row, column, height and width of the part in pixels; of a JPEG those of the smaller picture that is decoded
     */
    static List<Operand<? extends TNumber>> branches(Ops tf, Operand<TString> bytes, Operand<TInt32> window) {
        List<Operand<? extends TNumber>> branches = new ArrayList<>();
        for (long ratio = 1; ratio <= LARGEST_RATIO; ratio *= 2) {
            branches.add(batchOfOne(
                    tf,
                    tf.image.decodeAndCropJpeg(
                            bytes,
                            window,
                            DecodeAndCropJpeg.channels(3L),
                            DecodeAndCropJpeg.ratio(ratio),
                            DecodeAndCropJpeg.tryRecoverTruncated(false))));
        }
        Operand<TInt32> corner = tf.slice(window, tf.constant(new int[] {0}), tf.constant(new int[] {2}));
        Operand<TInt32> sides = tf.slice(window, tf.constant(new int[] {2}), tf.constant(new int[] {2}));
        Operand<TInt32> axis = tf.constant(0);
        branches.addAll(shrunk(
                tf,
                tf.slice(
                        tf.image.decodePng(bytes, TUint8.class, DecodePng.channels(3L)),
                        tf.concat(List.of(corner, tf.constant(new int[] {0})), axis),
                        tf.concat(List.of(sides, tf.constant(new int[] {3})), axis))));
        return branches;
    }

    /** A picture whole, at a half, a quarter and an eighth of its size, by averaging. */
    private static List<Operand<? extends TNumber>> shrunk(Ops tf, Operand<TUint8> picture) {
        List<Operand<? extends TNumber>> branches = new ArrayList<>();
        branches.add(batchOfOne(tf, picture));
        Operand<TInt32> sides = tf.slice(tf.shape(picture), tf.constant(new int[] {0}), tf.constant(new int[] {2}));
        for (int ratio = 2; ratio <= LARGEST_RATIO; ratio *= 2) {
            Operand<TInt32> smaller = tf.math.floorDiv(tf.math.add(sides, tf.constant(ratio - 1)), tf.constant(ratio));
            branches.add(tf.image.resizeArea(batchOfOne(tf, picture), smaller));
        }
        return branches;
    }

    /** Which of {@link #branches} leaves a picture as small as it may be for a network's input. */
    static int branch(ImageHeader header, int inputSize) {
        int halvings = halvings(Math.min(header.width(), header.height()), inputSize);
        return header.format() == Format.PNG ? 4 + halvings : halvings;
    }

    /** How often a side may be halved, three times at most, and still be as long as a network's input. */
    static int halvings(int side, int inputSize) {
        int shrink = side / inputSize;
        return 31 - Integer.numberOfLeadingZeros(Math.max(1, Math.min(shrink, LARGEST_RATIO)));
    }

    private static Operand<TUint8> batchOfOne(Ops tf, Operand<TUint8> picture) {
        return tf.expandDims(picture, tf.constant(0));
    }

    private static Pixels upright(Pixels stored, Orientation orientation) {
        if (orientation == Orientation.UPRIGHT) {
            return stored;
        }
        int width = orientation.swapsSides() ? stored.height() : stored.width();
        int height = orientation.swapsSides() ? stored.width() : stored.height();
        byte[] rgb = new byte[stored.rgb().length];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int from = orientation.stored(x, y, stored.width(), stored.height());
                System.arraycopy(stored.rgb(), 3 * from, rgb, 3 * (y * width + x), 3);
            }
        }
        return new Pixels(width, height, rgb);
    }
}
