// SPDX-License-Identifier: Apache-2.0
package dev.sortline.benchmarks.camera;

import dev.sortline.benchmarks.line.CameraJpeg;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;

/**
 * A film of a belt that runs from right to left: two pictures beside each other, again and again. As a folder of JPEGs of {@value #WIDTH} x
 * {@value #HEIGHT}, {@code 00.jpg} and on, of which the first follows the last.
 *
 * @param folder holds them and nothing else
 * @param pictures how many
 * @param meanBytes of a picture
 */
public record BeltFilm(Path folder, int pictures, int meanBytes) {
    /** Width of a picture, in pixels. */
    public static final int WIDTH = 1280;

    /** Height of a picture, in pixels. */
    public static final int HEIGHT = 720;

    private static final int PICTURE_WIDTH = 960;
    private static final int STEP = 32;
    private static final int PICTURES = 2 * PICTURE_WIDTH / STEP;

    /**
     * Paints the film and writes it.
     *
     * @param photos JPEGs of items on a belt, at least one
     * @param folder made here
     * @throws IOException if a photo cannot be read, or the disk fails
     */
    public static BeltFilm write(List<byte[]> photos, Path folder) throws IOException {
        Files.createDirectories(folder);
        // What leaves on the left comes again on the right.
        var belt = new BufferedImage(2 * PICTURE_WIDTH + WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
        Graphics2D brush = belt.createGraphics();
        brush.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        for (int i = 0; i * PICTURE_WIDTH < belt.getWidth(); i++) {
            BufferedImage photo = ImageIO.read(new ByteArrayInputStream(photos.get(i % 2 % photos.size())));
            brush.drawImage(photo, i * PICTURE_WIDTH, 0, PICTURE_WIDTH, HEIGHT, null);
        }
        brush.dispose();
        long bytes = 0;
        for (int i = 0; i < PICTURES; i++) {
            byte[] jpeg = CameraJpeg.of(belt.getSubimage(i * STEP, 0, WIDTH, HEIGHT));
            bytes += jpeg.length;
            Files.write(folder.resolve("%02d.jpg".formatted(i)), jpeg);
        }
        return new BeltFilm(folder, PICTURES, Math.toIntExact(bytes / PICTURES));
    }
}
