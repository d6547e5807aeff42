// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera.ffmpeg;

import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_GRAY8;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUVJ420P;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUVJ422P;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUVJ440P;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUVJ444P;

import dev.sortline.camera.picture.Luma;
import dev.sortline.camera.source.CameraFault;
import java.util.Optional;
import java.util.Set;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.javacpp.BytePointer;

/**
 * Makes small pictures of brightness. Of a JPEG only an eighth of width and height is decoded, which takes about a millisecond for 1280 x 720
 * pixels; a PNG is decoded whole. A JPEG of which the end is missing is read as far as it goes. Belongs to one thread; free it by
 * {@link #close}.
 */
public final class LumaReader implements AutoCloseable {
    /** Those whose first plane is brightness of full range. */
    private static final Set<Integer> BRIGHTNESS_FIRST = Set.of(
            AV_PIX_FMT_GRAY8, AV_PIX_FMT_YUVJ420P, AV_PIX_FMT_YUVJ422P, AV_PIX_FMT_YUVJ440P, AV_PIX_FMT_YUVJ444P);

    private static final int EIGHTH = 3;

    private final StillDecoder decoder = new StillDecoder(false);
    private final FrameScaler scaler = new FrameScaler();

    private LumaReader() {}

    /**
     * A reader.
     *
     * @throws CameraFault of kind {@link CameraFault.Kind#NOT_INSTALLED} when FFmpeg is missing on this machine
     */
    public static LumaReader open() throws CameraFault {
        Ffmpeg.load();
        return new LumaReader();
    }

    /**
     * The small picture of a JPEG or PNG.
     *
     * @return empty when it cannot be decoded, or has more than 2^26 pixels, of which none is looked at
     */
    public Optional<Luma> read(byte[] picture) {
        return PictureHead.of(picture)
                .flatMap(head -> decoder.decode(picture, head, EIGHTH).map(frame -> luma(frame, head)));
    }

    private Luma luma(AVFrame frame, PictureHead head) {
        int width = eighth(head.width());
        int height = eighth(head.height());
        boolean asItIs =
                frame.width() == width && frame.height() == height && BRIGHTNESS_FIRST.contains(frame.format());
        return copied(asItIs ? frame : scaler.scale(frame, width, height, AV_PIX_FMT_GRAY8));
    }

    private static Luma copied(AVFrame frame) {
        byte[] values = new byte[frame.width() * frame.height()];
        BytePointer rows = frame.data(0);
        for (int y = 0; y < frame.height(); y++) {
            rows.position((long) y * frame.linesize(0)).get(values, y * frame.width(), frame.width());
        }
        return new Luma(frame.width(), frame.height(), values);
    }

    private static int eighth(int pixels) {
        return (pixels + 7) >> EIGHTH;
    }

    @Override
    public void close() {
        decoder.close();
        scaler.close();
    }
}
