// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera.ffmpeg;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Random;
import javax.imageio.ImageIO;

/** Pictures made and looked at by another library than the one under test. */
final class Painted {
    private Painted() {}

    /** The left half of one brightness, the right half of another, the lower right quarter of a third. */
    static BufferedImage quarters(int width, int height, int left, int right, int lowerRight) {
        var image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D brush = image.createGraphics();
        brush.setColor(new Color(left, left, left));
        brush.fillRect(0, 0, width, height);
        brush.setColor(new Color(right, right, right));
        brush.fillRect(width / 2, 0, width - width / 2, height);
        brush.setColor(new Color(lowerRight, lowerRight, lowerRight));
        brush.fillRect(width / 2, height / 2, width - width / 2, height - height / 2);
        brush.dispose();
        return image;
    }

    static byte[] written(BufferedImage image, String format) {
        try {
            var bytes = new ByteArrayOutputStream();
            ImageIO.write(image, format, bytes);
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static byte[] jpeg(int width, int height) {
        return written(quarters(width, height, 20, 120, 220), "jpg");
    }

    static byte[] noisyJpeg(int width, int height) {
        BufferedImage image = quarters(width, height, 20, 120, 220);
        var random = new Random(1);
        for (int i = 0; i < width * height / 4; i++) {
            image.setRGB(random.nextInt(width), random.nextInt(height), random.nextInt());
        }
        return written(image, "jpg");
    }

    static byte[] png(int width, int height) {
        return written(quarters(width, height, 20, 120, 220), "png");
    }

    static BufferedImage read(byte[] picture) {
        try {
            return ImageIO.read(new ByteArrayInputStream(picture));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Green, which brightness leans on most. */
    static int brightness(BufferedImage image, double x, double y) {
        return image.getRGB((int) (x * image.getWidth()), (int) (y * image.getHeight())) >> 8 & 0xFF;
    }
}
