// SPDX-License-Identifier: Apache-2.0
package dev.sortline.benchmarks.peers;

import dev.sortline.classifier.model.PixelScaling;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.FloatBuffer;
import javax.imageio.ImageIO;

/** Java's own ImageIO: reads the whole picture, then resizes it bilinearly. */
final class ImageIoReader implements PictureReader {
    static final String NAME = "ImageIO";

    private static final int CHANNELS = 3;

    private final int size;
    private final PixelScaling scaling;

    /** @param size width and height in pixels */
    ImageIoReader(int size, PixelScaling scaling) {
        this.size = size;
        this.scaling = scaling;
        // Without it ImageIO writes each picture to a file first.
        ImageIO.setUseCache(false);
    }

    @Override
    public void read(byte[] image, FloatBuffer pixels) throws IOException {
        int[] rgb = rgb(image);
        float[] values = new float[CHANNELS * rgb.length];
        for (int i = 0; i < rgb.length; i++) {
            for (int channel = 0; channel < CHANNELS; channel++) {
                values[i * CHANNELS + channel] = value(rgb[i], channel);
            }
        }
        pixels.put(values);
    }

    private float value(int rgb, int channel) {
        return (rgb >> (16 - 8 * channel) & 0xff) * scaling.multiplier() + scaling.offset();
    }

    private int[] rgb(byte[] image) throws IOException {
        BufferedImage picture = ImageIO.read(new ByteArrayInputStream(image));
        if (picture == null) {
            throw new IOException("ImageIO knows no such format");
        }
        var square = new BufferedImage(size, size, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = square.createGraphics();
        try {
            graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
            graphics.drawImage(picture, 0, 0, size, size, null);
        } finally {
            graphics.dispose();
        }
        return ((DataBufferInt) square.getRaster().getDataBuffer()).getData();
    }
}
