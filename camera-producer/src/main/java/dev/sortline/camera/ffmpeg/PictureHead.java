// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera.ffmpeg;

import java.util.Optional;

/**
 * What the first bytes of a picture tell, before anything is decoded. Pure.
 *
 * @param png whether it is a PNG; else a JPEG
 * @param width in pixels, at least 1
 * @param height in pixels, at least 1
 */
public record PictureHead(boolean png, int width, int height) {
    /** Most pixels that are decoded; more would cost memory that no camera's picture is worth. */
    public static final long MOST_PIXELS = 1L << 26;

    private static final long PNG_SIGNATURE = 0x89504E470D0A1A0AL;
    private static final int IHDR = 0x49484452;
    private static final int MARKER = 0xFF;
    private static final int START = 0xD8;
    private static final int SCAN = 0xDA;
    private static final int END = 0xD9;

    /** Empty when it is neither JPEG nor PNG, or has no pixels, or more than are decoded. */
    public static Optional<PictureHead> of(byte[] bytes) {
        Optional<PictureHead> head = Optional.empty();
        if (bytes.length >= 24 && longAt(bytes, 0) == PNG_SIGNATURE && intAt(bytes, 12) == IHDR) {
            head = Optional.of(new PictureHead(true, intAt(bytes, 16), intAt(bytes, 20)));
        } else if (bytes.length >= 4 && (bytes[0] & 0xFF) == MARKER && (bytes[1] & 0xFF) == START) {
            head = ofJpeg(bytes);
        }
        return head.filter(PictureHead::canBeDecoded);
    }

    private boolean canBeDecoded() {
        return width > 0 && height > 0 && (long) width * height <= MOST_PIXELS;
    }

    private static Optional<PictureHead> ofJpeg(byte[] bytes) {
        int at = 2;
        while (at + 9 <= bytes.length && (bytes[at] & 0xFF) == MARKER) {
            int marker = bytes[at + 1] & 0xFF;
            if (marker == MARKER) {
                at++;
            } else if (marker == SCAN || marker == END) {
                return Optional.empty();
            } else if (beginsFrame(marker)) {
                return Optional.of(new PictureHead(false, shortAt(bytes, at + 7), shortAt(bytes, at + 5)));
            } else {
                at += 2 + Math.max(2, shortAt(bytes, at + 2));
            }
        }
        return Optional.empty();
    }

    /** The sixteen of the standard, less those for tables and arithmetic coding that stand among them. */
    private static boolean beginsFrame(int marker) {
        return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
    }

    private static int shortAt(byte[] bytes, int at) {
        return ((bytes[at] & 0xFF) << 8) | (bytes[at + 1] & 0xFF);
    }

    private static int intAt(byte[] bytes, int at) {
        return (shortAt(bytes, at) << 16) | shortAt(bytes, at + 2);
    }

    private static long longAt(byte[] bytes, int at) {
        return ((long) intAt(bytes, at) << 32) | (intAt(bytes, at + 4) & 0xFFFF_FFFFL);
    }
}
