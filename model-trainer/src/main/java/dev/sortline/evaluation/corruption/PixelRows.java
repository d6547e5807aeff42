// SPDX-License-Identifier: Apache-2.0
package dev.sortline.evaluation.corruption;

import java.awt.image.BufferedImage;
import java.util.function.IntUnaryOperator;

/** A picture's pixels, to be changed in place: red, green and blue of each, rows first. Not thread-safe. */
final class PixelRows {
    /** Wet earth: red, green, blue. */
    private static final int[] DIRT = {92, 70, 48};

    private static final int LEVELS = 256;
    private final int width;
    private final int height;
    private final int[] rgb;

    /** How much of what is blended lies over a pixel. */
    interface Opacity {
        /** 0..1 */
        double at(int x, int y);
    }

    PixelRows(BufferedImage image) {
        width = image.getWidth();
        height = image.getHeight();
        rgb = image.getRGB(0, 0, width, height, null, 0, width);
    }

    int width() {
        return width;
    }

    int height() {
        return height;
    }

    BufferedImage image() {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        image.setRGB(0, 0, width, height, rgb, 0, width);
        return image;
    }

    /** Lays dirt over it. */
    void blend(Opacity opacity) {
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                double share = opacity.at(x, y);
                if (share > 0) {
                    int pixel = rgb[y * width + x];
                    rgb[y * width + x] = packed(channel ->
                            (int) Math.round(value(pixel, channel) + share * (DIRT[channel] - value(pixel, channel))));
                }
            }
        }
    }

    /**
     * Each pixel becomes the mean of those around it in its row; beyond the edges lies the last pixel.
     *
     * @param length how many, at least 1
     */
    void smear(int length) {
        int[] row = new int[width];
        for (int y = 0; y < height; y++) {
            System.arraycopy(rgb, y * width, row, 0, width);
            for (int x = 0; x < width; x++) {
                int[] sums = new int[3];
                for (int i = 0; i < length; i++) {
                    int pixel = row[Math.max(0, Math.min(width - 1, x + i - length / 2))];
                    for (int channel = 0; channel < 3; channel++) {
                        sums[channel] += value(pixel, channel);
                    }
                }
                rgb[y * width + x] = packed(channel -> Math.round((float) sums[channel] / length));
            }
        }
    }

    /** @param light what is left of it, 0..1 */
    void darken(double light) {
        int[] darker = new int[LEVELS];
        for (int level = 0; level < LEVELS; level++) {
            darker[level] = (int) Math.round(encoded(linear(level / 255.0) * light) * 255);
        }
        for (int i = 0; i < rgb.length; i++) {
            int pixel = rgb[i];
            rgb[i] = packed(channel -> darker[value(pixel, channel)]);
        }
    }

    private static int value(int pixel, int channel) {
        return pixel >> (16 - 8 * channel) & 0xFF;
    }

    private static int packed(IntUnaryOperator channels) {
        return channels.applyAsInt(0) << 16 | channels.applyAsInt(1) << 8 | channels.applyAsInt(2);
    }

    private static double linear(double value) {
        return value <= 0.04045 ? value / 12.92 : Math.pow((value + 0.055) / 1.055, 2.4);
    }

    private static double encoded(double light) {
        return light <= 0.0031308 ? light * 12.92 : 1.055 * Math.pow(light, 1 / 2.4) - 0.055;
    }
}
