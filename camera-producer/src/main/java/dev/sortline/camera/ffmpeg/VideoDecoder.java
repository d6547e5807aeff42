// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera.ffmpeg;

import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_FLAG_LOW_DELAY;
import static org.bytedeco.ffmpeg.global.avcodec.AV_PKT_FLAG_CORRUPT;
import static org.bytedeco.ffmpeg.global.avcodec.AV_PKT_FLAG_KEY;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_alloc_context3;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_find_decoder;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_flush_buffers;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_free_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_open2;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_parameters_to_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_receive_frame;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_send_packet;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.presets.avutil.AVERROR_EAGAIN;

import dev.sortline.camera.source.CameraFault;
import dev.sortline.camera.time.CaptureTime;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.jspecify.annotations.Nullable;

/**
 * Decodes video of which pictures lean on those before them. At the beginning, and after anything was lost, it gives nothing until the next
 * picture that leans on none. Belongs to one thread.
 */
final class VideoDecoder implements AutoCloseable {
    /** More than any decoder holds back. */
    private static final int MOST_HELD_BACK = 64;

    private final AVCodecContext decoder;
    private final AVFrame frame;
    private final FfmpegWords words;
    /** By the number of their packet, which FFmpeg carries along as its time. */
    private final Map<Long, CaptureTime> captured = new LinkedHashMap<>();

    private long packets;
    private boolean keyFrameNeeded = true;

    /** What becomes of a packet. */
    interface Pictures {
        /** A whole picture, until this returns. */
        void decoded(AVFrame frame, CaptureTime at);

        /** A picture that is damaged, or leans on one that is missing. */
        void cut();
    }

    /**
     * A decoder with a thread of the caller's alone.
     *
     * @throws CameraFault of kind {@link CameraFault.Kind#CODEC} when there is none for this video
     */
    VideoDecoder(AVCodecParameters video, String name, FfmpegWords words) throws CameraFault {
        @Nullable AVCodec codec = avcodec_find_decoder(video.codec_id());
        if (codec == null) {
            throw new CameraFault(
                    CameraFault.Kind.CODEC,
                    name + ": gives video that cannot be decoded here; set the camera to H.264, H.265 or MJPEG");
        }
        this.words = words;
        frame = av_frame_alloc();
        decoder = avcodec_alloc_context3(codec);
        avcodec_parameters_to_context(decoder, video);
        decoder.thread_count(1);
        decoder.max_pixels(PictureHead.MOST_PIXELS);
        decoder.flags(decoder.flags() | AV_CODEC_FLAG_LOW_DELAY);
        int error = avcodec_open2(decoder, codec, (AVDictionary) null);
        if (error < 0) {
            close();
            throw new CameraFault(
                    CameraFault.Kind.CODEC,
                    "%s: FFmpeg opens no decoder for its video: %s".formatted(name, Ffmpeg.words(error)));
        }
    }

    /** Whether pixels of a picture were made up, because what they are made of is damaged or missing. */
    static boolean isDamaged(AVFrame frame) {
        return (frame.flags() & AVFrame.AV_FRAME_FLAG_CORRUPT) != 0 || frame.decode_error_flags() != 0;
    }

    /** Whether it waits for a picture that leans on none. */
    boolean isKeyFrameNeeded() {
        return keyFrameNeeded;
    }

    /** As the video itself says; 0 when it does not. */
    double framesPerSecond() {
        AVRational rate = decoder.framerate();
        return rate.num() > 0 && rate.den() > 0 ? (double) rate.num() / rate.den() : 0;
    }

    /**
     * Decodes a packet.
     *
     * @param at when what is in it was taken
     */
    void decode(AVPacket packet, CaptureTime at, Pictures pictures) {
        boolean lost = words.takeLost() || (packet.flags() & AV_PKT_FLAG_CORRUPT) != 0;
        boolean key = (packet.flags() & AV_PKT_FLAG_KEY) != 0;
        if (lost || (keyFrameNeeded && !key)) {
            keyFrameNeeded = true;
            pictures.cut();
            return;
        }
        if (keyFrameNeeded) {
            avcodec_flush_buffers(decoder);
            captured.clear();
            keyFrameNeeded = false;
        }
        long number = packets++;
        captured.put(number, at);
        if (captured.size() > MOST_HELD_BACK) {
            captured.remove(captured.keySet().iterator().next());
        }
        packet.pts(number);
        packet.dts(number);
        int sent = avcodec_send_packet(decoder, packet);
        int received = sent;
        while (received >= 0) {
            received = avcodec_receive_frame(decoder, frame);
            if (received >= 0) {
                hand(at, pictures);
            }
        }
        boolean failed = sent < 0 || received != AVERROR_EAGAIN();
        if (failed || words.takeLost()) {
            keyFrameNeeded = true;
        }
        if (failed) {
            pictures.cut();
        }
    }

    private void hand(CaptureTime newest, Pictures pictures) {
        @Nullable CaptureTime at = captured.remove(frame.pts());
        if (isDamaged(frame) || words.takeLost()) {
            keyFrameNeeded = true;
            pictures.cut();
        } else {
            pictures.decoded(frame, at == null ? newest : at);
        }
    }

    @Override
    public void close() {
        av_frame_free(frame);
        avcodec_free_context(decoder);
    }
}
