// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera.folder;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import javax.imageio.ImageIO;

/** Pictures, and how cameras drop them. */
final class Pictures {
    static final byte[] JPEG = encoded("jpeg");
    static final byte[] PNG = encoded("png");

    private Pictures() {}

    private static byte[] encoded(String format) {
        var bytes = new ByteArrayOutputStream();
        var image = new BufferedImage(32, 24, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < 32 * 24; i++) {
            image.setRGB(i % 32, i / 32, i * 7919);
        }
        try {
            ImageIO.write(image, format, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** As a careful FTP server does it: under another name, then renamed. */
    static void drop(Path folder, String name, byte[] bytes) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Path part = file.resolveSibling(name.substring(name.lastIndexOf('/') + 1) + ".part");
        Files.write(part, bytes);
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
    }
}
