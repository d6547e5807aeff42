// SPDX-License-Identifier: Apache-2.0
package dev.sortline.stream.topology;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.awt.image.ConvolveOp;
import java.awt.image.Kernel;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import javax.imageio.ImageIO;

/** A picture as a bad camera would take it: the item off its place and partly out of the picture, blurred, dark and noisy. */
final class DegradedPicture {
    private static final double MOST_SHIFT = 0.4;
    private static final double MOST_ZOOM = 1.6;
    private static final int MOST_BLUR = 13;
    private static final double LEAST_LIGHT = 0.25;
    private static final double MOST_NOISE = 45;

    private DegradedPicture() {}

    /**
     * One such picture.
     *
     * @param severity how bad it is at the worst, 0 to 1: how bad it is, within that, is random
     * @param random all that is random comes from it
     */
    static byte[] of(byte[] image, double severity, RandomGenerator random) throws IOException {
        ImageIO.setUseCache(false);
        BufferedImage picture = moved(ImageIO.read(new ByteArrayInputStream(image)), severity, random);
        var degraded = noisy(blurred(picture, severity, random), severity, random);
        var bytes = new ByteArrayOutputStream();
        ImageIO.write(degraded, "jpeg", bytes);
        return bytes.toByteArray();
    }

    private static BufferedImage moved(BufferedImage image, double severity, RandomGenerator random) {
        var moved = new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_INT_RGB);
        double zoom = 1 + random.nextDouble() * severity * (MOST_ZOOM - 1);
        int width = (int) (image.getWidth() * zoom);
        int height = (int) (image.getHeight() * zoom);
        int left = (int) ((image.getWidth() - width) / 2.0 + image.getWidth() * shift(severity, random));
        int top = (int) ((image.getHeight() - height) / 2.0 + image.getHeight() * shift(severity, random));
        var graphics = moved.createGraphics();
        // What comes into view beside the picture is belt, about as in its corner.
        graphics.setColor(new Color(image.getRGB(2, 2)));
        graphics.fillRect(0, 0, moved.getWidth(), moved.getHeight());
        graphics.drawImage(image, left, top, width, height, null);
        graphics.dispose();
        return moved;
    }

    private static double shift(double severity, RandomGenerator random) {
        return severity * random.nextDouble(-MOST_SHIFT, MOST_SHIFT);
    }

    /** Along the belt, as motion blurs. */
    private static BufferedImage blurred(BufferedImage image, double severity, RandomGenerator random) {
        int length = 1 + (int) Math.round(random.nextDouble() * severity * (MOST_BLUR - 1));
        float[] weights = new float[length];
        Arrays.fill(weights, 1f / length);
        return new ConvolveOp(new Kernel(length, 1, weights), ConvolveOp.EDGE_NO_OP, null).filter(image, null);
    }

    private static BufferedImage noisy(BufferedImage image, double severity, RandomGenerator random) {
        double light = 1 - random.nextDouble() * severity * (1 - LEAST_LIGHT);
        double noise = random.nextDouble() * severity * MOST_NOISE;
        var raster = image.getRaster();
        int[] values = raster.getPixels(0, 0, image.getWidth(), image.getHeight(), (int[]) null);
        for (int i = 0; i < values.length; i++) {
            long value = Math.round(values[i] * light + random.nextGaussian() * noise);
            values[i] = (int) Math.max(0, Math.min(255, value));
        }
        raster.setPixels(0, 0, image.getWidth(), image.getHeight(), values);
        return image;
    }
}
