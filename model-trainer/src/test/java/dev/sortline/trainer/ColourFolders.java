// SPDX-License-Identifier: Apache-2.0
package dev.sortline.trainer;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import javax.imageio.ImageIO;

/** Class folders of generated pictures: noisy reds, greens and blues. */
final class ColourFolders {
    private ColourFolders() {}

    static Path writeTo(Path folder, int picturesALabel) throws IOException {
        Random random = new Random(3);
        for (int i = 0; i < picturesALabel; i++) {
            write(folder, "red", i, new Color(220, 40, 40), random);
            write(folder, "green", i, new Color(40, 220, 40), random);
            write(folder, "blue", i, new Color(40, 40, 220), random);
        }
        return folder;
    }

    private static void write(Path folder, String label, int index, Color colour, Random random) throws IOException {
        BufferedImage picture = new BufferedImage(60, 48, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < picture.getHeight(); y++) {
            for (int x = 0; x < picture.getWidth(); x++) {
                picture.setRGB(x, y, colour.getRGB() ^ (random.nextInt() & 0x1F1F1F));
            }
        }
        Path target = Files.createDirectories(folder.resolve(label));
        ImageIO.write(
                picture,
                index % 2 == 0 ? "jpg" : "png",
                target.resolve(index + ".img").toFile());
    }
}
