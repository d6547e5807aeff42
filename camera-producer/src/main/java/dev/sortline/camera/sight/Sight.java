// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera.sight;

import dev.sortline.camera.picture.Luma;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * What a small picture looks like.
 *
 * <p>Sharpness is how much of what changes from place to place changes within a pixel of the small picture: the mean square of the
 * Laplacian over the mean square of the Sobel gradient (Tenengrad), both of which Pertuz, Puig and Garcia compare as focus measures (Analysis
 * of focus measure operators for shape-from-focus, Pattern Recognition 46, 2013). By itself either follows what lies on the belt; of their
 * quotient most of that is gone: over the 120 photos of items in {@code samples/belt} it differs by a factor of 8, where the Laplacian over the
 * variance differs by 60. Noise makes it larger, never smaller. A small picture shows blur from about four pixels of the camera's own on.
 *
 * @param mean brightness, 0 to 255
 * @param black share of pixels below {@value #BLACK}, 0 to 1
 * @param blownOut share of pixels above {@value #WHITE}, 0 to 1
 * @param sharpness above 0, hardly above 1; null where nothing is seen of which it could be told
 * @param print the same for the same picture, and for hardly any two others
 */
public record Sight(double mean, double black, double blownOut, @Nullable Double sharpness, int print) {
    private static final int BLACK = 16;
    private static final int WHITE = 239;

    /** Mean square of the gradient below which noise would count for sharpness: that of noise alone is about 10. */
    private static final double LEAST_GRADIENT = 300;

    /** Looks at a small picture. */
    public static Sight of(Luma luma) {
        byte[] values = luma.values();
        long sum = 0;
        int black = 0;
        int blownOut = 0;
        for (byte each : values) {
            int value = each & 0xFF;
            sum += value;
            if (value < BLACK) {
                black++;
            } else if (value > WHITE) {
                blownOut++;
            }
        }
        double pixels = values.length;
        return new Sight(
                sum / pixels, black / pixels, blownOut / pixels, sharpness(luma).orElse(null), print(values));
    }

    private static Optional<Double> sharpness(Luma luma) {
        int width = luma.width();
        byte[] values = luma.values();
        long laplacian = 0;
        long gradient = 0;
        for (int y = 1; y < luma.height() - 1; y++) {
            for (int at = y * width + 1; at < (y + 1) * width - 1; at++) {
                int north = values[at - width] & 0xFF;
                int south = values[at + width] & 0xFF;
                int west = values[at - 1] & 0xFF;
                int east = values[at + 1] & 0xFF;
                int northWest = values[at - width - 1] & 0xFF;
                int northEast = values[at - width + 1] & 0xFF;
                int southWest = values[at + width - 1] & 0xFF;
                int southEast = values[at + width + 1] & 0xFF;
                int bend = 4 * (values[at] & 0xFF) - north - south - west - east;
                int across = northEast + 2 * east + southEast - northWest - 2 * west - southWest;
                int down = southWest + 2 * south + southEast - northWest - 2 * north - northEast;
                laplacian += (long) bend * bend;
                gradient += (long) across * across + (long) down * down;
            }
        }
        double inner = Math.max(0, luma.width() - 2) * (double) Math.max(0, luma.height() - 2);
        return gradient < LEAST_GRADIENT * inner || laplacian == 0
                ? Optional.empty()
                : Optional.of((double) laplacian / gradient);
    }

    private static int print(byte[] values) {
        var sum = new CRC32C();
        sum.update(values);
        return (int) sum.getValue();
    }
}
