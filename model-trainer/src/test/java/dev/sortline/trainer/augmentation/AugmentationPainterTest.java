// SPDX-License-Identifier: Apache-2.0
package dev.sortline.trainer.augmentation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sortline.trainer.pictures.Picture;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class AugmentationPainterTest {
    private static final int SIZE = 32;

    @AutoClose
    private final AugmentationPainter painter = new AugmentationPainter();

    @Test
    void plainShotOfAPictureOfItsSizeIsThePicture() {
        // Given
        Picture picture = BeltTexture.empty(new SplittableRandom(1));

        // When
        float[] painted = painter.paint(picture, Optional.empty(), Augmentation.PLAIN, BeltTexture.SIZE, 0);

        // Then
        for (int i = 0; i < painted.length; i += 997) {
            assertThat(painted[i]).isCloseTo(picture.rgb()[i] & 0xFF, within(1e-2f));
        }
    }

    @Test
    void replacesTheBoardAndKeepsTheItem() {
        // Given
        Picture picture = redOnWhite();
        Matte matte = Matte.of(picture).orElseThrow();
        Augmentation augmentation = new Augmentation(
                View.PLAIN,
                Optional.of(new Augmentation.Backdrop(uniform(64, 10, 90, 10), 1, 0)),
                List.of(),
                Optional.empty(),
                Augmentation.Blur.NONE,
                0,
                Optional.empty());

        // When
        float[] painted = painter.paint(picture, Optional.of(matte), augmentation, SIZE, 0);

        // Then
        assertColour(painted, 16, 16, 200, 20, 20);
        assertColour(painted, 1, 1, 10, 90, 10);
    }

    @Test
    void everyShotByChanceStaysWithinThePixelsRange() {
        // Given
        TexturePool textures = new TexturePool(1);
        SplittableRandom random = new SplittableRandom(2);
        AugmentationRanges wild = new AugmentationRanges(0.2, 2, 0.5, 1, 0.8, 0.3, 1, 1);
        Picture picture = redOnWhite();

        for (int i = 0; i < 30; i++) {
            // When
            float[] painted = painter.paint(
                    picture, Matte.of(picture), Augmentation.random(random, wild, textures), SIZE, random.nextLong());

            // Then
            for (float value : painted) {
                assertThat(value).isBetween(0f, 255f);
            }
        }
    }

    @Test
    void blurSpreadsAnEdge() {
        // Given
        Picture picture = redOnWhite();
        Augmentation blurred = new Augmentation(
                View.PLAIN,
                Optional.empty(),
                List.of(),
                Optional.empty(),
                new Augmentation.Blur(40, 0, false),
                0,
                Optional.empty());

        // When
        float[] painted = painter.paint(picture, Optional.empty(), blurred, SIZE, 0);

        // Then: the edge at a quarter of the width lies between red and white
        assertThat(painted[(16 * SIZE + 8) * 3 + 1]).isBetween(40f, 200f);
    }

    private static void assertColour(float[] painted, int x, int y, float red, float green, float blue) {
        int at = (y * SIZE + x) * 3;
        assertThat(painted[at]).isCloseTo(red, within(3f));
        assertThat(painted[at + 1]).isCloseTo(green, within(3f));
        assertThat(painted[at + 2]).isCloseTo(blue, within(3f));
    }

    private static Picture redOnWhite() {
        Picture picture = uniform(128, 220, 220, 220);
        for (int y = 32; y < 96; y++) {
            for (int x = 32; x < 96; x++) {
                picture.rgb()[(y * 128 + x) * 3] = (byte) 200;
                picture.rgb()[(y * 128 + x) * 3 + 1] = 20;
                picture.rgb()[(y * 128 + x) * 3 + 2] = 20;
            }
        }
        return picture;
    }

    private static Picture uniform(int side, int red, int green, int blue) {
        byte[] rgb = new byte[side * side * 3];
        for (int i = 0; i < side * side; i++) {
            rgb[i * 3] = (byte) red;
            rgb[i * 3 + 1] = (byte) green;
            rgb[i * 3 + 2] = (byte) blue;
        }
        return new Picture(side, side, rgb);
    }
}
