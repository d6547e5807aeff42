// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera.folder;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DroppedPictureTest {
    @Test
    void wholePictureIsOneByItsBytes() {
        // When / Then
        assertThat(DroppedPicture.of(Pictures.JPEG)).isEqualTo(DroppedPicture.JPEG);
        assertThat(DroppedPicture.of(Pictures.PNG)).isEqualTo(DroppedPicture.PNG);
    }

    @Test
    void pictureThatIsCutAnywhereIsUnfinished() {
        // Given
        var whole = new byte[][] {Pictures.JPEG, Pictures.PNG};

        for (byte[] picture : whole) {
            // When
            var cut = IntStream.range(0, picture.length - 4)
                    .mapToObj(length -> DroppedPicture.of(Arrays.copyOf(picture, length)));

            // Then
            assertThat(cut).containsOnly(DroppedPicture.UNFINISHED);
        }
    }

    @Test
    void whatFollowsTheEndDoesNotMatter() {
        // Given
        byte[] filledUp = Arrays.copyOf(Pictures.JPEG, Pictures.JPEG.length + 1_000);

        // When
        var kind = DroppedPicture.of(filledUp);

        // Then
        assertThat(kind).isEqualTo(DroppedPicture.JPEG);
    }

    @Test
    void endOfAThumbnailIsNotThatOfThePicture() {
        // Given
        var bytes = new ByteArrayOutputStream();
        bytes.write(Pictures.JPEG, 0, 2);
        int length = Pictures.JPEG.length + 2;
        bytes.writeBytes(new byte[] {(byte) 0xFF, (byte) 0xE1, (byte) (length >> 8), (byte) length});
        bytes.writeBytes(Pictures.JPEG);
        bytes.write(Pictures.JPEG, 2, 300);

        // When
        var kind = DroppedPicture.of(bytes.toByteArray());

        // Then
        assertThat(kind).isEqualTo(DroppedPicture.UNFINISHED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"BM no picture of ours", "<html>", "x"})
    void otherFilesAreNoPictures(String content) {
        // When
        var kind = DroppedPicture.of(content.getBytes(java.nio.charset.StandardCharsets.UTF_8));

        // Then
        assertThat(kind).isEqualTo(DroppedPicture.NONE);
    }
}
