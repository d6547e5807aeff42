// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera.genicam;

import dev.sortline.camera.ffmpeg.RawJpegs.Layout;
import java.util.Arrays;
import java.util.Optional;

/** The kinds of pixels that are read here: 8 bits each, or 8 a colour. Others are for the camera to convert. */
enum PixelFormat {
    MONO8("Mono8", 0x01080001, Layout.GRAY),
    RGB8("RGB8", 0x02180014, Layout.RGB),
    BGR8("BGR8", 0x02180015, Layout.BGR),
    BAYER_GR8("BayerGR8", 0x01080008, 1, 0),
    BAYER_RG8("BayerRG8", 0x01080009, 0, 0),
    BAYER_GB8("BayerGB8", 0x0108000A, 0, 1),
    BAYER_BG8("BayerBG8", 0x0108000B, 1, 1);

    private final String genicamName;
    private final int code;
    private final Layout layout;
    private final boolean isBayer;
    private final int redX;
    private final int redY;

    /** @param code the number of the Pixel Format Naming Convention, as buffers carry it */
    PixelFormat(String genicamName, int code, Layout layout) {
        this.genicamName = genicamName;
        this.code = code;
        this.layout = layout;
        this.isBayer = false;
        this.redX = 0;
        this.redY = 0;
    }

    /**
     * One colour a pixel, in squares of four.
     *
     * @param redX column of red in a square, 0 or 1
     * @param redY row of red in a square, 0 or 1
     */
    PixelFormat(String genicamName, int code, int redX, int redY) {
        this.genicamName = genicamName;
        this.code = code;
        this.layout = Layout.RGB;
        this.isBayer = true;
        this.redX = redX;
        this.redY = redY;
    }

    static Optional<PixelFormat> of(int code) {
        return Arrays.stream(values()).filter(format -> format.code == code).findFirst();
    }

    String genicamName() {
        return genicamName;
    }

    /** How the camera's pixels lie. */
    long bytes(int width, int height) {
        return (long) width * height * (isBayer ? 1 : layout.bytesPerPixel());
    }

    /** How those of {@link #spread} lie. */
    Layout layout() {
        return layout;
    }

    /** The pixels with all their colours. */
    byte[] spread(byte[] pixels, int width, int height) {
        return isBayer ? colours(pixels, width, height) : pixels;
    }

    /**
     * Gives each pixel the red and blue of its square of four, and the green of its own row there: a JPEG keeps colour for a square of four only. An odd
     * last row or column has that of its neighbour.
     */
    private byte[] colours(byte[] bayer, int width, int height) {
        byte[] rgb = new byte[3 * width * height];
        for (int y = 0; y < height; y++) {
            int top = Math.max(0, Math.min(y, height - 2)) & ~1;
            int redRow = Math.min(top + redY, height - 1) * width;
            int blueRow = Math.min(top + 1 - redY, height - 1) * width;
            int greenRow = Math.min(top + (y & 1), height - 1) * width;
            int greenX = (y & 1) == redY ? 1 - redX : redX;
            for (int x = 0; x < width; x++) {
                int left = Math.max(0, Math.min(x, width - 2)) & ~1;
                int at = 3 * (y * width + x);
                rgb[at] = bayer[redRow + Math.min(left + redX, width - 1)];
                rgb[at + 1] = bayer[greenRow + Math.min(left + greenX, width - 1)];
                rgb[at + 2] = bayer[blueRow + Math.min(left + 1 - redX, width - 1)];
            }
        }
        return rgb;
    }
}
