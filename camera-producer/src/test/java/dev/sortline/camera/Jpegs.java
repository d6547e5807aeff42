// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Random;
import javax.imageio.ImageIO;

/** Pictures to test with. */
public final class Jpegs {
    private static final int HUFFMAN_TABLES = 0xC4;
    private static final int SCAN = 0xDA;

    private Jpegs() {}

    /** A small one that differs from those of other numbers. */
    public static byte[] small(int number) {
        return noise(48, 32, number);
    }

    /** One of noise, so that it is large. */
    public static byte[] noise(int width, int height, int seed) {
        return written(painted(width, height, seed), "jpg");
    }

    /** One with edges, areas and a little noise, of as many bytes as a camera's. */
    public static byte[] scene(int width, int height) {
        var image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        var random = new Random(1);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int grey = ((x / 40 + y / 40) % 5) * 40 + random.nextInt(24);
                image.setRGB(x, y, (grey << 16) | (grey << 8) | (grey / 2));
            }
        }
        return written(image, "jpg");
    }

    /** A dark belt with a little noise, and a bright item in its middle where one is asked for. */
    public static byte[] belt(int seed, boolean item) {
        var image = new BufferedImage(160, 120, BufferedImage.TYPE_INT_RGB);
        var random = new Random(seed);
        for (int y = 0; y < 120; y++) {
            for (int x = 0; x < 160; x++) {
                boolean bright = item && x >= 56 && x < 104 && y >= 32 && y < 88;
                int grey = (bright ? 200 : 60) + random.nextInt(6);
                image.setRGB(x, y, (grey << 16) | (grey << 8) | grey);
            }
        }
        return written(image, "jpg");
    }

    /** A small PNG. */
    public static byte[] png(int number) {
        return written(painted(16, 16, number), "png");
    }

    /** The same without its Huffman tables. */
    public static byte[] withoutTables(byte[] jpeg) {
        var rest = new ByteArrayOutputStream();
        rest.write(jpeg, 0, 2);
        int at = 2;
        while ((jpeg[at + 1] & 0xFF) != SCAN) {
            int length = 2 + (((jpeg[at + 2] & 0xFF) << 8) | (jpeg[at + 3] & 0xFF));
            if ((jpeg[at + 1] & 0xFF) != HUFFMAN_TABLES) {
                rest.write(jpeg, at, length);
            }
            at += length;
        }
        rest.write(jpeg, at, jpeg.length - at);
        return rest.toByteArray();
    }

    /** The pixels, decoded by the Java runtime. */
    public static int[] pixels(byte[] picture) throws IOException {
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(picture));
        return image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
    }

    private static BufferedImage painted(int width, int height, int seed) {
        var image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        var random = new Random(seed);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                image.setRGB(x, y, random.nextInt());
            }
        }
        return image;
    }

    private static byte[] written(BufferedImage image, String format) {
        var bytes = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, format, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
