// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera.sight;

import dev.sortline.camera.picture.Luma;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/** A real picture of a belt as brightness of the camera's own size: to be darkened and blurred, and made small. */
@SuppressWarnings("ArrayRecordComponent")
record BeltPhoto(int width, int height, double[] levels) {
    static final Path FOLDER = Path.of("../samples/belt");

    static BeltPhoto of(String file) {
        try {
            BufferedImage image = ImageIO.read(FOLDER.resolve(file).toFile());
            var levels = new double[image.getWidth() * image.getHeight()];
            for (int at = 0; at < levels.length; at++) {
                int pixel = image.getRGB(at % image.getWidth(), at / image.getWidth());
                levels[at] = 0.299 * (pixel >> 16 & 0xFF) + 0.587 * (pixel >> 8 & 0xFF) + 0.114 * (pixel & 0xFF);
            }
            return new BeltPhoto(image.getWidth(), image.getHeight(), levels);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As a lens does that is out of focus: three box filters, each of so many pixels either way. */
    BeltPhoto blurred(int pixels) {
        BeltPhoto photo = this;
        for (int pass = 0; pass < 3; pass++) {
            photo = photo.averaged(pixels, 0).averaged(0, pixels);
        }
        return photo;
    }

    private BeltPhoto averaged(int along, int down) {
        var averages = new double[levels.length];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                double sum = 0;
                for (int off = -along - down; off <= along + down; off++) {
                    int fromX = Math.max(0, Math.min(width - 1, along > 0 ? x + off : x));
                    int fromY = Math.max(0, Math.min(height - 1, down > 0 ? y + off : y));
                    sum += levels[fromY * width + fromX];
                }
                averages[y * width + x] = sum / (2 * (along + down) + 1);
            }
        }
        return new BeltPhoto(width, height, averages);
    }

    BeltPhoto lit(double times) {
        var lit = new double[levels.length];
        for (int at = 0; at < lit.length; at++) {
            lit[at] = Math.min(255, levels[at] * times);
        }
        return new BeltPhoto(width, height, lit);
    }

    Luma luma() {
        var values = new byte[width / 8 * (height / 8)];
        for (int at = 0; at < values.length; at++) {
            int left = at % (width / 8) * 8;
            int top = at / (width / 8) * 8;
            double sum = 0;
            for (int inside = 0; inside < 64; inside++) {
                sum += levels[(top + inside / 8) * width + left + inside % 8];
            }
            values[at] = (byte) Math.round(sum / 64);
        }
        return new Luma(width / 8, height / 8, values);
    }
}
