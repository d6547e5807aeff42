// SPDX-License-Identifier: Apache-2.0
package dev.sortline.console.live;

import dev.sortline.classifier.image.ImageBounds;
import dev.sortline.classifier.image.ImageHeader;
import dev.sortline.classifier.image.Orientation;
import dev.sortline.classifier.image.UnreadableImageException;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Optional;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageInputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/**
 * Makes a JPEG of {@value #WIDTH} pixels' width of a camera's picture, upright as EXIF says. Of its rows and columns only as many are taken as
 * are needed, so what it costs is bounded by the picture's bytes and pixels, which are looked at before anything is decoded. Belongs to one
 * thread.
 */
final class SmallPicture {
    static final int WIDTH = 160;

    /** Longer or higher ones are strips that nobody recognises. */
    private static final int MOST_TIMES = 8;

    private static final float QUALITY = 0.7f;
    private static final ImageBounds BOUNDS = new ImageBounds(4 << 20, 1 << 16, 1 << 16, 1 << 26);

    /** A decoder holds all of a picture that comes in several scans, and goes over all of it for each. */
    private static final long MOST_PIXELS_IN_SCANS = 1 << 24;

    private static final int MOST_SCANS = 32;

    private SmallPicture() {}

    /** Empty for all that is no such picture. */
    static Optional<byte[]> of(byte[] image) {
        try {
            ImageHeader header = BOUNDS.check(image);
            if (header.width() > MOST_TIMES * header.height()
                    || header.height() > MOST_TIMES * header.width()
                    || costsTooMuch(header, image)) {
                return Optional.empty();
            }
            return Optional.of(jpeg(upright(read(image, header), header)));
        } catch (UnreadableImageException | IOException | RuntimeException e) {
            // Decoders fail in any way on what nobody vouches for; the classifier tells whoever must know.
            return Optional.empty();
        }
    }

    private static boolean costsTooMuch(ImageHeader header, byte[] image) {
        int scans = header.format() == ImageHeader.Format.JPEG ? scans(image) : 1;
        return scans > MOST_SCANS || (scans > 1 && (long) header.width() * header.height() > MOST_PIXELS_IN_SCANS);
    }

    /** Within a scan's data there is no such marker. */
    private static int scans(byte[] jpeg) {
        int scans = 0;
        for (int at = 0; at + 1 < jpeg.length; at++) {
            if (jpeg[at] == (byte) 0xFF && jpeg[at + 1] == (byte) 0xDA) {
                scans++;
            }
        }
        return scans;
    }

    private static BufferedImage read(byte[] image, ImageHeader header) throws IOException {
        String format = header.format() == ImageHeader.Format.JPEG ? "jpeg" : "png";
        ImageReader reader = ImageIO.getImageReadersByFormatName(format).next();
        try (var input = new MemoryCacheImageInputStream(new ByteArrayInputStream(image))) {
            reader.setInput(input, true, true);
            var param = reader.getDefaultReadParam();
            int across = header.orientation().swapsSides() ? header.height() : header.width();
            int step = Math.max(1, across / WIDTH);
            param.setSourceSubsampling(step, step, 0, 0);
            return reader.read(0, param);
        } finally {
            reader.dispose();
        }
    }

    /** As wide as it is to be, after it has been turned. */
    private static BufferedImage upright(BufferedImage stored, ImageHeader header) {
        boolean swaps = header.orientation().swapsSides();
        int across = swaps ? header.height() : header.width();
        int down = swaps ? header.width() : header.height();
        int height = Math.max(1, Math.round((float) down * WIDTH / across));
        BufferedImage small = swaps ? scaled(stored, height, WIDTH) : scaled(stored, WIDTH, height);
        if (header.orientation() == Orientation.UPRIGHT) {
            return small;
        }
        int[] pixels = small.getRGB(0, 0, small.getWidth(), small.getHeight(), null, 0, small.getWidth());
        var turned = new BufferedImage(WIDTH, height, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < WIDTH; x++) {
                turned.setRGB(x, y, pixels[header.orientation().stored(x, y, small.getWidth(), small.getHeight())]);
            }
        }
        return turned;
    }

    private static BufferedImage scaled(BufferedImage stored, int width, int height) {
        var scaled = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        var pen = scaled.createGraphics();
        pen.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        pen.drawImage(stored, 0, 0, width, height, null);
        pen.dispose();
        return scaled;
    }

    private static byte[] jpeg(BufferedImage picture) throws IOException {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        var bytes = new ByteArrayOutputStream();
        try (var output = new MemoryCacheImageOutputStream(bytes)) {
            writer.setOutput(output);
            ImageWriteParam param = writer.getDefaultWriteParam();
            param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            param.setCompressionQuality(QUALITY);
            writer.write(null, new IIOImage(picture, null, null), param);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }
}
