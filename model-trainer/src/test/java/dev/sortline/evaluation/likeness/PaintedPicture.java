// SPDX-License-Identifier: Apache-2.0
package dev.sortline.evaluation.likeness;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import javax.imageio.ImageIO;

/** Rectangles of many greys; another seed, another picture. */
public final class PaintedPicture {
    /** Brightness of each pixel, rows first. */
    private final int[][] grey;

    private PaintedPicture(int[][] grey) {
        this.grey = grey;
    }

    public static PaintedPicture of(int seed) {
        Random random = new Random(seed);
        int[][] grey = new int[240][320];
        for (int i = 0; i < 40; i++) {
            int left = random.nextInt(280);
            int top = random.nextInt(200);
            int right = Math.min(320, left + 20 + random.nextInt(120));
            int bottom = Math.min(240, top + 20 + random.nextInt(90));
            int shade = 20 + random.nextInt(200);
            for (int y = top; y < bottom; y++) {
                for (int x = left; x < right; x++) {
                    grey[y][x] = shade;
                }
            }
        }
        return new PaintedPicture(grey);
    }

    static PaintedPicture plain(int shade) {
        int[][] grey = new int[240][320];
        for (int[] row : grey) {
            Arrays.fill(row, shade);
        }
        return new PaintedPicture(grey);
    }

    public PaintedPicture brighter(int by) {
        int[][] other = new int[grey.length][grey[0].length];
        for (int y = 0; y < other.length; y++) {
            for (int x = 0; x < other[y].length; x++) {
                other[y][x] = Math.min(255, grey[y][x] + by);
            }
        }
        return new PaintedPicture(other);
    }

    PaintedPicture half() {
        int[][] other = new int[grey.length / 2][grey[0].length / 2];
        for (int y = 0; y < other.length; y++) {
            for (int x = 0; x < other[y].length; x++) {
                other[y][x] = grey[2 * y][2 * x];
            }
        }
        return new PaintedPicture(other);
    }

    PaintedPicture mirrored() {
        int[][] other = new int[grey.length][grey[0].length];
        for (int y = 0; y < other.length; y++) {
            for (int x = 0; x < other[y].length; x++) {
                other[y][x] = grey[y][other[y].length - 1 - x];
            }
        }
        return new PaintedPicture(other);
    }

    /** By a quarter, with the clock. */
    PaintedPicture turned() {
        int[][] other = new int[grey[0].length][grey.length];
        for (int y = 0; y < other.length; y++) {
            for (int x = 0; x < other[y].length; x++) {
                other[y][x] = grey[grey.length - 1 - x][y];
            }
        }
        return new PaintedPicture(other);
    }

    /** Writes a JPEG or PNG, by the file's name. */
    public Path write(Path file) throws IOException {
        BufferedImage picture = new BufferedImage(grey[0].length, grey.length, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < grey.length; y++) {
            for (int x = 0; x < grey[y].length; x++) {
                picture.setRGB(x, y, grey[y][x] * 0x010101);
            }
        }
        Files.createDirectories(file.resolveSibling("."));
        ImageIO.write(picture, file.toString().endsWith(".png") ? "png" : "jpg", file.toFile());
        return file;
    }
}
