// SPDX-License-Identifier: Apache-2.0
package dev.sortline.trainer;

import dev.sortline.classifier.ImageBounds;
import dev.sortline.classifier.ImageHeader;
import dev.sortline.classifier.PixelScaling;
import dev.sortline.classifier.UnreadableImageException;
import java.util.List;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.exceptions.TFInvalidArgumentException;
import org.tensorflow.ndarray.NdArrays;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.image.DecodeJpeg;
import org.tensorflow.op.image.DecodePng;
import org.tensorflow.op.image.ImageProjectiveTransformV3;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TString;
import org.tensorflow.types.TUint8;

/**
 * The frozen backbone's features of views of a picture: decoding, views and network in one graph, one run a picture. Not thread-safe.
 */
final class FeatureExtractor implements AutoCloseable {
    private static final PixelScaling SCALING = PixelScaling.MINUS_ONE_TO_ONE;

    private final int inputSize;
    private final int featureWidth;
    private final Graph graph;
    private final Session session;
    private final Placeholder<TString> bytes;
    private final Operand<TUint8> jpeg;
    private final Operand<TUint8> png;
    private final Placeholder<TUint8> picture;
    private final Placeholder<TFloat32> transforms;
    private final Placeholder<TFloat32> gains;
    private final Placeholder<TFloat32> lifts;
    private final Operand<TFloat32> features;

    FeatureExtractor(PretrainedWeights weights, int inputSize) {
        this.inputSize = inputSize;
        this.featureWidth = MobileNetV2.featureWidth(weights);
        this.graph = new Graph();
        Ops tf = Ops.create(graph);
        this.bytes = tf.placeholder(TString.class);
        this.jpeg = tf.image.decodeJpeg(bytes, DecodeJpeg.channels(3L), DecodeJpeg.tryRecoverTruncated(false));
        this.png = tf.image.decodePng(bytes, TUint8.class, DecodePng.channels(3L));
        this.picture = tf.placeholder(TUint8.class, Placeholder.shape(Shape.of(-1, -1, 3)));
        this.transforms = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, 8)));
        this.gains = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, 1, 1, 3)));
        this.lifts = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, 1, 1, 1)));
        this.features = MobileNetV2.features(tf, views(tf), WeightSource.constants(weights));
        this.session = new Session(graph);
    }

    int featureWidth() {
        return featureWidth;
    }

    /**
     * @param file a JPEG or PNG
     * @return the features, {@code views.size()} rows of {@link #featureWidth} numbers one after the other
     * @throws UnreadableImageException if the file is no picture within the classifier's default bounds
     */
    float[] features(byte[] file, List<View> views) throws UnreadableImageException {
        ImageHeader header = ImageBounds.DEFAULT.check(file);
        try (TString tensor = TString.tensorOfBytes(NdArrays.scalarOfObject(file));
                Result decoded = session.runner()
                        .feed(bytes, tensor)
                        .fetch(header.format() == ImageHeader.Format.JPEG ? jpeg : png)
                        .run()) {
            return features((TUint8) decoded.get(0), views);
        } catch (TFInvalidArgumentException e) {
            throw new UnreadableImageException(
                    UnreadableImageException.Reason.CORRUPT,
                    "%s of %dx%d is cut off or damaged".formatted(header.format(), header.width(), header.height()),
                    e);
        }
    }

    @Override
    public void close() {
        session.close();
        graph.close();
    }

    private float[] features(TUint8 pixels, List<View> views) {
        int height = Math.toIntExact(pixels.shape().get(0));
        int width = Math.toIntExact(pixels.shape().get(1));
        int count = views.size();
        float[] maps = new float[count * 8];
        float[] gain = new float[count * 3];
        float[] lift = new float[count];
        for (int i = 0; i < count; i++) {
            View view = views.get(i);
            System.arraycopy(view.transform(inputSize, width, height), 0, maps, i * 8, 8);
            gain[i * 3] = (float) view.gainRed();
            gain[i * 3 + 1] = (float) view.gainGreen();
            gain[i * 3 + 2] = (float) view.gainBlue();
            lift[i] = (float) view.lift();
        }
        try (TFloat32 mapTensor = TFloat32.tensorOf(Shape.of(count, 8), DataBuffers.of(maps));
                TFloat32 gainTensor = TFloat32.tensorOf(Shape.of(count, 1, 1, 3), DataBuffers.of(gain));
                TFloat32 liftTensor = TFloat32.tensorOf(Shape.of(count, 1, 1, 1), DataBuffers.of(lift));
                Result result = session.runner()
                        .feed(picture, pixels)
                        .feed(transforms, mapTensor)
                        .feed(gains, gainTensor)
                        .feed(lifts, liftTensor)
                        .fetch(features)
                        .run()) {
            float[] rows = new float[count * featureWidth];
            result.get(0).asRawTensor().data().asFloats().read(rows);
            return rows;
        }
    }

    private Operand<TFloat32> views(Ops tf) {
        Operand<TFloat32> one = tf.expandDims(tf.dtypes.cast(picture, TFloat32.class), tf.constant(0));
        Operand<TFloat32> pictures = tf.tile(
                one,
                tf.concat(
                        List.of(
                                tf.slice(tf.shape(transforms), tf.constant(new int[] {0}), tf.constant(new int[] {1})),
                                tf.constant(new int[] {1, 1, 1})),
                        tf.constant(0)));
        Operand<TFloat32> seen = tf.image.imageProjectiveTransformV3(
                pictures,
                transforms,
                tf.constant(new int[] {inputSize, inputSize}),
                tf.constant(0f),
                "BILINEAR",
                ImageProjectiveTransformV3.fillMode("REFLECT"));
        Operand<TFloat32> lit =
                tf.clipByValue(tf.math.add(tf.math.mul(seen, gains), lifts), tf.constant(0f), tf.constant(255f));
        return tf.math.add(tf.math.mul(lit, tf.constant(SCALING.multiplier())), tf.constant(SCALING.offset()));
    }
}
