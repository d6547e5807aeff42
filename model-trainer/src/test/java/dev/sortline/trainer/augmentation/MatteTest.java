// SPDX-License-Identifier: Apache-2.0
package dev.sortline.trainer.augmentation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sortline.trainer.pictures.Picture;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class MatteTest {
    private static final int WIDTH = 128;
    private static final int HEIGHT = 96;

    @Test
    void tellsAnItemFromThePaleBoardThatItLiesOn() {
        // Given
        Picture picture = redSquareOn(220, 218, 210);

        // When
        Optional<Matte> matte = Matte.of(picture);

        // Then
        assertThat(matte).isPresent();
        assertThat(matte.get().opacity(64, 48)).isEqualTo(1);
        assertThat(matte.get().opacity(10, 10)).isZero();
        assertThat(matte.get().opacity(-50, 48)).isZero();
    }

    @Test
    void takesAnUnevenlyLitBoardForTheBoardThatItIs() {
        // Given
        Picture picture = redSquareOn(200, 200, 195);
        for (int i = 0; i < WIDTH * HEIGHT; i++) {
            double light = 0.85 + 0.2 * (i % WIDTH) / WIDTH;
            for (int c = 0; c < 3; c++) {
                picture.rgb()[i * 3 + c] = (byte) Math.min(255, light * (picture.rgb()[i * 3 + c] & 0xFF));
            }
        }

        // When
        Optional<Matte> matte = Matte.of(picture);

        // Then
        assertThat(matte).isPresent();
        assertThat(matte.get().opacity(5, 90)).isZero();
        assertThat(matte.get().opacity(122, 5)).isZero();
        assertThat(matte.get().boardLight(120, 48)).isGreaterThan(matte.get().boardLight(8, 48));
    }

    @Test
    void keepsThePictureWhereThereIsNoPlainPaleBoard() {
        // Given
        Picture dark = redSquareOn(40, 60, 40);
        Picture colourful = noise();

        // Then
        assertThat(Matte.of(dark)).isEmpty();
        assertThat(Matte.of(colourful)).isEmpty();
    }

    @Test
    void keepsThePictureOfABoardWithNothingOnIt() {
        // Given
        byte[] rgb = new byte[WIDTH * HEIGHT * 3];
        java.util.Arrays.fill(rgb, (byte) 210);

        // Then
        assertThat(Matte.of(new Picture(WIDTH, HEIGHT, rgb))).isEmpty();
    }

    private static Picture redSquareOn(int red, int green, int blue) {
        byte[] rgb = new byte[WIDTH * HEIGHT * 3];
        for (int y = 0; y < HEIGHT; y++) {
            for (int x = 0; x < WIDTH; x++) {
                boolean item = Math.abs(x - WIDTH / 2) < 24 && Math.abs(y - HEIGHT / 2) < 24;
                int at = (y * WIDTH + x) * 3;
                rgb[at] = (byte) (item ? 200 : red);
                rgb[at + 1] = (byte) (item ? 30 : green);
                rgb[at + 2] = (byte) (item ? 30 : blue);
            }
        }
        return new Picture(WIDTH, HEIGHT, rgb);
    }

    private static Picture noise() {
        SplittableRandom random = new SplittableRandom(1);
        byte[] rgb = new byte[WIDTH * HEIGHT * 3];
        for (int cell = 0; cell < WIDTH * HEIGHT / 16; cell++) {
            int x = cell % (WIDTH / 4) * 4;
            int y = cell / (WIDTH / 4) * 4;
            byte[] colour = {(byte) random.nextInt(256), (byte) random.nextInt(256), (byte) random.nextInt(256)};
            for (int i = 0; i < 16; i++) {
                System.arraycopy(colour, 0, rgb, ((y + i / 4) * WIDTH + x + i % 4) * 3, 3);
            }
        }
        return new Picture(WIDTH, HEIGHT, rgb);
    }
}
