// SPDX-License-Identifier: Apache-2.0
package dev.sortline.benchmarks.camera;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BeltFilmTest {
    @TempDir
    private Path folder;

    @Test
    void beltRunsToTheLeftAndBeginsAnewWithoutAJump() throws IOException {
        // Given
        List<byte[]> photos = List.of(photo(0xFFFFFF), photo(0x000000));

        // When
        BeltFilm film = BeltFilm.write(photos, folder.resolve("film"));

        // Then
        assertThat(film.pictures()).isEqualTo(60);
        assertThat(edge(film, 0)).isEqualTo(960);
        assertThat(edge(film, 1)).isEqualTo(960 - 32);
        assertThat(edge(film, 59)).isEqualTo(32);
    }

    /** Where the picture changes from one photo to the next for the first time, to eight pixels. */
    private static int edge(BeltFilm film, int number) throws IOException {
        BufferedImage picture =
                ImageIO.read(film.folder().resolve("%02d.jpg".formatted(number)).toFile());
        assertThat(picture.getWidth()).isEqualTo(BeltFilm.WIDTH);
        assertThat(picture.getHeight()).isEqualTo(BeltFilm.HEIGHT);
        boolean first = isWhite(picture, 0);
        int x = 0;
        while (isWhite(picture, x + 4) == first) {
            x += 8;
        }
        return x;
    }

    private static boolean isWhite(BufferedImage picture, int x) {
        return (picture.getRGB(x, BeltFilm.HEIGHT / 2) & 0xFF) > 127;
    }

    private static byte[] photo(int colour) throws IOException {
        var image = new BufferedImage(512, 384, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                image.setRGB(x, y, colour);
            }
        }
        var bytes = new ByteArrayOutputStream();
        ImageIO.write(image, "jpg", bytes);
        return bytes.toByteArray();
    }
}
