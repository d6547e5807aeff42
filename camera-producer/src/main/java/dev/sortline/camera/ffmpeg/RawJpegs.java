// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera.ffmpeg;

import static org.bytedeco.ffmpeg.global.avutil.AVCOL_RANGE_JPEG;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_BGR24;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_GRAY8;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_RGB24;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_get_buffer;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_unref;

import dev.sortline.camera.source.CameraFault;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.javacpp.BytePointer;

/** Makes JPEGs of pixels as a sensor gives them. Belongs to one thread; free it by {@link #close}. */
public final class RawJpegs implements AutoCloseable {
    private final AVFrame frame = av_frame_alloc();
    private final JpegEncoder encoder;

    /** How pixels lie one after the other, 8 bits each or 8 a colour. */
    public enum Layout {
        /** Brightness alone. */
        GRAY(AV_PIX_FMT_GRAY8, 1),
        /** Red, green, blue. */
        RGB(AV_PIX_FMT_RGB24, 3),
        /** Blue, green, red. */
        BGR(AV_PIX_FMT_BGR24, 3);

        private final int format;
        private final int bytesPerPixel;

        Layout(int format, int bytesPerPixel) {
            this.format = format;
            this.bytesPerPixel = bytesPerPixel;
        }

        /** So many bytes a pixel. */
        public int bytesPerPixel() {
            return bytesPerPixel;
        }
    }

    private RawJpegs(int quality) {
        encoder = new JpegEncoder(quality);
    }

    /**
     * An encoder.
     *
     * @param quality 1 to 100
     * @throws CameraFault of kind {@link CameraFault.Kind#NOT_INSTALLED} when FFmpeg is missing on this machine
     */
    public static RawJpegs open(int quality) throws CameraFault {
        Ffmpeg.load();
        return new RawJpegs(quality);
    }

    /**
     * The picture as a JPEG. Of one with an odd width or height the last column or row is left out: FFmpeg colours it by what lies beyond.
     *
     * @param pixels row by row from the top left, without gaps; at least {@code width * height} of them
     */
    public byte[] encode(Layout layout, int width, int height, byte[] pixels) {
        int row = width * layout.bytesPerPixel;
        if (width < 1 || height < 1 || pixels.length < (long) row * height) {
            throw new IllegalArgumentException("pixels are %d bytes: must be %d x %d, %d each"
                    .formatted(pixels.length, width, height, layout.bytesPerPixel));
        }
        prepare(layout, even(width), even(height));
        BytePointer plane = frame.data(0);
        for (int y = 0; y < frame.height(); y++) {
            plane.position((long) y * frame.linesize(0)).put(pixels, y * row, frame.width() * layout.bytesPerPixel);
        }
        return encoder.encode(frame);
    }

    private static int even(int size) {
        return size == 1 ? 1 : size & ~1;
    }

    private void prepare(Layout layout, int width, int height) {
        if (frame.width() != width || frame.height() != height || frame.format() != layout.format) {
            av_frame_unref(frame);
            frame.width(width).height(height).format(layout.format);
            frame.color_range(AVCOL_RANGE_JPEG);
            int error = av_frame_get_buffer(frame, 0);
            if (error < 0) {
                throw new IllegalStateException("FFmpeg has no room for a picture: " + Ffmpeg.words(error));
            }
        }
    }

    @Override
    public void close() {
        encoder.close();
        av_frame_free(frame);
    }
}
