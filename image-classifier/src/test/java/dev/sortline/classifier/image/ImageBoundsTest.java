// SPDX-License-Identifier: Apache-2.0
package dev.sortline.classifier.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sortline.classifier.image.UnreadableImageException.Reason;
import java.awt.Color;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImageBoundsTest {
    private static final byte[] IMAGE = Pictures.png(Pictures.plain(100, 50, Color.BLUE));

    @Test
    void passesAnImageThatTouchesEveryBound() throws Exception {
        // Given
        ImageBounds bounds = new ImageBounds(IMAGE.length, 100, 50, 5000);

        // When
        ImageHeader header = bounds.check(IMAGE);

        // Then
        assertThat(header.width()).isEqualTo(100);
    }

    @ParameterizedTest
    @CsvSource({"99, 50, 5000", "100, 49, 5000", "100, 50, 4999"})
    void refusesMorePixelsThanItTakes(int maxWidth, int maxHeight, int maxPixels) {
        // Given
        ImageBounds bounds = new ImageBounds(IMAGE.length, maxWidth, maxHeight, maxPixels);

        // When
        UnreadableImageException refusal =
                catchThrowableOfType(UnreadableImageException.class, () -> bounds.check(IMAGE));

        // Then
        assertThat(refusal.reason()).isEqualTo(Reason.TOO_MANY_PIXELS);
    }

    @Test
    void refusesMoreBytesThanItTakesWhateverTheyAre() {
        // Given
        ImageBounds bounds = new ImageBounds(7, 10, 10);

        // When
        UnreadableImageException refusal =
                catchThrowableOfType(UnreadableImageException.class, () -> bounds.check(new byte[8]));

        // Then
        assertThat(refusal.reason()).isEqualTo(Reason.TOO_MANY_BYTES);
        assertThat(refusal).hasMessage("image has 8 bytes, at most 7 are taken");
    }

    @Test
    void mustLeaveRoomForSomething() {
        // Then
        assertThatThrownBy(() -> new ImageBounds(1, 1, 0)).hasMessage("maxHeight must be at least 1, but is 0");
    }
}
