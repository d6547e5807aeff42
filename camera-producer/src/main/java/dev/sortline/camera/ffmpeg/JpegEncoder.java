// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera.ffmpeg;

import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_FLAG_QSCALE;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_MJPEG;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_unref;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_alloc_context3;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_find_encoder;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_free_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_open2;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_receive_packet;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_send_frame;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_RANGE_JPEG;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUVJ420P;
import static org.bytedeco.ffmpeg.global.avutil.FF_QP2LAMBDA;
import static org.bytedeco.ffmpeg.global.avutil.av_make_q;
import static org.bytedeco.ffmpeg.global.avutil.av_opt_set;

import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.jspecify.annotations.Nullable;

/**
 * Makes JPEGs of decoded pictures of any size and kind of pixels: 4:2:0, full range, Huffman tables of the standard. Belongs to one thread; free
 * it by {@link #close}.
 *
 * <p>Its quality is told as other programs tell it, from 1 to 100. FFmpeg's own scale runs the other way, from 2, the best, to 31: at
 * {@code q} of 50 and more other programs divide by {@code (200 - 2q) / 100} of the standard's tables, below it by {@code 50 / q}; FFmpeg's step
 * that divides about as much on average is 13.5 times that. So 90 is FFmpeg's 3, 75 its 7, 50 its 14; from 93 on it is always the best.
 */
final class JpegEncoder implements AutoCloseable {
    private static final double STEPS_OF_THE_STANDARDS_TABLES = 13.5;
    private static final int BEST = 2;
    private static final int WORST = 31;

    private final int step;
    private final AVPacket packet = av_packet_alloc();
    private final FrameScaler scaler = new FrameScaler();
    private @Nullable AVCodecContext encoder;
    /** The encoder wants each to be above the last. */
    private long pictures;

    /** @param quality 1 to 100 */
    JpegEncoder(int quality) {
        step = step(quality);
    }

    /** FFmpeg's step for a quality from 1 to 100. */
    static int step(int quality) {
        if (quality < 1 || quality > 100) {
            throw new IllegalArgumentException("quality is %d: must be from 1 to 100".formatted(quality));
        }
        double ofTheTables = quality < 50 ? 50.0 / quality : (200 - 2 * quality) / 100.0;
        return (int) Math.max(BEST, Math.min(WORST, Math.round(STEPS_OF_THE_STANDARDS_TABLES * ofTheTables)));
    }

    /** The picture as a JPEG. */
    byte[] encode(AVFrame picture) {
        AVFrame full = picture.format() == AV_PIX_FMT_YUVJ420P
                ? picture
                : scaler.scale(picture, picture.width(), picture.height(), AV_PIX_FMT_YUVJ420P);
        full.quality(step * FF_QP2LAMBDA);
        full.pts(pictures++);
        AVCodecContext fitting = encoder(full.width(), full.height());
        check(avcodec_send_frame(fitting, full));
        check(avcodec_receive_packet(fitting, packet));
        byte[] jpeg = new byte[packet.size()];
        packet.data().get(jpeg);
        av_packet_unref(packet);
        return jpeg;
    }

    private AVCodecContext encoder(int width, int height) {
        if (encoder != null && encoder.width() == width && encoder.height() == height) {
            return encoder;
        }
        free();
        AVCodec codec = avcodec_find_encoder(AV_CODEC_ID_MJPEG);
        AVCodecContext fresh = avcodec_alloc_context3(codec);
        encoder = fresh;
        fresh.width(width).height(height).pix_fmt(AV_PIX_FMT_YUVJ420P);
        fresh.color_range(AVCOL_RANGE_JPEG);
        fresh.time_base(av_make_q(1, 30));
        fresh.thread_count(1);
        fresh.flags(fresh.flags() | AV_CODEC_FLAG_QSCALE);
        fresh.global_quality(step * FF_QP2LAMBDA);
        // Tables of its own for each picture would save a tenth of its bytes and take a tenth more time.
        av_opt_set(fresh.priv_data(), "huffman", "default", 0);
        check(avcodec_open2(fresh, codec, (AVDictionary) null));
        return fresh;
    }

    private static void check(int result) {
        if (result < 0) {
            throw new IllegalStateException("FFmpeg cannot make a JPEG: " + Ffmpeg.words(result));
        }
    }

    private void free() {
        if (encoder != null) {
            avcodec_free_context(encoder);
            encoder = null;
        }
    }

    @Override
    public void close() {
        free();
        av_packet_free(packet);
        scaler.close();
    }
}
