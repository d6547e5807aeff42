// SPDX-License-Identifier: Apache-2.0
package dev.sortline.evaluation.corruption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CorruptionTest {
    private static final int WHITE = 0xFFFFFF;

    private final BufferedImage picture = new BufferedImage(200, 100, BufferedImage.TYPE_INT_RGB);

    @ParameterizedTest
    @ValueSource(ints = {10, 30, 50})
    void dirtCoversTheShareThatItSays(int percent) {
        // Given
        fill(WHITE);

        // When
        BufferedImage soiled = painted(Corruption.DIRT, percent);

        // Then
        assertThat(changed(soiled)).isCloseTo(percent / 100.0, within(0.02));
    }

    @Test
    void dirtOfAStepLiesWithinThatOfTheNext() {
        // Given
        fill(WHITE);

        // When
        BufferedImage little = painted(Corruption.DIRT, 10);
        BufferedImage much = painted(Corruption.DIRT, 20);

        // Then
        for (int y = 0; y < 100; y++) {
            for (int x = 0; x < 200; x++) {
                assertThat(little.getRGB(x, y) != -1 && much.getRGB(x, y) == -1).isFalse();
            }
        }
    }

    @Test
    void motionSmearsAlongTheWidthAlone() {
        // Given: a white line down the middle
        for (int y = 0; y < 100; y++) {
            picture.setRGB(100, y, WHITE);
        }

        // When: 4 % of 200 pixels
        BufferedImage smeared = painted(Corruption.MOTION_BLUR, 4);

        // Then
        assertThat(smeared.getRGB(100, 50) & 0xFF).isEqualTo(Math.round(255 / 8f));
        assertThat(changedAlong(smeared)).isEqualTo(8);
    }

    @Test
    void anExposureValueHalvesTheLight() {
        // Given
        fill(WHITE);

        // Then: 0.5, 0.25 and 0.125 of linear light in sRGB
        assertThat(painted(Corruption.DARKNESS, 1).getRGB(0, 0) & 0xFF).isEqualTo(188);
        assertThat(painted(Corruption.DARKNESS, 2).getRGB(0, 0) & 0xFF).isEqualTo(137);
        assertThat(painted(Corruption.DARKNESS, 3).getRGB(0, 0) & 0xFF).isEqualTo(99);
    }

    @Test
    void aStepIsToldInWords() {
        // Then
        assertThat(Corruption.DIRT.told(30)).isEqualTo("30 % of the picture covered by dirt");
        assertThat(Corruption.DARKNESS.told(2)).isEqualTo("2 EV less light");
    }

    private BufferedImage painted(Corruption corruption, double strength) {
        PixelRows pixels = new PixelRows(picture);
        corruption.paint(pixels, strength, 7);
        return pixels.image();
    }

    private void fill(int colour) {
        for (int y = 0; y < 100; y++) {
            for (int x = 0; x < 200; x++) {
                picture.setRGB(x, y, colour);
            }
        }
    }

    private static double changed(BufferedImage image) {
        int changed = 0;
        for (int y = 0; y < 100; y++) {
            for (int x = 0; x < 200; x++) {
                changed += image.getRGB(x, y) == -1 ? 0 : 1;
            }
        }
        return changed / 20_000.0;
    }

    private static long changedAlong(BufferedImage image) {
        long lit = 0;
        for (int x = 0; x < 200; x++) {
            lit += (image.getRGB(x, 50) & 0xFF) > 0 ? 1 : 0;
        }
        return lit;
    }
}
