// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera.ffmpeg;

import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_NONE;
import static org.bytedeco.ffmpeg.global.avcodec.AV_PKT_DATA_PRFT;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_get_side_data;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_unref;
import static org.bytedeco.ffmpeg.global.avformat.av_find_input_format;
import static org.bytedeco.ffmpeg.global.avformat.av_read_frame;
import static org.bytedeco.ffmpeg.global.avformat.avformat_alloc_context;
import static org.bytedeco.ffmpeg.global.avformat.avformat_close_input;
import static org.bytedeco.ffmpeg.global.avformat.avformat_open_input;
import static org.bytedeco.ffmpeg.global.avutil.AVMEDIA_TYPE_VIDEO;
import static org.bytedeco.ffmpeg.global.avutil.AV_NOPTS_VALUE;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_free;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_set;
import static org.bytedeco.ffmpeg.presets.avutil.AVERROR_EAGAIN;

import dev.sortline.camera.source.CameraFault;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avcodec.AVProducerReferenceTime;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVInputFormat;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.SizeTPointer;
import org.jspecify.annotations.Nullable;

/** An open video, of which packets are read. Belongs to one thread. */
final class VideoInput implements AutoCloseable {
    private static final long BETWEEN_POLLS_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

    private final VideoPlace place;
    private final AVFormatContext context;
    private final AVStream stream;
    private final AVCodecParameters video;
    private final AVPacket packet = av_packet_alloc();

    private VideoInput(VideoPlace place, AVFormatContext context, AVStream stream) {
        this.place = place;
        this.context = context;
        this.stream = stream;
        video = stream.codecpar();
    }

    /** Opens it; waits as long as {@link Patience} lets it. Nothing is read ahead: what decoders need comes with the first pictures. */
    static VideoInput open(VideoPlace place, OpeningFault faults, FfmpegWords words) throws CameraFault {
        @Nullable AVInputFormat format = av_find_input_format(place.format());
        if (format == null) {
            throw new CameraFault(
                    CameraFault.Kind.NOT_INSTALLED,
                    "%s: FFmpeg cannot read %s on this machine".formatted(place.name(), place.format()));
        }
        AVFormatContext context = avformat_alloc_context();
        context.interrupt_callback().callback(Patience.CALLBACK);
        context.flags(context.flags()
                | AVFormatContext.AVFMT_FLAG_NOBUFFER
                | (place.polled() ? AVFormatContext.AVFMT_FLAG_NONBLOCK : 0));
        var options = new AVDictionary(null);
        place.options().forEach((name, value) -> av_dict_set(options, name, value, 0));
        long begun = System.nanoTime();
        int error = avformat_open_input(context, place.url(), format, options);
        av_dict_free(options);
        if (error < 0) {
            throw faults.of(error, words.said(), Duration.ofNanos(System.nanoTime() - begun));
        }
        for (int i = 0; i < context.nb_streams(); i++) {
            AVStream stream = context.streams(i);
            if (stream.codecpar().codec_type() == AVMEDIA_TYPE_VIDEO) {
                return new VideoInput(place, context, stream);
            }
        }
        avformat_close_input(context);
        throw new CameraFault(CameraFault.Kind.NO_VIDEO, place.name() + ": answers, but gives no video");
    }

    /** The next packet of the video, until the next call; null when there is none, and {@link Patience} or the stream is over. */
    Read next() {
        while (true) {
            av_packet_unref(packet);
            int result = av_read_frame(context, packet);
            if (result >= 0 && packet.stream_index() == stream.index()) {
                return new Read(packet, 0);
            }
            if (result == AVERROR_EAGAIN()
                    && !Patience.isOver()
                    && !Thread.currentThread().isInterrupted()) {
                LockSupport.parkNanos(BETWEEN_POLLS_NANOS);
            } else if (result < 0 || Patience.isOver()) {
                return new Read(null, result);
            }
        }
    }

    /**
     * What was read.
     *
     * @param packet null when nothing could be
     * @param error FFmpeg's number of why
     */
    record Read(@Nullable AVPacket packet, int error) {}

    /** When the sender says that a packet was taken; null when it does not say. */
    @Nullable Instant stamp(AVPacket of) {
        @Nullable BytePointer reference = av_packet_get_side_data(of, AV_PKT_DATA_PRFT, (SizeTPointer) null);
        if (reference != null) {
            return ofMicros(new AVProducerReferenceTime(reference).wallclock());
        }
        return place.polled() && of.pts() != AV_NOPTS_VALUE ? ofMicros(of.pts()) : null;
    }

    private static Instant ofMicros(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }

    /** FFmpeg's number of the codec; {@code AV_CODEC_ID_NONE} for one that it does not know. */
    int codec() {
        return video.codec_id();
    }

    boolean hasCodec() {
        return video.codec_id() != AV_CODEC_ID_NONE;
    }

    AVCodecParameters video() {
        return video;
    }

    /** As it says; 0 when it does not. */
    double framesPerSecond() {
        AVRational rate = stream.avg_frame_rate();
        return rate.num() > 0 && rate.den() > 0 ? (double) rate.num() / rate.den() : 0;
    }

    @Override
    public void close() {
        av_packet_free(packet);
        avformat_close_input(context);
    }
}
