// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sortline.camera.picture.Luma;
import dev.sortline.camera.source.CameraFault;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LumaReaderTest {
    private LumaReader reader;

    @BeforeEach
    void open() throws CameraFault {
        reader = LumaReader.open();
    }

    @AfterEach
    void close() {
        reader.close();
    }

    @ParameterizedTest
    @CsvSource({"jpg, 640, 480, 80, 60", "jpg, 645, 481, 81, 61", "png, 645, 481, 81, 61", "png, 8, 1, 1, 1"})
    void smallPictureIsAnEighthOfTheCamerasAndAsBright(
            String format, int width, int height, int smallWidth, int smallHeight) {
        // Given
        byte[] picture = Painted.written(Painted.quarters(width, height, 20, 20, 220), format);

        // When
        Luma luma = reader.read(picture).orElseThrow();

        // Then
        assertThat(luma.width()).isEqualTo(smallWidth);
        assertThat(luma.height()).isEqualTo(smallHeight);
        if (smallWidth > 1) {
            assertThat(luma.at(2, 2)).isBetween(18, 22);
            assertThat(luma.at(smallWidth - 3, smallHeight - 3)).isBetween(218, 222);
        }
    }

    @ParameterizedTest
    @CsvSource({"jpg, 0", "jpg, 255", "png, 0", "png, 255"})
    void blackIsNoughtAndWhiteIs255(String format, int brightness) {
        // Given
        byte[] picture = Painted.written(Painted.quarters(64, 64, brightness, brightness, brightness), format);

        // When
        Luma luma = reader.read(picture).orElseThrow();

        // Then
        assertThat(luma.at(4, 4)).isEqualTo(brightness);
    }

    @Test
    void grayJpegIsRead() {
        // Given
        var gray = new BufferedImage(320, 240, BufferedImage.TYPE_BYTE_GRAY);
        gray.createGraphics().drawImage(Painted.quarters(320, 240, 60, 60, 60), 0, 0, null);
        byte[] picture = Painted.written(gray, "jpg");
        int expected = gray.getRaster().getSample(9, 9, 0);

        // When
        Luma luma = reader.read(picture).orElseThrow();

        // Then
        assertThat(luma.at(9, 9)).isBetween(expected - 2, expected + 2);
    }

    @Test
    void whatIsNoPictureIsNone() {
        // Given
        byte[] page = new byte[5_000];
        byte[] head = Arrays.copyOf(Painted.jpeg(64, 64), 40);

        // When
        Optional<Luma> luma = reader.read(page).or(() -> reader.read(head));

        // Then
        assertThat(luma).isEmpty();
    }

    @Test
    void pictureAfterABrokenOneIsReadAsIfNothingHadBeen() {
        // Given
        byte[] picture = Painted.png(640, 480);
        Luma before = reader.read(picture).orElseThrow();
        byte[] broken = picture.clone();
        Arrays.fill(broken, 40, broken.length, (byte) 7);
        reader.read(broken);

        // When
        Luma after = reader.read(picture).orElseThrow();

        // Then
        assertThat(after.values()).isEqualTo(before.values());
    }
}
