// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera.picture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sortline.camera.Jpegs;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class HuffmanTablesTest {
    @Test
    void pictureWithoutTablesDecodesToTheSamePixelsOnceTheyAreThere() throws IOException {
        // Given
        byte[] jpeg = Jpegs.small(1);
        byte[] bare = Jpegs.withoutTables(jpeg);

        // When
        byte[] completed = HuffmanTables.completed(bare);

        // Then
        assertThat(completed).hasSize(bare.length + 420);
        assertThat(Jpegs.pixels(completed)).isEqualTo(Jpegs.pixels(jpeg));
    }

    @Test
    void pictureWithTablesIsGivenBackAsItIs() {
        // Given
        byte[] jpeg = Jpegs.small(1);

        // When
        byte[] completed = HuffmanTables.completed(jpeg);

        // Then
        assertThat(completed).isSameAs(jpeg);
    }

    @Test
    void progressivePictureIsGivenBackAsItIs() {
        // Given
        byte[] progressive = Jpegs.withoutTables(Jpegs.small(1));
        for (int at = 2; (progressive[at + 1] & 0xFF) != 0xDA; at++) {
            if ((progressive[at] & 0xFF) == 0xFF && (progressive[at + 1] & 0xFF) == 0xC0) {
                progressive[at + 1] = (byte) 0xC2;
            }
        }

        // When
        byte[] completed = HuffmanTables.completed(progressive);

        // Then
        assertThat(completed).isSameAs(progressive);
    }

    @Test
    void nothingIsReadBehindTheEndWhereverThePictureIsCut() {
        // Given
        byte[] bare = Jpegs.withoutTables(Jpegs.small(1));

        for (int length = 0; length < bare.length; length++) {
            // When
            byte[] completed = HuffmanTables.completed(Arrays.copyOf(bare, length));

            // Then
            assertThat(completed.length).isIn(length, length + 420);
        }
    }
}
