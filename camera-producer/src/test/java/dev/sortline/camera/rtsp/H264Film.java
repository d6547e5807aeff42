// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera.rtsp;

import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_unref;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_alloc_context3;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_find_encoder_by_name;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_free_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_open2;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_receive_packet;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_send_frame;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV420P;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_get_buffer;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_make_writable;
import static org.bytedeco.ffmpeg.global.avutil.av_make_q;

import dev.sortline.camera.ffmpeg.Ffmpeg;
import dev.sortline.camera.source.CameraFault;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;

/** A film of H.264 that is made here: gray pictures, each brighter by four than the one before. */
public final class H264Film {
    static final int WIDTH = 320;
    static final int HEIGHT = 240;
    static final int KEY_FRAME_EACH = 10;

    private H264Film() {}

    /** Its pictures, their units each after a start code; each tenth leans on none before it. */
    public static List<byte[]> of(int count) throws CameraFault {
        Ffmpeg.load();
        AVCodec codec = avcodec_find_encoder_by_name("libopenh264");
        AVCodecContext encoder = avcodec_alloc_context3(codec);
        encoder.width(WIDTH).height(HEIGHT).pix_fmt(AV_PIX_FMT_YUV420P).gop_size(KEY_FRAME_EACH);
        encoder.time_base(av_make_q(1, 30)).bit_rate(2_000_000).thread_count(1);
        if (avcodec_open2(encoder, codec, (AVDictionary) null) < 0) {
            throw new IllegalStateException("no encoder of H.264");
        }
        AVFrame frame = av_frame_alloc();
        frame.width(WIDTH).height(HEIGHT).format(AV_PIX_FMT_YUV420P);
        av_frame_get_buffer(frame, 0);
        AVPacket packet = av_packet_alloc();
        List<byte[]> shots = new ArrayList<>();
        for (int number = 0; number < count; number++) {
            av_frame_make_writable(frame);
            paint(frame, number);
            frame.pts(number);
            avcodec_send_frame(encoder, frame);
            drain(encoder, packet, shots);
        }
        avcodec_send_frame(encoder, null);
        drain(encoder, packet, shots);
        av_packet_free(packet);
        av_frame_free(frame);
        avcodec_free_context(encoder);
        return shots;
    }

    /** How bright a picture of it is as a JPEG, of full range; it is made of brightness from 16 to 235. */
    static int brightness(int number) {
        return Math.round((20 + 4 * number - 16) * 255f / 219);
    }

    private static void paint(AVFrame frame, int number) {
        for (int plane = 0; plane < 3; plane++) {
            byte[] row = new byte[frame.linesize(plane)];
            Arrays.fill(row, (byte) (plane == 0 ? 20 + 4 * number : 128));
            for (int y = 0; y < (plane == 0 ? HEIGHT : HEIGHT / 2); y++) {
                frame.data(plane).position((long) y * row.length).put(row);
            }
        }
    }

    private static void drain(AVCodecContext encoder, AVPacket packet, List<byte[]> shots) {
        while (avcodec_receive_packet(encoder, packet) >= 0) {
            byte[] bytes = new byte[packet.size()];
            packet.data().get(bytes);
            shots.add(bytes);
            av_packet_unref(packet);
        }
    }
}
