// SPDX-License-Identifier: Apache-2.0
package dev.sortline.benchmarks.line;

import dev.sortline.camera.replay.ReplayImage;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import javax.imageio.ImageIO;

/**
 * Pictures as a larger camera would send them: enlarged, with the noise of a sensor, without which an enlarged picture would be a far smaller
 * file. Safe for use by any number of threads.
 */
public final class LargePictures {
    /** Width of a frame in Full HD, in pixels. */
    public static final int WIDTH = 1920;

    /** Height of a frame in Full HD, in pixels. */
    public static final int HEIGHT = 1080;

    private static final double NOISE_LEVELS = 3;
    /** Prime, so that it begins at another place in each row. */
    private static final byte[] NOISE = noise(1_000_003);

    private static final long SEED = 1;

    private LargePictures() {}

    /**
     * Writes a folder's pictures in Full HD.
     *
     * @param from as {@link BeltPictures#of} takes it
     * @param to made here, with a folder a label
     * @throws IOException if a picture cannot be read, or the disk fails
     */
    public static void write(Path from, Path to) throws IOException {
        for (ReplayImage image : ReplayImage.inFolder(from)) {
            Path folder = Files.createDirectories(image.truth() == null ? to : to.resolve(image.truth()));
            String name = image.file().getFileName().toString().replaceAll("\\.\\w+$", "");
            Files.write(folder.resolve(name + ".jpg"), enlarged(Files.readAllBytes(image.file()), WIDTH, HEIGHT));
        }
    }

    /** A picture as a JPEG of another size. */
    public static byte[] enlarged(byte[] picture, int width, int height) throws IOException {
        var large = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D brush = large.createGraphics();
        brush.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
        brush.drawImage(ImageIO.read(new ByteArrayInputStream(picture)), 0, 0, width, height, null);
        brush.dispose();
        addNoise(((DataBufferInt) large.getRaster().getDataBuffer()).getData());
        return CameraJpeg.of(large);
    }

    private static byte[] noise(int length) {
        var random = new Random(SEED);
        byte[] noise = new byte[length];
        for (int i = 0; i < noise.length; i++) {
            noise[i] = (byte) Math.rint(NOISE_LEVELS * random.nextGaussian());
        }
        return noise;
    }

    private static void addNoise(int[] pixels) {
        int at = 0;
        for (int i = 0; i < pixels.length; i++) {
            int rgb = 0;
            for (int shift = 16; shift >= 0; shift -= 8) {
                int value = (pixels[i] >> shift & 0xff) + NOISE[at];
                rgb |= Math.max(0, Math.min(255, value)) << shift;
                at = at + 1 == NOISE.length ? 0 : at + 1;
            }
            pixels[i] = rgb;
        }
    }
}
