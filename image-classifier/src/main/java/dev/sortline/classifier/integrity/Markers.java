// SPDX-License-Identifier: Apache-2.0
package dev.sortline.classifier.integrity;

/** Where a JPEG's markers are: {@code FF} and a code that is neither 0 nor {@code FF}. */
final class Markers {
    private Markers() {}

    /**
     * Looks for a marker, over bytes that belong to none.
     *
     * @param from where to begin
     * @return where it begins; the last byte, or {@code from} where that is further, when there is none
     */
    static int next(byte[] image, int from) {
        int at = from;
        while (at + 1 < image.length && !isAt(image, at)) {
            at++;
        }
        return at;
    }

    /** The code of the marker that {@link #next} gave, or -1 where there was none. */
    static int code(byte[] image, int at) {
        return at + 1 < image.length ? image[at + 1] & 0xFF : -1;
    }

    private static boolean isAt(byte[] image, int at) {
        return image[at] == (byte) 0xFF && image[at + 1] != 0 && image[at + 1] != (byte) 0xFF;
    }
}
