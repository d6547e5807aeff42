// SPDX-License-Identifier: Apache-2.0
package dev.sortline.trainer.augmentation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ViewTest {
    private static final AugmentationRanges AUGMENTATION = new AugmentationRanges(0.5, 1, 0.2, 0.5, 0.25, 0.05, 0, 0);

    @Test
    void plainViewShowsThePictureFromCornerToCorner() {
        // When
        float[] map = View.PLAIN.transform(224, 448, 336);

        // Then: half a pixel of the view in from each corner
        assertPoint(map, 0, 0, 0.5, 0.25);
        assertPoint(map, 223, 223, 446.5, 334.75);
    }

    @Test
    void mirroredViewBeginsAtTheRight() {
        // Given
        View view = new View(0.5, 0.5, 1, 1, 0, true, 1, 1, 1, 0, 1);

        // When
        float[] map = view.transform(224, 448, 336);

        // Then
        assertPoint(map, 0, 0, 446.5, 0.25);
    }

    @Test
    void viewTurnedByAQuarterBeginsAtTheTopRight() {
        // Given
        View view = new View(0.5, 0.5, 1, 1, Math.PI / 2, false, 1, 1, 1, 0, 1);

        // When
        float[] map = view.transform(100, 100, 100);

        // Then
        assertPoint(map, 0, 0, 99, 0);
    }

    @Test
    void viewOfAPartStaysInThatPart() {
        // Given
        View view = new View(0.25, 0.25, 0.5, 0.5, 0, false, 1, 1, 1, 0, 1);

        // When
        float[] map = view.transform(100, 400, 200);

        // Then
        assertPoint(map, 0, 0, 0.5, 0);
        assertPoint(map, 99, 99, 198.5, 99);
    }

    @Test
    void viewsByChanceComeFromTheSeedAlone() {
        // When
        View one = View.random(new SplittableRandom(5), AUGMENTATION);
        View again = View.random(new SplittableRandom(5), AUGMENTATION);
        View other = View.random(new SplittableRandom(6), AUGMENTATION);

        // Then
        assertThat(one).isEqualTo(again).isNotEqualTo(other);
    }

    private static void assertPoint(float[] map, double x, double y, double pictureX, double pictureY) {
        assertThat(map[0] * x + map[1] * y + map[2]).isCloseTo(pictureX, within(1e-3));
        assertThat(map[3] * x + map[4] * y + map[5]).isCloseTo(pictureY, within(1e-3));
    }
}
