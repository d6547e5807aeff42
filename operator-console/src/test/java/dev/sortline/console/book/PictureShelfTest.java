// SPDX-License-Identifier: Apache-2.0
package dev.sortline.console.book;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PictureShelfTest {
    private final PictureShelf shelf = new PictureShelf(10);

    @Test
    void whatWasNotAskedForTheLongestGoesFirst() {
        // Given
        shelf.put("a", new byte[4]);
        shelf.put("b", new byte[4]);
        shelf.get("a");

        // When
        shelf.put("c", new byte[4]);

        // Then
        assertThat(shelf.get("a")).isPresent();
        assertThat(shelf.get("b")).isEmpty();
        assertThat(shelf.get("c")).isPresent();
    }

    @Test
    void pictureThatIsPutAgainCountsOnce() {
        // Given
        shelf.put("a", new byte[6]);
        shelf.put("b", new byte[4]);

        // When
        shelf.put("a", new byte[6]);

        // Then
        assertThat(shelf.get("a")).isPresent();
        assertThat(shelf.get("b")).isPresent();
    }

    @Test
    void pictureLargerThanTheShelfIsNotKept() {
        // When
        shelf.put("a", new byte[11]);

        // Then
        assertThat(shelf.get("a")).isEmpty();
    }
}
