// SPDX-License-Identifier: Apache-2.0
package dev.sortline.classifier.integrity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sortline.classifier.image.Pictures;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class CoarsePictureTest {
    private static final Path EMPTY_BELT = Path.of("../samples/belt/empty/empty-0001.jpg");

    @Test
    void tellsTheLightAndColourOfEachUnit() {
        // Given
        BufferedImage halves = Pictures.plain(70, 40, Color.WHITE);
        Graphics2D brush = halves.createGraphics();
        brush.setColor(Color.BLUE);
        brush.fillRect(32, 0, 38, 40);
        brush.dispose();

        // When
        CoarsePicture coarse = coarse(Pictures.jpeg(halves));

        // Then
        assertThat(coarse.across()).isEqualTo(5);
        assertThat(coarse.down()).isEqualTo(3);
        assertThat(coarse.components()).isEqualTo(3);
        assertThat(coarse.level(0, 1, 2)).isCloseTo(255, within(2f));
        assertThat(coarse.level(1, 1, 2)).isCloseTo(128, within(2f));
        // BT.601: blue is 0.114 bright, and half of the range above grey in its difference.
        assertThat(coarse.level(0, 4, 0)).isCloseTo(29, within(2f));
        assertThat(coarse.level(1, 4, 0)).isCloseTo(255, within(2f));
        assertThat(coarse.level(2, 4, 0)).isCloseTo(107, within(2f));
    }

    @Test
    void tellsWhereThereIsMoreToSee() {
        // Given
        BufferedImage picture = Pictures.plain(64, 32, Color.GRAY);
        picture.createGraphics().drawImage(Pictures.noise(16, 16, 1), 32, 16, null);

        // When
        CoarsePicture coarse = coarse(Pictures.jpeg(picture));

        // Then
        assertThat(coarse.bits(2, 1)).isGreaterThan(20 * coarse.bits(1, 1));
        assertThat(coarse.bits(3, 1)).isPositive();
    }

    @Test
    void bitsOfAllUnitsAreThoseOfTheScan() throws IOException {
        // Given
        byte[] image = Files.readAllBytes(EMPTY_BELT);

        // When
        CoarsePicture coarse = coarse(image);

        // Then
        double bits = 0;
        for (int row = 0; row < coarse.down(); row++) {
            for (int column = 0; column < coarse.across(); column++) {
                assertThat(coarse.bits(column, row)).isPositive();
                bits += coarse.bits(column, row);
            }
        }
        assertThat(coarse.across()).isEqualTo(32);
        assertThat(coarse.down()).isEqualTo(24);
        assertThat(bits / 8).isCloseTo(image.length, within(1_000.0));
    }

    @Test
    void partHasAllUnitsOfWhichAnyPixelIsInIt() {
        // Given
        BufferedImage picture = Pictures.plain(80, 64, Color.WHITE);
        Graphics2D brush = picture.createGraphics();
        brush.setColor(Color.BLACK);
        brush.fillRect(32, 16, 16, 16);
        brush.dispose();
        CoarsePicture whole = coarse(Pictures.jpeg(picture));

        // When
        CoarsePicture part = whole.part(31, 17, 18, 16);

        // Then
        assertThat(part.across()).isEqualTo(3);
        assertThat(part.down()).isEqualTo(2);
        assertThat(part.level(0, 1, 0)).isCloseTo(0, within(2f));
        assertThat(part.level(0, 0, 0)).isCloseTo(255, within(2f));
        assertThat(part.level(0, 1, 1)).isCloseTo(255, within(2f));
        assertThat(part.bits(1, 0)).isEqualTo(whole.bits(2, 1));
        assertThat(part.kind()).isEqualTo(whole.kind());
    }

    @Test
    void greyPictureHasOneComponent() {
        // When
        CoarsePicture coarse = coarse(Pictures.jpeg(Pictures.plain(20, 9, BufferedImage.TYPE_BYTE_GRAY, Color.GRAY)));

        // Then
        assertThat(coarse.components()).isOne();
        assertThat(coarse.level(0, 2, 1)).isCloseTo(128, within(2f));
    }

    @Test
    void picturesOfTheSameSizeAndQualityAreOfAKindAndOthersAreNot() throws IOException {
        // Given
        byte[] image = Files.readAllBytes(EMPTY_BELT);
        byte[] coarser = image.clone();
        int table = indexOfQuantisation(coarser);
        coarser[table + 10]++;

        // When
        int kind = coarse(image).kind();

        // Then
        assertThat(coarse(Files.readAllBytes(Path.of("../samples/belt/glass/glass-0001.jpg")))
                        .kind())
                .isEqualTo(kind);
        assertThat(coarse(coarser).kind()).isNotEqualTo(kind);
        assertThat(coarse(Pictures.jpeg(Pictures.plain(64, 64, Color.RED))).kind())
                .isNotEqualTo(
                        coarse(Pictures.jpeg(Pictures.plain(64, 65, Color.RED))).kind());
    }

    @Test
    void progressiveAndDamagedPicturesHaveNone() throws IOException {
        // Given
        byte[] image = Files.readAllBytes(EMPTY_BELT);

        // When
        JpegFindings progressive = JpegIntegrity.findings(Pictures.progressiveJpeg(Pictures.scene(64, 64, 1)));
        JpegFindings damaged = JpegIntegrity.findings(Arrays.copyOf(image, image.length / 2));

        // Then
        assertThat(progressive.damage()).isEmpty();
        assertThat(progressive.coarse()).isEmpty();
        assertThat(damaged.damage()).isPresent();
        assertThat(damaged.coarse()).isEmpty();
    }

    private static int indexOfQuantisation(byte[] image) {
        int at = 2;
        while (Markers.code(image, at) != 0xDB) {
            at = Markers.next(image, at + 2);
        }
        return at;
    }

    private static CoarsePicture coarse(byte[] image) {
        return JpegIntegrity.findings(image).coarse().orElseThrow();
    }
}
