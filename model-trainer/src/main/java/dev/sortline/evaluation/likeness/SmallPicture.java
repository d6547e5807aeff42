// SPDX-License-Identifier: Apache-2.0
package dev.sortline.evaluation.likeness;

import dev.sortline.classifier.image.ImageBounds;
import dev.sortline.classifier.image.ImageHeader;
import dev.sortline.classifier.image.Orientation;
import dev.sortline.classifier.image.UnreadableImageException;
import dev.sortline.classifier.image.UnreadableImageException.Reason;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/**
 * A picture for looking at and for comparing, not for classifying. Of a large one only every so many pixels are read, so that it takes little
 * memory; its shorter side keeps at least {@value #LEAST_SIDE} of them.
 */
public final class SmallPicture {
    private static final int LEAST_SIDE = 256;

    private final BufferedImage pixels;

    private SmallPicture(BufferedImage pixels) {
        this.pixels = pixels;
    }

    /**
     * Reads a JPEG or PNG within {@link ImageBounds#DEFAULT}.
     *
     * @throws UnreadableImageException if it is none, or of a kind that Java cannot read, such as a JPEG in CMYK
     */
    public static SmallPicture read(Path file) throws IOException, UnreadableImageException {
        byte[] bytes = Files.readAllBytes(file);
        ImageHeader header = ImageBounds.DEFAULT.check(bytes);
        ImageReader reader =
                ImageIO.getImageReadersByFormatName(header.format().name()).next();
        try (ImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes))) {
            reader.setInput(in, true, true);
            ImageReadParam param = reader.getDefaultReadParam();
            int step = Math.max(1, Math.min(header.width(), header.height()) / LEAST_SIDE);
            param.setSourceSubsampling(step, step, 0, 0);
            return new SmallPicture(upright(reader.read(0, param), header.orientation()));
        } catch (IOException | RuntimeException e) { // what Java's readers throw at damaged files is of all kinds
            throw new UnreadableImageException(
                    Reason.CORRUPT, "%s cannot be decoded: %s".formatted(header.format(), e.getMessage()), e);
        } finally {
            reader.dispose();
        }
    }

    private static BufferedImage upright(BufferedImage stored, Orientation orientation) {
        if (orientation == Orientation.UPRIGHT) {
            return stored;
        }
        int width = orientation.swapsSides() ? stored.getHeight() : stored.getWidth();
        int height = orientation.swapsSides() ? stored.getWidth() : stored.getHeight();
        BufferedImage upright = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int from = orientation.stored(x, y, stored.getWidth(), stored.getHeight());
                upright.setRGB(x, y, stored.getRGB(from % stored.getWidth(), from / stored.getWidth()));
            }
        }
        return upright;
    }

    /**
     * The brightness (ITU-R BT.601 luma, 0..255) of a square of so many pixels a side that the whole picture is squeezed to, rows first.
     */
    double[] brightness(int side) {
        double[][] rgb = averaged(side, side);
        double[] brightness = new double[side * side];
        for (int i = 0; i < brightness.length; i++) {
            brightness[i] = 0.299 * rgb[0][i] + 0.587 * rgb[1][i] + 0.114 * rgb[2][i];
        }
        return brightness;
    }

    /** A JPEG of this picture in its own proportions, its longer side at most so many pixels. */
    public byte[] jpeg(int longerSide) throws IOException {
        double scale = Math.min(1, (double) longerSide / Math.max(pixels.getWidth(), pixels.getHeight()));
        int width = (int) Math.max(1, Math.round(scale * pixels.getWidth()));
        int height = (int) Math.max(1, Math.round(scale * pixels.getHeight()));
        double[][] rgb = averaged(width, height);
        BufferedImage small = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < width * height; i++) {
            long colour = Math.round(rgb[0][i]) << 16 | Math.round(rgb[1][i]) << 8 | Math.round(rgb[2][i]);
            small.setRGB(i % width, i / width, (int) colour);
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
            ImageIO.write(small, "jpeg", out);
        }
        return bytes.toByteArray();
    }

    /** Red, green and blue, each averaged over the area that becomes one pixel. Without Graphics2D, which may ask for a display. */
    private double[][] averaged(int width, int height) {
        double[][] rgb = new double[3][width * height];
        for (int row = 0; row < height; row++) {
            int top = row * pixels.getHeight() / height;
            int bottom = Math.max(top + 1, (row + 1) * pixels.getHeight() / height);
            for (int column = 0; column < width; column++) {
                int left = column * pixels.getWidth() / width;
                int right = Math.max(left + 1, (column + 1) * pixels.getWidth() / width);
                int pixel = row * width + column;
                for (int y = top; y < bottom; y++) {
                    for (int x = left; x < right; x++) {
                        int colour = pixels.getRGB(x, y);
                        rgb[0][pixel] += colour >> 16 & 0xFF;
                        rgb[1][pixel] += colour >> 8 & 0xFF;
                        rgb[2][pixel] += colour & 0xFF;
                    }
                }
                int area = (bottom - top) * (right - left);
                for (double[] channel : rgb) {
                    channel[pixel] /= area;
                }
            }
        }
        return rgb;
    }
}
