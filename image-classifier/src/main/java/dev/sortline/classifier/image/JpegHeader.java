// SPDX-License-Identifier: Apache-2.0
package dev.sortline.classifier.image;

import java.util.Arrays;

/** Walks a JPEG's marker segments up to the frame header (ITU-T T.81, B.2.2), never past the end of the bytes. */
final class JpegHeader {
    private static final int START_OF_IMAGE = 0xD8;
    private static final int END_OF_IMAGE = 0xD9;
    private static final int START_OF_SCAN = 0xDA;
    private static final int APP1 = 0xE1;
    private static final int FRAME_HEADER_LENGTH = 8;
    private static final byte[] EXIF = {'E', 'x', 'i', 'f', 0, 0};

    private JpegHeader() {}

    static boolean matches(byte[] image) {
        return image.length >= 3
                && unsigned(image, 0) == 0xFF
                && unsigned(image, 1) == START_OF_IMAGE
                && unsigned(image, 2) == 0xFF;
    }

    static ImageHeader read(byte[] image) throws UnreadableImageException {
        Orientation orientation = Orientation.UPRIGHT;
        int at = 2;
        while (at + 1 < image.length) {
            int marker = unsigned(image, at + 1);
            if (unsigned(image, at) != 0xFF || marker == 0 || marker == 0xFF) {
                at++; // a fill byte, or one that belongs to no segment, which decoders skip
            } else if (isStandalone(marker)) {
                at += 2;
            } else if (marker == START_OF_SCAN || marker == END_OF_IMAGE || marker == START_OF_IMAGE) {
                throw ImageHeader.bad("JPEG has marker %02x before its frame header, at byte %d".formatted(marker, at));
            } else {
                int length = segmentLength(image, at + 2);
                if (isFrameHeader(marker)) {
                    return frameHeader(image, at + 2, length, orientation);
                }
                if (marker == APP1 && orientation == Orientation.UPRIGHT) {
                    orientation = exif(image, at + 4, Math.min(at + 2 + length, image.length));
                }
                at += 2 + length;
            }
        }
        throw ImageHeader.bad("JPEG of %d bytes ends before its frame header".formatted(image.length));
    }

    private static int segmentLength(byte[] image, int at) throws UnreadableImageException {
        if (at + 1 >= image.length) {
            throw ImageHeader.bad("JPEG of %d bytes ends inside a segment".formatted(image.length));
        }
        int length = unsigned16(image, at);
        if (length < 2) {
            throw ImageHeader.bad("JPEG has a segment of length %d, at byte %d".formatted(length, at));
        }
        return length;
    }

    private static Orientation exif(byte[] image, int from, int to) {
        int tiff = from + EXIF.length;
        return tiff <= to && Arrays.equals(image, from, tiff, EXIF, 0, EXIF.length)
                ? ExifOrientation.in(image, tiff, to)
                : Orientation.UPRIGHT;
    }

    private static ImageHeader frameHeader(byte[] image, int at, int length, Orientation orientation)
            throws UnreadableImageException {
        if (length < FRAME_HEADER_LENGTH || at + FRAME_HEADER_LENGTH > image.length) {
            throw ImageHeader.bad("JPEG has a frame header of %d bytes".formatted(Math.min(length, image.length - at)));
        }
        int bits = unsigned(image, at + 2);
        int height = unsigned16(image, at + 3);
        int width = unsigned16(image, at + 5);
        int components = unsigned(image, at + 7);
        if (bits != 8) {
            throw ImageHeader.bad("JPEG has %d bits a sample, only 8 are taken".formatted(bits));
        }
        if (components != 1 && components != 3 && components != 4) {
            throw ImageHeader.bad("JPEG has %d components, only 1, 3 or 4 are taken".formatted(components));
        }
        if (width == 0 || height == 0) {
            throw ImageHeader.bad("JPEG says that it is %dx%d".formatted(width, height));
        }
        return new ImageHeader(ImageHeader.Format.JPEG, width, height, orientation);
    }

    /** SOF0 to SOF15, without DHT (C4), JPG (C8) and DAC (CC), which share their range. */
    private static boolean isFrameHeader(int marker) {
        return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
    }

    /** TEM and the restart markers have no length. */
    private static boolean isStandalone(int marker) {
        return marker == 0x01 || (marker >= 0xD0 && marker <= 0xD7);
    }

    private static int unsigned16(byte[] image, int at) {
        return unsigned(image, at) << 8 | unsigned(image, at + 1);
    }

    private static int unsigned(byte[] image, int at) {
        return image[at] & 0xFF;
    }
}
