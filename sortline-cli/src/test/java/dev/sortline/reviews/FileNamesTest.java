// SPDX-License-Identifier: Apache-2.0
package dev.sortline.reviews;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sortline.contract.ItemLabel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FileNamesTest {
    @Test
    void pictureLiesInItsLabelsFolder() {
        // Given
        var said = Reviews.label("line-1", "camera-1.7", "glass");

        // When
        String file = FileNames.of(Reviews.labels(said).all()).of(said, PictureKind.JPEG);

        // Then
        assertThat(file).isEqualTo("glass/line-1-camera-1.7.jpg");
    }

    @Test
    void emptyBeltHasALabelOfItsOwn() {
        // Given
        var said = Reviews.said("a", ItemLabel.Said.NOTHING);

        // When
        String file = FileNames.of(Reviews.labels(said).all()).of(said, PictureKind.PNG);

        // Then
        assertThat(file).isEqualTo("empty/line-1-a.png");
    }

    @ParameterizedTest
    @CsvSource({"line-1, x, line, 1-x", "line-1, a, line-1, A"})
    void itemsThatWouldBeCalledAlikeAreToldApart(String line, String item, String otherLine, String otherItem) {
        // Given
        var one = Reviews.label(line, item, "glass");
        var other = Reviews.label(otherLine, otherItem, "glass");
        var names = FileNames.of(Reviews.labels(one, other).all());

        // When
        String first = names.of(one, PictureKind.JPEG);
        String second = names.of(other, PictureKind.JPEG);

        // Then
        assertThat(first).isNotEqualToIgnoringCase(second);
    }

    @Test
    void noFileIsHidden() {
        // Given
        var said = Reviews.label("..", "a", "glass");

        // When
        String file = FileNames.of(Reviews.labels(said).all()).of(said, PictureKind.JPEG);

        // Then
        assertThat(file).isEqualTo("glass/_..-a.jpg");
    }

    @ParameterizedTest
    @CsvSource({"glass, true", ".., false", ".glass, false"})
    void labelOfADotIsNoFolder(String label, boolean folder) {
        // When
        boolean can = FileNames.canBeAFolder(label);

        // Then
        assertThat(can).isEqualTo(folder);
    }
}
