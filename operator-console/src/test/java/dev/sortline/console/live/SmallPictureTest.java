// SPDX-License-Identifier: Apache-2.0
package dev.sortline.console.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SmallPictureTest {
    private static final int PNG_WIDTH_AT = 16;

    @ParameterizedTest
    @CsvSource({
        "jpeg, 640, 480, 120",
        "png, 640, 480, 120",
        "jpeg, 1919, 1079, 90",
        "jpeg, 160, 160, 160",
        "png, 40, 80, 320",
        "jpeg, 161, 21, 21"
    })
    void pictureOfAnySizeBecomesAsWideAsAllOthers(String format, int width, int height, int smallHeight)
            throws Exception {
        // When
        var small = SmallPicture.of(Pictures.encoded(format, width, height));

        // Then
        BufferedImage picture = Pictures.decoded(small.orElseThrow());
        assertThat(picture.getWidth()).isEqualTo(160);
        assertThat(picture.getHeight()).isEqualTo(smallHeight);
        assertThat(isReddish(picture, 20, smallHeight / 2)).isTrue();
        assertThat(isReddish(picture, 140, smallHeight / 2)).isFalse();
    }

    @Test
    void pictureIsTurnedAsItsFileSays() throws Exception {
        // When
        var small = SmallPicture.of(Pictures.turned(Pictures.jpeg()));

        // Then
        BufferedImage picture = Pictures.decoded(small.orElseThrow());
        assertThat(picture.getWidth()).isEqualTo(160);
        assertThat(picture.getHeight()).isEqualTo(213);
        assertThat(isReddish(picture, 80, 20)).isTrue();
        assertThat(isReddish(picture, 80, 190)).isFalse();
    }

    @Test
    void stripHasNoSmallPicture() throws Exception {
        // When
        var small = SmallPicture.of(Pictures.encoded("png", 2000, 10));

        // Then
        assertThat(small).isEmpty();
    }

    @Test
    void pictureThatClaimsToBeHugeIsNotDecoded() throws Exception {
        // Given
        byte[] png = Pictures.encoded("png", 20, 20);
        ByteBuffer.wrap(png).putInt(PNG_WIDTH_AT, 20_000).putInt(PNG_WIDTH_AT + 4, 20_000);

        // When
        var small = SmallPicture.of(png);

        // Then
        assertThat(small).isEmpty();
    }

    @Test
    void pictureOfManyScansIsNotDecoded() throws Exception {
        // Given
        byte[] jpeg = Pictures.jpeg();
        byte[] many = Arrays.copyOf(jpeg, jpeg.length + 80);
        for (int at = jpeg.length; at < many.length; at += 2) {
            many[at] = (byte) 0xFF;
            many[at + 1] = (byte) 0xDA;
        }

        // When
        var small = SmallPicture.of(many);

        // Then
        assertThat(small).isEmpty();
    }

    @Test
    void damageNeverFails() throws Exception {
        // Given
        var random = new Random(42);
        byte[][] sound = {Pictures.jpeg(), Pictures.encoded("png", 300, 200), Pictures.turned(Pictures.jpeg())};

        // When
        int survived = 0;
        for (int round = 0; round < 600; round++) {
            byte[] damaged = Arrays.copyOf(sound[round % 3], 1 + random.nextInt(sound[round % 3].length));
            for (int hit = 0; hit < 4; hit++) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
            }
            survived += SmallPicture.of(damaged).isPresent() ? 1 : 0;
        }

        // Then
        assertThat(survived).isLessThan(600);
    }

    private static boolean isReddish(BufferedImage picture, int x, int y) {
        var colour = new Color(picture.getRGB(x, y));
        return colour.getRed() > 200 && colour.getBlue() < 60;
    }
}
