// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera.ffmpeg;

import static org.bytedeco.ffmpeg.global.avutil.AV_FRAME_CROP_UNALIGNED;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUVJ420P;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_get;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_apply_cropping;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_get_buffer;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_unref;

import dev.sortline.camera.picture.Picture;
import dev.sortline.camera.picture.Region;
import dev.sortline.camera.source.CameraFault;
import java.util.Optional;
import org.bytedeco.ffmpeg.avutil.AVDictionaryEntry;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.javacpp.BytePointer;
import org.jspecify.annotations.Nullable;

/**
 * Crops, turns and shrinks a camera's pictures, in this order, and makes JPEGs of them. A picture of which nothing is asked keeps its bytes. Belongs
 * to one thread; free it by {@link #close}.
 */
public final class PictureShape implements AutoCloseable {
    private static final int PLANES = 3;

    private final PictureShapeSettings settings;
    private final @Nullable Workshop workshop;

    private PictureShape(PictureShapeSettings settings, @Nullable Workshop workshop) {
        this.settings = settings;
        this.workshop = workshop;
    }

    /**
     * A shape. Where nothing is asked it needs no FFmpeg.
     *
     * @throws CameraFault of kind {@link CameraFault.Kind#NOT_INSTALLED} when FFmpeg is needed and missing on this machine
     */
    public static PictureShape open(PictureShapeSettings settings) throws CameraFault {
        if (settings.isUntouched()) {
            return new PictureShape(settings, null);
        }
        Ffmpeg.load();
        return new PictureShape(settings, new Workshop(settings));
    }

    /**
     * The picture as it is to be sent; a JPEG where it was changed. Nobody looks here whether it is too large to be sent.
     *
     * @return empty when it must be changed and is damaged, cannot be decoded or has more than 2^26 pixels: damage is not to be hidden in a
     *     whole JPEG
     */
    public Optional<Picture> shape(Picture picture) {
        if (workshop == null) {
            return Optional.of(picture);
        }
        Optional<PictureHead> head = PictureHead.of(picture.bytes());
        if (head.isPresent() && settings.leavesSmallOnes() && longerEdge(head.get()) <= mostEdge()) {
            return Optional.of(picture);
        }
        return head.flatMap(size -> workshop.shape(picture.bytes(), size, mostEdge()))
                .map(jpeg -> new Picture(jpeg, Picture.JPEG, picture.captured()));
    }

    private int mostEdge() {
        return settings.maxEdge() == null ? Integer.MAX_VALUE : settings.maxEdge();
    }

    private static int longerEdge(PictureHead head) {
        return Math.max(head.width(), head.height());
    }

    @Override
    public void close() {
        if (workshop != null) {
            workshop.close();
        }
    }

    /** What the work needs, all of it native. */
    private static final class Workshop {
        private final StillDecoder decoder = new StillDecoder(true);
        private final FrameScaler scaler = new FrameScaler();
        private final AVFrame turned = av_frame_alloc();
        private final JpegEncoder encoder;
        private final Region crop;
        private final int turns;

        private Workshop(PictureShapeSettings settings) {
            encoder = new JpegEncoder(settings.qualityOrDefault());
            crop = settings.cropOrWhole();
            turns = settings.quarterTurns();
        }

        private Optional<byte[]> shape(byte[] bytes, PictureHead head, int mostEdge) {
            double kept = Math.max(head.width() * crop.width(), head.height() * crop.height());
            int halvings = 0;
            while (halvings < StillDecoder.MOST_HALVINGS && kept / (2 << halvings) >= mostEdge) {
                halvings++;
            }
            return decoder.decode(bytes, head, halvings).map(frame -> shaped(frame, mostEdge));
        }

        private byte[] shaped(AVFrame frame, int mostEdge) {
            int allTurns = (turns + turnsByExif(frame)) % 4;
            crop(frame);
            double smaller = Math.min(1, (double) mostEdge / Math.max(frame.width(), frame.height()));
            AVFrame scaled = scaler.scale(
                    frame, size(frame.width(), smaller), size(frame.height(), smaller), AV_PIX_FMT_YUVJ420P);
            return encoder.encode(allTurns == 0 ? scaled : turned(scaled, allTurns));
        }

        /** What the camera says of itself would be lost with its bytes. Mirrored pictures come from no camera. */
        private static int turnsByExif(AVFrame frame) {
            @Nullable AVDictionaryEntry orientation = av_dict_get(frame.metadata(), "Orientation", null, 0);
            if (orientation == null) {
                return 0;
            }
            return switch (orientation.value().getString().strip()) {
                case "6" -> 1;
                case "3" -> 2;
                case "8" -> 3;
                default -> 0;
            };
        }

        private void crop(AVFrame frame) {
            int left = (int) Math.min(Math.round(crop.left() * frame.width()), frame.width() - 1);
            int top = (int) Math.min(Math.round(crop.top() * frame.height()), frame.height() - 1);
            int width = (int) Math.max(1, Math.min(Math.round(crop.width() * frame.width()), frame.width() - left));
            int height = (int) Math.max(1, Math.min(Math.round(crop.height() * frame.height()), frame.height() - top));
            frame.crop_left(left).crop_top(top);
            frame.crop_right((long) frame.width() - left - width).crop_bottom((long) frame.height() - top - height);
            int error = av_frame_apply_cropping(frame, AV_FRAME_CROP_UNALIGNED);
            if (error < 0) {
                throw new IllegalStateException("FFmpeg cannot crop a picture: " + Ffmpeg.words(error));
            }
        }

        private static int size(int pixels, double smaller) {
            return (int) Math.max(1, Math.round(pixels * smaller));
        }

        private AVFrame turned(AVFrame frame, int by) {
            boolean lies = by % 2 == 1;
            int width = lies ? frame.height() : frame.width();
            int height = lies ? frame.width() : frame.height();
            if (turned.width() != width || turned.height() != height) {
                av_frame_unref(turned);
                turned.width(width).height(height).format(AV_PIX_FMT_YUVJ420P);
                int error = av_frame_get_buffer(turned, 0);
                if (error < 0) {
                    throw new IllegalStateException("FFmpeg has no room for a picture: " + Ffmpeg.words(error));
                }
            }
            for (int plane = 0; plane < PLANES; plane++) {
                int planeWidth = plane == 0 ? frame.width() : (frame.width() + 1) / 2;
                int planeHeight = plane == 0 ? frame.height() : (frame.height() + 1) / 2;
                byte[] from = new byte[planeWidth * planeHeight];
                BytePointer rows = frame.data(plane);
                for (int y = 0; y < planeHeight; y++) {
                    rows.position((long) y * frame.linesize(plane)).get(from, y * planeWidth, planeWidth);
                }
                byte[] to = QuarterTurn.turned(from, planeWidth, by);
                int toWidth = lies ? planeHeight : planeWidth;
                BytePointer toRows = turned.data(plane);
                for (int y = 0; y < to.length / toWidth; y++) {
                    toRows.position((long) y * turned.linesize(plane)).put(to, y * toWidth, toWidth);
                }
            }
            return turned;
        }

        private void close() {
            decoder.close();
            scaler.close();
            encoder.close();
            av_frame_free(turned);
        }
    }
}
