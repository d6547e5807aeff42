// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera.source;

import java.util.Locale;

/**
 * What a camera gives, as far as it says.
 *
 * @param codec as FFmpeg names it, {@code mjpeg}, {@code h264}, {@code hevc} or {@code png}
 * @param width in pixels; 0 when only pictures will tell
 * @param height in pixels; 0 when only pictures will tell
 * @param framesPerSecond as it says; 0 when it does not
 */
public record StreamFormat(String codec, int width, int height, double framesPerSecond) {
    /** JPEGs, of which only the pictures will tell more. */
    public static final StreamFormat JPEGS = new StreamFormat("mjpeg", 0, 0, 0);

    /** For a person. */
    public String told() {
        return codec
                + (width > 0 && height > 0 ? ", %d x %d".formatted(width, height) : "")
                + (framesPerSecond > 0 ? String.format(Locale.ROOT, ", %.4g frames a second", framesPerSecond) : "");
    }
}
