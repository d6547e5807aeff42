// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera.ffmpeg;

import static org.bytedeco.ffmpeg.global.avutil.AVCOL_RANGE_JPEG;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_get_buffer;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_unref;
import static org.bytedeco.ffmpeg.global.swscale.SWS_AREA;
import static org.bytedeco.ffmpeg.global.swscale.SWS_FAST_BILINEAR;
import static org.bytedeco.ffmpeg.global.swscale.sws_freeContext;
import static org.bytedeco.ffmpeg.global.swscale.sws_getCachedContext;
import static org.bytedeco.ffmpeg.global.swscale.sws_scale;

import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.swscale.SwsContext;
import org.jspecify.annotations.Nullable;

/** Brings decoded pictures to a size and a kind of pixels, of full range, as JPEGs have it. Belongs to one thread. */
final class FrameScaler implements AutoCloseable {
    private final AVFrame scaled = av_frame_alloc();
    private @Nullable SwsContext context;

    /** The picture in a size and kind of pixels, until the next call; the area of each pixel is averaged where it gets smaller. */
    AVFrame scale(AVFrame picture, int width, int height, int pixels) {
        if (scaled.width() != width || scaled.height() != height || scaled.format() != pixels) {
            av_frame_unref(scaled);
            scaled.width(width).height(height).format(pixels);
            check(av_frame_get_buffer(scaled, 0));
        }
        boolean sameSize = picture.width() == width && picture.height() == height;
        context = sws_getCachedContext(
                context,
                picture.width(),
                picture.height(),
                picture.format(),
                width,
                height,
                pixels,
                sameSize ? SWS_FAST_BILINEAR : SWS_AREA,
                null,
                null,
                (double[]) null);
        if (context == null) {
            throw new IllegalStateException("FFmpeg cannot scale pixels of kind " + picture.format());
        }
        check(sws_scale(
                context, picture.data(), picture.linesize(), 0, picture.height(), scaled.data(), scaled.linesize()));
        scaled.color_range(AVCOL_RANGE_JPEG);
        return scaled;
    }

    private static void check(int result) {
        if (result < 0) {
            throw new IllegalStateException("FFmpeg cannot scale a picture: " + Ffmpeg.words(result));
        }
    }

    @Override
    public void close() {
        av_frame_free(scaled);
        if (context != null) {
            sws_freeContext(context);
            context = null;
        }
    }
}
