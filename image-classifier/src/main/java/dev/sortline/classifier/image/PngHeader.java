// SPDX-License-Identifier: Apache-2.0
package dev.sortline.classifier.image;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Reads a PNG's first chunk, IHDR (ISO/IEC 15948, 11.2.2), and from eXIf how it is to be turned. */
final class PngHeader {
    private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};
    private static final byte[] IHDR = "IHDR".getBytes(StandardCharsets.US_ASCII);
    /** The letters of its type. */
    private static final int EXIF = 0x65584966;

    private static final int IHDR_LENGTH = 13;
    /** Signature, length, type, content and checksum of the first chunk. */
    private static final int BYTES = SIGNATURE.length + 4 + 4 + IHDR_LENGTH + 4;

    private PngHeader() {}

    static boolean matches(byte[] image) {
        return image.length >= SIGNATURE.length
                && Arrays.equals(image, 0, SIGNATURE.length, SIGNATURE, 0, SIGNATURE.length);
    }

    static ImageHeader read(byte[] image) throws UnreadableImageException {
        if (image.length < BYTES) {
            throw ImageHeader.bad("PNG of %d bytes ends inside its header".formatted(image.length));
        }
        ByteBuffer header = ByteBuffer.wrap(image);
        int length = header.getInt(8);
        if (length != IHDR_LENGTH || !Arrays.equals(image, 12, 16, IHDR, 0, IHDR.length)) {
            throw ImageHeader.bad("PNG does not begin with a header chunk of 13 bytes");
        }
        int width = header.getInt(16);
        int height = header.getInt(20);
        if (width < 1 || height < 1) {
            throw ImageHeader.bad("PNG says that it is %sx%s"
                    .formatted(Integer.toUnsignedString(width), Integer.toUnsignedString(height)));
        }
        return new ImageHeader(ImageHeader.Format.PNG, width, height, orientation(image));
    }

    /** Of the chunk eXIf, which has its place before the pixels or behind them. */
    private static Orientation orientation(byte[] image) {
        ByteBuffer png = ByteBuffer.wrap(image);
        int at = BYTES;
        while (at <= png.limit() - 8) {
            int length = png.getInt(at);
            if (length < 0 || length > png.limit() - at - 8) {
                break;
            }
            if (png.getInt(at + 4) == EXIF) {
                return ExifOrientation.in(image, at + 8, at + 8 + length);
            }
            at += 12 + length;
        }
        return Orientation.UPRIGHT;
    }
}
