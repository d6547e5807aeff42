// SPDX-License-Identifier: Apache-2.0
package dev.sortline.classifier.image;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HexFormat;
import java.util.Random;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;

/** Pictures for tests, made on the spot. */
public final class Pictures {
    private Pictures() {}

    public static byte[] jpeg(BufferedImage picture) {
        return encoded(picture, "jpg");
    }

    public static byte[] png(BufferedImage picture) {
        return encoded(picture, "png");
    }

    public static BufferedImage plain(int width, int height, Color colour) {
        return plain(width, height, BufferedImage.TYPE_INT_RGB, colour);
    }

    public static BufferedImage plain(int width, int height, int type, Color colour) {
        BufferedImage picture = new BufferedImage(width, height, type);
        Graphics2D graphics = picture.createGraphics();
        graphics.setColor(colour);
        graphics.fillRect(0, 0, width, height);
        graphics.dispose();
        return picture;
    }

    /** Red grows to the right, green downwards, blue is half. */
    static BufferedImage gradient(int width, int height) {
        BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                picture.setRGB(x, y, new Color(255 * x / (width - 1), 255 * y / (height - 1), 128).getRGB());
            }
        }
        return picture;
    }

    /** Nothing but noise: the largest file a size can give. */
    public static BufferedImage noise(int width, int height, long seed) {
        Random random = new Random(seed);
        BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                picture.setRGB(x, y, random.nextInt());
            }
        }
        return picture;
    }

    /** A JPEG of four components, as printing presses use. */
    public static byte[] cmykJpeg(int width, int height) {
        WritableRaster raster = Raster.createInterleavedRaster(0, width, height, 4, null);
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpg").next();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
            writer.setOutput(out);
            writer.write(null, new IIOImage(raster, null, null), null);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }

    /** A picture as it comes off a belt: something with edges and texture on a ground with a little grain. */
    public static BufferedImage scene(int width, int height, long seed) {
        Random random = new Random(seed);
        BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                boolean item = Math.hypot(x - width * 0.55, (y - height * 0.5) * 1.3) < height * 0.3;
                int light = (item ? 150 + (x / 9 % 2) * 40 : 60 + 20 * x / width) + random.nextInt(5);
                picture.setRGB(x, y, new Color(light, light - 10, item ? 40 : light).getRGB());
            }
        }
        return picture;
    }

    /** Red, green, blue and white quarters, clockwise from the top left. */
    static BufferedImage corners(int width, int height) {
        BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                boolean right = x >= width / 2;
                Color colour = y < height / 2 ? right ? Color.GREEN : Color.RED : right ? Color.BLUE : Color.WHITE;
                picture.setRGB(x, y, colour.getRGB());
            }
        }
        return picture;
    }

    static BufferedImage of(PictureDecoder.Pixels pixels) {
        BufferedImage picture = new BufferedImage(pixels.width(), pixels.height(), BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < pixels.width() * pixels.height(); i++) {
            byte[] rgb = pixels.rgb();
            picture.setRGB(
                    i % pixels.width(),
                    i / pixels.width(),
                    new Color(rgb[3 * i] & 0xFF, rgb[3 * i + 1] & 0xFF, rgb[3 * i + 2] & 0xFF).getRGB());
        }
        return picture;
    }

    /** Files as cameras and people save them. */
    static byte[] ofKind(String kind) {
        return switch (kind) {
            case "png" -> png(noise(50, 41, 3));
            case "large png" -> png(noise(205, 131, 3));
            case "alpha" -> png(redrawn(noise(205, 131, 3), BufferedImage.TYPE_INT_ARGB));
            case "grey" -> png(redrawn(noise(205, 131, 3), BufferedImage.TYPE_BYTE_GRAY));
            case "16 bit" -> png(redrawn(noise(205, 131, 3), BufferedImage.TYPE_USHORT_GRAY));
            case "palette" -> png(redrawn(noise(205, 131, 3), BufferedImage.TYPE_BYTE_INDEXED));
            case "turned" -> oriented(jpeg(scene(205, 131, 3)), 6);
            case "jpeg" -> jpeg(noise(50, 41, 3));
            case "large jpeg" -> jpeg(noise(205, 131, 3));
            default -> throw new IllegalArgumentException(kind);
        };
    }

    private static BufferedImage redrawn(BufferedImage picture, int type) {
        BufferedImage other = new BufferedImage(picture.getWidth(), picture.getHeight(), type);
        Graphics2D graphics = other.createGraphics();
        graphics.drawImage(picture, 0, 0, null);
        graphics.dispose();
        return other;
    }

    public static byte[] progressiveJpeg(BufferedImage picture) {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpg").next();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
            ImageWriteParam how = writer.getDefaultWriteParam();
            how.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
            writer.setOutput(out);
            writer.write(null, new IIOImage(picture, null, null), how);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }

    /** The same JPEG with bytes put in. */
    public static byte[] with(byte[] image, int at, byte[] more) {
        byte[] longer = new byte[image.length + more.length];
        System.arraycopy(image, 0, longer, 0, at);
        System.arraycopy(more, 0, longer, at, more.length);
        System.arraycopy(image, at, longer, at + more.length, image.length - at);
        return longer;
    }

    /** The same JPEG, which says in EXIF how it is to be turned. */
    static byte[] oriented(byte[] jpeg, int orientation) {
        return with(
                jpeg,
                2,
                HexFormat.of()
                        .parseHex("ffe100224578696600004d4d002a000000080001011200030000000100" + "0" + orientation
                                + "000000000000"));
    }

    private static byte[] encoded(BufferedImage picture, String format) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            if (!ImageIO.write(picture, format, bytes)) {
                throw new IllegalArgumentException("no writer for " + format);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
