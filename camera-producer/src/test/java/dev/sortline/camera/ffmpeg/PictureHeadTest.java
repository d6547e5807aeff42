// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PictureHeadTest {
    @Test
    void jpegTellsItsSize() {
        // Given
        byte[] jpeg = Painted.jpeg(640, 48);

        // When
        Optional<PictureHead> head = PictureHead.of(jpeg);

        // Then
        assertThat(head).contains(new PictureHead(false, 640, 48));
    }

    @Test
    void pngTellsItsSize() {
        // Given
        byte[] png = Painted.png(64, 481);

        // When
        Optional<PictureHead> head = PictureHead.of(png);

        // Then
        assertThat(head).contains(new PictureHead(true, 64, 481));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void pictureOfMorePixelsThanMemoryIsWorthIsNone(boolean png) {
        // Given
        byte[] bomb = png ? Painted.png(16, 16) : Painted.jpeg(16, 16);
        int at = png ? 16 : sizeOf(bomb);
        Arrays.fill(bomb, at, at + (png ? 8 : 4), (byte) (png ? 0x7F : 0xFF));

        // When
        Optional<PictureHead> head = PictureHead.of(bomb);

        // Then
        assertThat(head).isEmpty();
    }

    @Test
    void noBeginningOfAPictureThrows() {
        // Given
        byte[] jpeg = Painted.jpeg(64, 64);
        byte[] png = Painted.png(64, 64);

        // When
        for (int length = 0; length < 200; length++) {
            PictureHead.of(Arrays.copyOf(jpeg, length));
            PictureHead.of(Arrays.copyOf(png, length));
        }

        // Then
        assertThat(PictureHead.of("<html>no picture at all</html>".getBytes(java.nio.charset.StandardCharsets.UTF_8)))
                .isEmpty();
    }

    /** Where height and width stand. */
    private static int sizeOf(byte[] jpeg) {
        int at = 2;
        while ((jpeg[at + 1] & 0xFF) != 0xC0) {
            at += 2 + (((jpeg[at + 2] & 0xFF) << 8) | (jpeg[at + 3] & 0xFF));
        }
        return at + 5;
    }
}
