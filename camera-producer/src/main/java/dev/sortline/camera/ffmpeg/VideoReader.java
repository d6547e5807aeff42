// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera.ffmpeg;

import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_MJPEG;
import static org.bytedeco.ffmpeg.global.avcodec.AV_PKT_FLAG_CORRUPT;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_get_name;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EOF;

import dev.sortline.camera.picture.Picture;
import dev.sortline.camera.source.CameraFault;
import dev.sortline.camera.source.PictureSink;
import dev.sortline.camera.source.StreamFormat;
import dev.sortline.camera.time.CaptureTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.jspecify.annotations.Nullable;

/**
 * Reads video as pictures: JPEGs as they are, other video decoded and made into JPEGs. Everything happens on the calling thread; nothing native
 * is left when it returns.
 */
public final class VideoReader {
    private static final Duration KEY_FRAME_WITHIN = Duration.ofSeconds(12);

    private final VideoPlace place;
    private final OpeningFault faults;
    private final CaptureClock captureClock;
    private final InstantSource clock;
    private final UnaryOperator<byte[]> jpegs;
    private final Duration keyFrameWithin;

    /**
     * A reader; it reaches for nothing yet.
     *
     * @param jpegs what is done to each JPEG that comes as it is
     */
    public VideoReader(
            VideoPlace place,
            OpeningFault faults,
            CaptureClock captureClock,
            InstantSource clock,
            UnaryOperator<byte[]> jpegs) {
        this(place, faults, captureClock, clock, jpegs, KEY_FRAME_WITHIN);
    }

    VideoReader(
            VideoPlace place,
            OpeningFault faults,
            CaptureClock captureClock,
            InstantSource clock,
            UnaryOperator<byte[]> jpegs,
            Duration keyFrameWithin) {
        this.place = place;
        this.faults = faults;
        this.captureClock = captureClock;
        this.clock = clock;
        this.jpegs = jpegs;
        this.keyFrameWithin = keyFrameWithin;
    }

    /**
     * Opens the video and hands its pictures over, until it ends.
     *
     * @throws CameraFault always, but for an interrupt: what ended it
     * @throws InterruptedException when interrupted, which is noticed within a fifth of a second
     */
    public void film(PictureSink pictures) throws CameraFault, InterruptedException {
        Ffmpeg.load();
        var words = new FfmpegWords();
        FfmpegLog.listen(words);
        // An answer may take several waits of the length that one may have.
        Patience.begin(place.silentAfter().multipliedBy(2));
        try (VideoInput input = VideoInput.open(place, faults, words);
                Filming filming = filming(input, words, pictures)) {
            throw filming.untilItEnds();
        } catch (CameraFault fault) {
            if (Thread.interrupted()) {
                throw (InterruptedException) new InterruptedException("interrupted while filming").initCause(fault);
            }
            throw fault;
        } finally {
            Patience.end();
            FfmpegLog.listen(null);
        }
    }

    private Filming filming(VideoInput input, FfmpegWords words, PictureSink pictures) throws CameraFault {
        if (!input.hasCodec()) {
            throw new CameraFault(
                    CameraFault.Kind.CODEC,
                    place.name() + ": gives video of an unknown kind; set the camera to H.264, H.265 or MJPEG");
        }
        return new Filming(input, words, pictures);
    }

    /** One connection. */
    private final class Filming implements AutoCloseable, VideoDecoder.Pictures {
        private final VideoInput input;
        private final FfmpegWords words;
        private final PictureSink pictures;
        /** Null where JPEGs come as they are. */
        private final @Nullable VideoDecoder decoder;

        private final JpegEncoder encoder;
        private boolean opened;
        private long keyFrameSeenNanos = System.nanoTime();
        private @Nullable Instant nextArrived;
        private @Nullable Instant nextStamped;

        private Filming(VideoInput input, FfmpegWords words, PictureSink pictures) throws CameraFault {
            this.input = input;
            this.words = words;
            this.pictures = pictures;
            decoder = input.codec() == AV_CODEC_ID_MJPEG ? null : new VideoDecoder(input.video(), place.name(), words);
            encoder = new JpegEncoder(place.quality());
        }

        private CameraFault untilItEnds() {
            while (true) {
                Patience.begin(place.silentAfter());
                VideoInput.Read read = input.next();
                if (read.packet() == null || Thread.currentThread().isInterrupted()) {
                    return end(read.error());
                }
                try {
                    take(read.packet());
                } catch (IllegalStateException e) {
                    return new CameraFault(CameraFault.Kind.CODEC, "%s: %s".formatted(place.name(), e.getMessage()), e);
                }
                if (decoder != null && keyFrameIsOverdue(decoder)) {
                    return new CameraFault(
                            CameraFault.Kind.NO_KEY_FRAME,
                            "%s: no key frame for %d s; set the camera to one a second"
                                    .formatted(place.name(), keyFrameWithin.toSeconds()));
                }
            }
        }

        private CameraFault end(int error) {
            if (Patience.isOver()) {
                return new CameraFault(
                        CameraFault.Kind.SILENT,
                        "%s: gives no picture for %d ms"
                                .formatted(place.name(), place.silentAfter().toMillis()));
            }
            String why = error == AVERROR_EOF ? "has ended the stream" : "the stream broke off: " + Ffmpeg.words(error);
            return new CameraFault(CameraFault.Kind.ENDED, "%s: %s".formatted(place.name(), why));
        }

        private boolean keyFrameIsOverdue(VideoDecoder video) {
            if (!video.isKeyFrameNeeded()) {
                keyFrameSeenNanos = System.nanoTime();
                return false;
            }
            return System.nanoTime() - keyFrameSeenNanos > keyFrameWithin.toNanos();
        }

        private void take(AVPacket packet) {
            Instant arrived = clock.instant();
            @Nullable Instant stamped = input.stamp(packet);
            if (packet.size() == 0) {
                // So a device tells a damaged picture; to a decoder it would be the end.
                cut();
                return;
            }
            if (decoder == null) {
                takeJpeg(packet, captureClock.captured(arrived, stamped));
                return;
            }
            // Where a picture ends is only seen by the first bytes of the next one. So FFmpeg hands one over when the
            // next begins to arrive, and what it tells of the time is the next one's.
            CaptureTime captured = nextArrived == null || place.polled()
                    ? captureClock.captured(arrived, place.polled() ? stamped : null)
                    : captureClock.captured(nextArrived, nextStamped);
            nextArrived = arrived;
            nextStamped = stamped;
            decoder.decode(packet, captured, this);
        }

        private void takeJpeg(AVPacket packet, CaptureTime captured) {
            if (words.takeLost()) {
                // The lost picture, of which nothing comes; the one in hand is whole.
                cut();
            }
            if (packet.size() > Picture.MAX_BYTES) {
                unusable(PictureSink.Unusable.TOO_LARGE);
                return;
            }
            byte[] jpeg = new byte[packet.size()];
            packet.data().get(jpeg);
            if ((packet.flags() & AV_PKT_FLAG_CORRUPT) != 0 || !endsAsJpeg(jpeg)) {
                cut();
                return;
            }
            hand(jpegs.apply(jpeg), captured);
        }

        /** Devices fill up with zeros what they have room for. */
        private static boolean endsAsJpeg(byte[] jpeg) {
            int end = jpeg.length;
            while (end > 0 && jpeg[end - 1] == 0) {
                end--;
            }
            return end > 3 && (jpeg[end - 2] & 0xFF) == 0xFF && (jpeg[end - 1] & 0xFF) == 0xD9;
        }

        @Override
        public void decoded(AVFrame frame, CaptureTime at) {
            hand(encoder.encode(frame), at);
        }

        @Override
        public void cut() {
            unusable(PictureSink.Unusable.CUT);
        }

        private void hand(byte[] jpeg, CaptureTime captured) {
            Optional<PictureHead> head = PictureHead.of(jpeg);
            if (head.isEmpty()) {
                unusable(PictureSink.Unusable.NO_PICTURE);
            } else if (jpeg.length > Picture.MAX_BYTES) {
                unusable(PictureSink.Unusable.TOO_LARGE);
            } else {
                open(head.get().width(), head.get().height());
                pictures.take(new Picture(jpeg, Picture.JPEG, captured));
            }
        }

        private void unusable(PictureSink.Unusable why) {
            open(input.video().width(), input.video().height());
            pictures.unusable(why);
        }

        private void open(int width, int height) {
            if (opened) {
                return;
            }
            opened = true;
            double rate = input.framesPerSecond() > 0 || decoder == null
                    ? input.framesPerSecond()
                    : decoder.framesPerSecond();
            pictures.opened(new StreamFormat(avcodec_get_name(input.codec()).getString(), width, height, rate));
        }

        @Override
        public void close() {
            if (decoder != null) {
                decoder.close();
            }
            encoder.close();
        }
    }
}
