// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.sortline.camera.ffmpeg.RawJpegs.Layout;
import java.awt.Color;
import java.io.ByteArrayInputStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RawJpegsTest {
    @ParameterizedTest
    @CsvSource({
        "GRAY, 33, 21, 250, 250, 250",
        "GRAY, 640, 480, 4, 4, 4",
        "RGB, 33, 21, 200, 100, 50",
        "BGR, 33, 21, 50, 100, 200"
    })
    void pixelsComeOutOfTheJpegAsTheyWere(Layout layout, int width, int height, int red, int green, int blue)
            throws Exception {
        // Given
        byte[] pixels = new byte[width * height * layout.bytesPerPixel()];
        byte[] first = {
            (byte) (layout == Layout.BGR ? blue : red), (byte) green, (byte) (layout == Layout.BGR ? red : blue)
        };
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = first[i % layout.bytesPerPixel()];
        }

        // When
        byte[] jpeg;
        try (var jpegs = RawJpegs.open(90)) {
            jpeg = jpegs.encode(layout, width, height, pixels);
        }

        // Then
        var image = ImageIO.read(new ByteArrayInputStream(jpeg));
        assertThat(image.getWidth()).isEqualTo(width & ~1);
        assertThat(image.getHeight()).isEqualTo(height & ~1);
        var color = new Color(image.getRGB(image.getWidth() - 1, image.getHeight() - 1));
        assertThat(color.getRed()).isCloseTo(red, within(3));
        assertThat(color.getGreen()).isCloseTo(green, within(3));
        assertThat(color.getBlue()).isCloseTo(blue, within(3));
    }

    @Test
    void tooFewPixelsAreRefused() throws Exception {
        try (var jpegs = RawJpegs.open(90)) {
            // When / Then
            assertThatThrownBy(() -> jpegs.encode(Layout.GRAY, 10, 10, new byte[99]))
                    .hasMessage("pixels are 99 bytes: must be 10 x 10, 1 each");
        }
    }
}
