// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera.mjpeg;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.sortline.camera.HandClock;
import dev.sortline.camera.picture.Picture;
import java.io.ByteArrayInputStream;
import java.io.IOException;

class PictureStreamFuzzTest {
    @FuzzTest
    void whateverComesIsPicturesWithAnEndOrCounted(byte[] sent) throws IOException {
        // Given
        var stream = new PictureStream(new ByteArrayInputStream(sent), Parts.BOUNDARY, new HandClock());
        int found = 0;

        // When
        for (Found next = stream.next(); next != Found.END; next = stream.next()) {
            found++;

            // Then
            if (next instanceof Found.Whole whole) {
                assertThatIsPicture(whole);
            }
            assertThat(found).isLessThanOrEqualTo(sent.length);
            if (next == Found.STRANGE) {
                return;
            }
        }
        assertThat(stream.begun()).isNull();
    }

    private static void assertThatIsPicture(Found.Whole whole) {
        byte[] bytes = whole.bytes();
        assertThat(bytes.length).isLessThanOrEqualTo(Picture.MAX_BYTES);
        if (whole.contentType().equals(Picture.JPEG)) {
            assertThat(bytes).startsWith(0xFF, 0xD8, 0xFF).endsWith(0xFF, 0xD9);
        } else {
            assertThat(bytes).startsWith(PngWalk.SIGNATURE);
        }
    }
}
