// SPDX-License-Identifier: Apache-2.0
package dev.sortline.classifier.image;

import dev.sortline.classifier.image.ImageHeader.Format;
import dev.sortline.classifier.image.PictureRegion.Window;
import dev.sortline.classifier.integrity.CoarsePicture;
import dev.sortline.classifier.model.PixelScaling;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.exceptions.TFInvalidArgumentException;
import org.tensorflow.ndarray.NdArrays;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.FloatDataBuffer;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.image.ResizeBilinear;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.proto.RunOptions;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TString;
import org.tensorflow.types.TUint8;
import org.tensorflow.types.family.TNumber;

/**
 * Bytes to pixels in one small TensorFlow graph with a branch for each way of decoding, of which a run takes one. Thread-safe.
 *
 * <p>Pictures are scaled down by 2, 4 or 8 where that leaves at least the network's input, JPEGs inside their decoder and PNGs by averaging
 * squares, so that fine texture does not turn into noise; then they are resized bilinearly (half pixel centres), and turned as the file says.
 * Of a part of a picture the rest is not decoded, as far as the format allows, and it is the part that is scaled down.
 */
public final class ImageDecoder implements AutoCloseable {
    /** A run on the calling thread: for so few operations, handing them to a pool costs more than it gains. */
    private static final RunOptions ON_CALLING_THREAD =
            RunOptions.newBuilder().setInterOpThreadPool(-1).build();

    private final int size;
    private final ImageBounds bounds;
    private final Graph graph;
    private final Session session;
    private final Placeholder<TString> bytes;
    private final Placeholder<TInt32> window;
    /** As {@link PictureDecoder#branches}, of whole pictures. */
    private final List<Operand<TFloat32>> branches = new ArrayList<>();
    /** The same of parts of pictures. */
    private final List<Operand<TFloat32>> parts = new ArrayList<>();

    /**
     * @param threads of TensorFlow's one pool in this process, if no session has sized it before: at least 1. Decoding itself runs on the
     *     calling thread
     */
    public ImageDecoder(int size, PixelScaling scaling, ImageBounds bounds, int threads) {
        this.size = size;
        this.bounds = bounds;
        this.graph = new Graph();
        Ops tf = Ops.create(graph);
        this.bytes = tf.placeholder(TString.class);
        this.window = tf.placeholder(TInt32.class, Placeholder.shape(Shape.of(4)));
        for (Operand<? extends TNumber> picture : PictureDecoder.branches(tf, bytes)) {
            branches.add(scaled(tf, squeezed(tf, picture), scaling));
        }
        for (Operand<? extends TNumber> part : PictureDecoder.branches(tf, bytes, window)) {
            parts.add(scaled(tf, squeezed(tf, part), scaling));
        }
        this.session = new Session(
                graph,
                ConfigProto.newBuilder().setIntraOpParallelismThreads(threads).build());
    }

    /** All of a picture. */
    public PixelTensor decode(byte[] image) throws UnreadableImageException {
        return decode(image, PictureRegion.WHOLE);
    }

    /** A part of a picture. */
    public PixelTensor decode(byte[] image, PictureRegion region) throws UnreadableImageException {
        ImageHeader header = bounds.check(image);
        header.requireWhole(image);
        return decode(image, header, region);
    }

    /** As {@link #decode(byte[], PictureRegion)}, unless it is known by the part's coarse picture what it shows; a picture that has none is decoded. */
    public Optional<DecodedImage> decodeUnless(Predicate<CoarsePicture> known, byte[] image, PictureRegion region)
            throws UnreadableImageException {
        ImageHeader header = bounds.check(image);
        Window seen = region.stored(header.orientation()).in(header.width(), header.height());
        return header.coarseOfWhole(image)
                        .map(whole -> whole.part(seen.x(), seen.y(), seen.width(), seen.height()))
                        .filter(known)
                        .isPresent()
                ? Optional.empty()
                : Optional.of(decode(image, header, region));
    }

    private PixelTensor decode(byte[] image, ImageHeader header, PictureRegion region) throws UnreadableImageException {
        try (TString tensor = TString.tensorOfBytes(NdArrays.scalarOfObject(image))) {
            PixelTensor pixels = new PixelTensor(
                    region.equals(PictureRegion.WHOLE)
                            ? run(tensor, branches.get(PictureDecoder.branch(header, size)))
                            : run(tensor, header, region.stored(header.orientation())));
            if (header.orientation() != Orientation.UPRIGHT) {
                turn(pixels.pixels(), header.orientation());
            }
            return pixels;
        } catch (TFInvalidArgumentException e) {
            throw header.corrupt(image, "cut off or damaged", e);
        }
    }

    private Result run(TString image, ImageHeader header, PictureRegion region) {
        Window whole = region.in(header.width(), header.height());
        int halvings = PictureDecoder.halvings(Math.min(whole.width(), whole.height()), size);
        boolean png = header.format() == Format.PNG;
        // A JPEG is cut after it was scaled down.
        return run(
                image,
                parts.get(png ? 4 + halvings : halvings),
                png ? whole : region.in(halved(header.width(), halvings), halved(header.height(), halvings)));
    }

    private static int halved(int side, int times) {
        return (side + (1 << times) - 1) >> times;
    }

    /** Takes every branch once, on a picture that this graph encodes itself. */
    public void warmUp() throws UnreadableImageException {
        try (Graph encoding = new Graph()) {
            Ops tf = Ops.create(encoding);
            Operand<TUint8> grey =
                    tf.fill(tf.constant(new int[] {size, size, 3}), tf.dtypes.cast(tf.constant(127), TUint8.class));
            Operand<TString> jpeg = tf.image.encodeJpeg(grey);
            Operand<TString> png = tf.image.encodePng(grey);
            try (Session once = new Session(encoding);
                    Result encoded = once.runner().fetch(jpeg).fetch(png).run()) {
                // As small as it is after it was scaled down most.
                Window part = new Window(0, 0, size >> 3, size >> 3);
                for (int i = 0; i < branches.size(); i++) {
                    TString picture = (TString) encoded.get(i < branches.size() / 2 ? 0 : 1);
                    run(picture, branches.get(i)).close();
                    run(picture, parts.get(i), part).close();
                }
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

    private Result run(TString image, Operand<TFloat32> part, Window pixels) {
        try (TInt32 feed = TInt32.vectorOf(pixels.y(), pixels.x(), pixels.height(), pixels.width())) {
            return session.runner()
                    .setOptions(ON_CALLING_THREAD)
                    .feed(bytes, image)
                    .feed(window, feed)
                    .fetch(part)
                    .run();
        }
    }

    /** After it was squeezed to the square, which is the same as before, for squeezing treats both sides alike. */
    private void turn(TFloat32 pixels, Orientation orientation) {
        FloatDataBuffer all = pixels.asRawTensor().data().asFloats();
        float[] stored = new float[3 * size * size];
        float[] upright = new float[stored.length];
        all.read(stored);
        for (int y = 0; y < size; y++) {
            for (int x = 0; x < size; x++) {
                System.arraycopy(stored, 3 * orientation.stored(x, y, size, size), upright, 3 * (y * size + x), 3);
            }
        }
        all.write(upright);
    }

    private Operand<TFloat32> squeezed(Ops tf, Operand<? extends TNumber> pictures) {
        return tf.image.resizeBilinear(
                pictures, tf.constant(new int[] {size, size}), ResizeBilinear.halfPixelCenters(true));
    }

    private static Operand<TFloat32> scaled(Ops tf, Operand<TFloat32> pictures, PixelScaling scaling) {
        return tf.math.add(tf.math.mul(pictures, tf.constant(scaling.multiplier())), tf.constant(scaling.offset()));
    }
}
