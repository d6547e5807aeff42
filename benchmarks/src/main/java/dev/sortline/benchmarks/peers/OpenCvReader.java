// SPDX-License-Identifier: Apache-2.0
package dev.sortline.benchmarks.peers;

import dev.sortline.classifier.model.PixelScaling;
import java.io.IOException;
import java.nio.FloatBuffer;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgcodecs;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Size;

/** OpenCV, whose JPEG decoder is libjpeg-turbo: scales while it decodes where that leaves enough, and resizes before it converts. */
public final class OpenCvReader implements PictureReader {
    private static final int CHANNELS = 3;

    private final int size;
    private final PixelScaling scaling;
    /** By the first picture: a camera's pictures are all of one size. */
    private volatile int flags;

    /**
     * A reader for a network.
     *
     * @param size width and height of its input in pixels
     */
    public OpenCvReader(int size, PixelScaling scaling) {
        this.size = size;
        this.scaling = scaling;
        // The workers share the processors already.
        opencv_core.setNumThreads(1);
    }

    /** The library's version. */
    static String version() {
        // With the zero at its end.
        return opencv_core.getVersionString().getString().trim();
    }

    @Override
    public void read(byte[] image, FloatBuffer pixels) throws IOException {
        try (var bytes = new BytePointer(image);
                var encoded = new Mat(1, image.length, opencv_core.CV_8U, bytes);
                var picture = decoded(encoded);
                var square = new Mat();
                var side = new Size(size, size);
                var values = new Mat()) {
            opencv_imgproc.resize(picture, square, side, 0, 0, opencv_imgproc.INTER_LINEAR);
            opencv_imgproc.cvtColor(square, square, opencv_imgproc.COLOR_BGR2RGB);
            square.convertTo(values, opencv_core.CV_32F, scaling.multiplier(), scaling.offset());
            try (var floats = new FloatPointer(values.data())) {
                pixels.put(floats.capacity((long) CHANNELS * size * size).asBuffer());
            }
        }
    }

    private Mat decoded(Mat encoded) throws IOException {
        if (flags == 0) {
            try (Mat whole = opencv_imgcodecs.imdecode(encoded, opencv_imgcodecs.IMREAD_COLOR)) {
                flags = flags(Math.min(whole.rows(), whole.cols()) / size);
            }
        }
        Mat picture = opencv_imgcodecs.imdecode(encoded, flags);
        if (picture.empty()) {
            picture.close();
            throw new IOException("OpenCV cannot read it");
        }
        return picture;
    }

    private static int flags(int shrink) {
        if (shrink >= 8) {
            return opencv_imgcodecs.IMREAD_REDUCED_COLOR_8;
        } else if (shrink >= 4) {
            return opencv_imgcodecs.IMREAD_REDUCED_COLOR_4;
        } else if (shrink >= 2) {
            return opencv_imgcodecs.IMREAD_REDUCED_COLOR_2;
        }
        return opencv_imgcodecs.IMREAD_COLOR;
    }
}
