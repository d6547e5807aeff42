// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera.folder;

import dev.sortline.camera.picture.Picture;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** What the bytes of a file are: a whole picture, the beginning of one, or none. Their kind is told by them, not by the file's name. */
enum DroppedPicture {
    /** A whole JPEG. */
    JPEG(Picture.JPEG),
    /** A whole PNG. */
    PNG(Picture.PNG),
    /** Its end is missing. */
    UNFINISHED(null),
    /** Neither JPEG nor PNG. */
    NONE(null);

    private static final byte[] PNG_SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};
    private static final byte[] JPEG_SIGNATURE = {(byte) 0xFF, (byte) 0xD8, (byte) 0xFF};
    private static final int IEND = 0x49454E44;

    private final @Nullable String contentType;

    DroppedPicture(@Nullable String contentType) {
        this.contentType = contentType;
    }

    /** Of a whole picture. */
    String contentType() {
        if (contentType == null) {
            throw new IllegalStateException(this + " has no content type");
        }
        return contentType;
    }

    boolean isWhole() {
        return contentType != null;
    }

    /** What bytes are. What follows a picture's end does not matter: some cameras fill up their files. */
    static DroppedPicture of(byte[] bytes) {
        if (begins(bytes, JPEG_SIGNATURE)) {
            return bytes.length > JPEG_SIGNATURE.length && jpegEnds(bytes) ? JPEG : UNFINISHED;
        }
        if (begins(bytes, PNG_SIGNATURE)) {
            return bytes.length > PNG_SIGNATURE.length && pngEnds(bytes) ? PNG : UNFINISHED;
        }
        return NONE;
    }

    /** So far: a file of which nothing has come yet may still become a picture. */
    private static boolean begins(byte[] bytes, byte[] signature) {
        for (int i = 0; i < Math.min(bytes.length, signature.length); i++) {
            if (bytes[i] != signature[i]) {
                return false;
            }
        }
        return true;
    }

    /** Looks for the end from segment to segment: a thumbnail within one has an end of its own. */
    private static boolean jpegEnds(byte[] bytes) {
        int at = 2;
        while (at + 1 < bytes.length) {
            int marker = bytes[at + 1] & 0xFF;
            if ((bytes[at] & 0xFF) != 0xFF || isWithinData(marker)) {
                at++;
            } else if (marker == 0xD9) {
                return true;
            } else if (at + 3 < bytes.length) {
                at += 2 + (((bytes[at + 2] & 0xFF) << 8) | (bytes[at + 3] & 0xFF));
            } else {
                return false;
            }
        }
        return false;
    }

    /** Fill bytes, an FF of the data, and restarts. */
    private static boolean isWithinData(int marker) {
        return marker == 0xFF || marker == 0 || (marker >= 0xD0 && marker <= 0xD8) || marker == 1;
    }

    private static boolean pngEnds(byte[] bytes) {
        long at = PNG_SIGNATURE.length;
        while (at + 12 <= bytes.length) {
            long length = intAt(bytes, (int) at) & 0xFFFF_FFFFL;
            if (intAt(bytes, (int) at + 4) == IEND) {
                return true;
            }
            at += length + 12;
        }
        return false;
    }

    private static int intAt(byte[] bytes, int at) {
        return ByteBuffer.wrap(bytes).getInt(at);
    }
}
