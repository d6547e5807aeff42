// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera.ffmpeg;

import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_MJPEG;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_PNG;
import static org.bytedeco.ffmpeg.global.avcodec.AV_EF_EXPLODE;
import static org.bytedeco.ffmpeg.global.avcodec.AV_INPUT_BUFFER_PADDING_SIZE;
import static org.bytedeco.ffmpeg.global.avcodec.AV_PKT_FLAG_KEY;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_alloc_context3;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_find_decoder;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_flush_buffers;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_free_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_open2;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_receive_frame;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_send_packet;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.javacpp.BytePointer;

/** Decodes JPEGs and PNGs, one after another. Belongs to one thread. */
final class StillDecoder implements AutoCloseable {
    /** As FFmpeg's JPEG decoder takes it: width and height halve so often. */
    static final int MOST_HALVINGS = 3;

    private static final int PNG = -1;

    private final boolean damageRefused;
    private final AVPacket packet = av_packet_alloc();
    private final AVFrame frame = av_frame_alloc();
    /** By halvings, or {@link #PNG}. */
    private final Map<Integer, AVCodecContext> decoders = new HashMap<>();

    private BytePointer buffer = new BytePointer(1 << 18);

    /** @param damageRefused whether a picture of which bytes are missing or wrong is refused; else decoded as far as it goes */
    StillDecoder(boolean damageRefused) {
        this.damageRefused = damageRefused;
    }

    /**
     * The pixels, until the next call. Empty when it cannot be decoded.
     *
     * @param head of these bytes
     * @param halvings how often width and height of a JPEG are halved, 0 to {@value #MOST_HALVINGS}; a PNG keeps its size
     */
    Optional<AVFrame> decode(byte[] bytes, PictureHead head, int halvings) {
        AVCodecContext decoder = decoders.computeIfAbsent(head.png() ? PNG : halvings, this::open);
        if (buffer.capacity() < (long) bytes.length + AV_INPUT_BUFFER_PADDING_SIZE) {
            buffer.close();
            buffer = new BytePointer(2L * bytes.length + AV_INPUT_BUFFER_PADDING_SIZE);
        }
        buffer.position(0).put(bytes, 0, bytes.length);
        // Without it the decoder of PNGs would add each picture to the one before.
        packet.flags(AV_PKT_FLAG_KEY);
        packet.data(buffer).size(bytes.length);
        boolean decoded = avcodec_send_packet(decoder, packet) >= 0 && avcodec_receive_frame(decoder, frame) >= 0;
        packet.data(null).size(0);
        if (!decoded) {
            avcodec_flush_buffers(decoder);
            return Optional.empty();
        }
        return damageRefused && VideoDecoder.isDamaged(frame) ? Optional.empty() : Optional.of(frame);
    }

    private AVCodecContext open(int kind) {
        AVCodec codec = avcodec_find_decoder(kind == PNG ? AV_CODEC_ID_PNG : AV_CODEC_ID_MJPEG);
        AVCodecContext decoder = avcodec_alloc_context3(codec);
        decoder.thread_count(1);
        decoder.max_pixels(PictureHead.MOST_PIXELS);
        if (kind != PNG) {
            decoder.lowres(kind);
        }
        if (damageRefused) {
            decoder.err_recognition(AV_EF_EXPLODE);
        }
        int error = avcodec_open2(decoder, codec, (AVDictionary) null);
        if (error < 0) {
            avcodec_free_context(decoder);
            throw new IllegalStateException("FFmpeg opens no decoder of pictures: " + Ffmpeg.words(error));
        }
        return decoder;
    }

    @Override
    public void close() {
        decoders.values().forEach(decoder -> avcodec_free_context(decoder));
        decoders.clear();
        av_packet_free(packet);
        av_frame_free(frame);
        buffer.close();
    }
}
