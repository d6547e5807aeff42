// SPDX-License-Identifier: Apache-2.0
package dev.sortline.classifier.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sortline.classifier.image.PictureRegion.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class PictureRegionTest {

    @ParameterizedTest
    @CsvSource({
        "0, 0, 1, 1, 0, 0, 1920, 1080",
        "0.25, 0.5, 0.5, 0.5, 480, 540, 960, 540",
        "0.1, 0.2, 0.3, 0.7, 192, 216, 576, 756",
        "0.9999, 0.9999, 0.0001, 0.0001, 1919, 1079, 1, 1"
    })
    void windowIsThePixelsThatTheRegionTouches(
            double left, double top, double width, double height, int x, int y, int columns, int rows) {
        // Given
        var region = new PictureRegion(left, top, width, height);

        // When
        Window window = region.in(1920, 1080);

        // Then
        assertThat(window).isEqualTo(new Window(x, y, columns, rows));
    }

    @Test
    void windowLiesWithinPicturesOfEverySize() {
        // Given
        var random = new Random(5);
        List<Window> outside = new ArrayList<>();

        // When
        for (int round = 0; round < 20_000; round++) {
            double left = random.nextDouble();
            double top = random.nextDouble();
            var region = new PictureRegion(left, top, (1 - left) * (1 - random.nextDouble()), 1 - top);
            int width = 1 + random.nextInt(300);
            int height = 1 + random.nextInt(300);
            Window window = region.in(width, height);
            if (window.x() < 0
                    || window.y() < 0
                    || window.width() < 1
                    || window.height() < 1
                    || window.x() + window.width() > width
                    || window.y() + window.height() > height) {
                outside.add(window);
            }
        }

        // Then
        assertThat(outside).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Orientation.class)
    void storedPartHoldsThePixelsOfTheUprightOne(Orientation orientation) {
        // Given: a picture of 40x20 as it is stored, and its upright rows 2 to 4, columns 4 to 11
        int width = orientation.swapsSides() ? 20 : 40;
        int height = orientation.swapsSides() ? 40 : 20;
        var region = new PictureRegion(4.0 / width, 2.0 / height, 8.0 / width, 3.0 / height);

        // When
        Window stored = region.stored(orientation).in(40, 20);

        // Then
        for (int y = 2; y < 5; y++) {
            for (int x = 4; x < 12; x++) {
                int at = orientation.stored(x, y, 40, 20);
                assertThat(at % 40).isBetween(stored.x(), stored.x() + stored.width() - 1);
                assertThat(at / 40).isBetween(stored.y(), stored.y() + stored.height() - 1);
            }
        }
        assertThat(stored.width() * stored.height()).isEqualTo(8 * 3);
    }

    @ParameterizedTest
    @CsvSource({"-0.1, 0.5", "0.6, 0.5", "1, 0.1", "0.2, 0", "NaN, 0.5", "0.2, NaN"})
    void regionOutsideOfThePictureIsRefused(double left, double width) {
        // When
        var making = assertThatThrownBy(() -> new PictureRegion(left, 0, width, 1));

        // Then
        making.isInstanceOf(IllegalArgumentException.class).hasMessageContaining("must lie within the picture");
    }
}
