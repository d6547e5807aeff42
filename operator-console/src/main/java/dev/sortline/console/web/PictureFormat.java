// SPDX-License-Identifier: Apache-2.0
package dev.sortline.console.web;

/** What a picture is, by its own first bytes: what its sender says of it nobody vouches for. */
public final class PictureFormat {
    private static final int[] JPEG = {0xFF, 0xD8, 0xFF};
    private static final int[] PNG = {0x89, 'P', 'N', 'G', 0x0D, 0x0A, 0x1A, 0x0A};

    private PictureFormat() {}

    /** {@code image/jpeg} or {@code image/png}, else {@code application/octet-stream}: none that a browser runs. */
    public static String of(byte[] picture) {
        if (begins(picture, JPEG)) {
            return "image/jpeg";
        }
        return begins(picture, PNG) ? "image/png" : "application/octet-stream";
    }

    private static boolean begins(byte[] picture, int[] first) {
        if (picture.length < first.length) {
            return false;
        }
        for (int at = 0; at < first.length; at++) {
            if ((picture[at] & 0xFF) != first[at]) {
                return false;
            }
        }
        return true;
    }
}
