// SPDX-License-Identifier: Apache-2.0
package dev.sortline.trainer;

import dev.sortline.classifier.ImageBounds;
import dev.sortline.classifier.ImageHeader;
import dev.sortline.classifier.UnreadableImageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
import org.tensorflow.types.TString;
import org.tensorflow.types.TUint8;

/**
 * Reads pictures with the decoders that serve the line: a JPEG is scaled down while it is decoded as long as it stays no smaller than the
 * network's input. Safe for use by several threads.
 */
final class PictureReader implements AutoCloseable {
    private static final int LARGEST_RATIO = 8;

    private final int inputSize;
    private final Graph graph = new Graph();
    private final Session session;
    private final Placeholder<TString> bytes;
    /** By the logarithm of the ratio: 1, 2, 4, 8. */
    private final List<Operand<TUint8>> jpegByRatio = new ArrayList<>();

    private final Operand<TUint8> png;

    /** @param inputSize width and height of the network's input in pixels */
    PictureReader(int inputSize) {
        this.inputSize = inputSize;
        Ops tf = Ops.create(graph);
        this.bytes = tf.placeholder(TString.class);
        for (long ratio = 1; ratio <= LARGEST_RATIO; ratio *= 2) {
            jpegByRatio.add(tf.image.decodeJpeg(
                    bytes, DecodeJpeg.channels(3L), DecodeJpeg.ratio(ratio), DecodeJpeg.tryRecoverTruncated(false)));
        }
        this.png = tf.image.decodePng(bytes, TUint8.class, DecodePng.channels(3L));
        this.session = new Session(graph);
    }

    /**
     * @param file a JPEG or PNG
     * @throws UnreadableImageException if it is no picture within the classifier's default bounds
     * @throws IOException if the disk fails
     */
    Picture read(Path file) throws UnreadableImageException, IOException {
        byte[] content = Files.readAllBytes(file);
        ImageHeader header = ImageBounds.DEFAULT.check(content);
        try (TString tensor = TString.tensorOfBytes(NdArrays.scalarOfObject(content));
                Result decoded = session.runner()
                        .feed(bytes, tensor)
                        .fetch(decoder(header))
                        .run()) {
            TUint8 pixels = (TUint8) decoded.get(0);
            int height = Math.toIntExact(pixels.shape().get(0));
            int width = Math.toIntExact(pixels.shape().get(1));
            byte[] rgb = new byte[height * width * 3];
            pixels.asRawTensor().data().read(rgb);
            return new Picture(width, height, rgb);
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

    private Operand<TUint8> decoder(ImageHeader header) {
        if (header.format() == ImageHeader.Format.PNG) {
            return png;
        }
        int shrink = Math.min(header.width(), header.height()) / inputSize;
        return jpegByRatio.get(31 - Integer.numberOfLeadingZeros(Math.max(1, Math.min(shrink, LARGEST_RATIO))));
    }
}
