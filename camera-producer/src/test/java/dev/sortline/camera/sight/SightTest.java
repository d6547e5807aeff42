// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera.sight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sortline.camera.picture.Luma;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SightTest {
    @Test
    void sharesAndMeanAreThoseOfThePixels() {
        // Given
        var luma = new Luma(5, 1, new byte[] {0, 15, 16, (byte) 239, (byte) 240});

        // When
        Sight sight = Sight.of(luma);

        // Then
        assertThat(sight.mean()).isEqualTo(102);
        assertThat(sight.black()).isEqualTo(0.4);
        assertThat(sight.blownOut()).isEqualTo(0.2);
        assertThat(sight.sharpness()).isNull();
    }

    @Test
    void sharpnessIsTheLaplacianOverTheGradient() {
        // Given
        var values = new byte[12 * 8];
        for (int row = 0; row < 8; row++) {
            Arrays.fill(values, row * 12 + 6, row * 12 + 12, (byte) 100);
        }

        // When
        Sight sight = Sight.of(new Luma(12, 8, values));

        // Then
        // In each row there are two pixels with a bend of 100 and a gradient of 400.
        assertThat(sight.sharpness()).isCloseTo(2 * 100.0 * 100 / (2 * 400.0 * 400), within(1e-9));
    }

    @Test
    void evenPictureSaysNothingOfSharpness() {
        // When
        Sight sight = Sight.of(new Luma(160, 90, new byte[160 * 90]));

        // Then
        assertThat(sight.sharpness()).isNull();
    }

    @Test
    void printIsThatOfThePicture() {
        // Given
        var values = new byte[160 * 90];
        var others = values.clone();
        others[4_711] = 1;

        // When
        List<Integer> prints = List.of(
                Sight.of(new Luma(160, 90, values)).print(),
                Sight.of(new Luma(160, 90, values.clone())).print(),
                Sight.of(new Luma(160, 90, others)).print());

        // Then
        assertThat(prints.get(1)).isEqualTo(prints.get(0));
        assertThat(prints.get(2)).isNotEqualTo(prints.get(0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"metal/metal-0001.jpg", "cardboard/cardboard-0001.jpg", "glass/glass-0001.jpg"})
    void blurTakesMostOfARealPicturesSharpness(String photo) throws IOException {
        // Given
        var sharp = BeltPhoto.of(photo);

        // When
        List<Double> parts = List.of(4, 8, 16).stream()
                .map(pixels -> sharpness(sharp.blurred(pixels)) / sharpness(sharp))
                .toList();

        // Then
        assertThat(parts.get(0)).isLessThan(0.45);
        assertThat(parts.get(1)).isLessThan(0.2);
        assertThat(parts.get(2)).isLessThan(0.1);
    }

    @Test
    void sharpPicturesOfManyItemsAreAlike() throws IOException {
        // Given
        List<String> photos;
        try (var files = Files.walk(BeltPhoto.FOLDER)) {
            photos = files.filter(file -> file.toString().matches(".*/(glass|metal|paper|plastic)-000[1-9]\\.jpg"))
                    .map(BeltPhoto.FOLDER::relativize)
                    .map(Path::toString)
                    .toList();
        }

        // When
        var statistics = photos.stream()
                .mapToDouble(photo -> sharpness(BeltPhoto.of(photo)))
                .summaryStatistics();

        // Then
        assertThat(statistics.getCount()).isGreaterThan(10);
        assertThat(statistics.getMax() / statistics.getMin()).isLessThan(8);
    }

    @Test
    void darkenedPictureIsBlack() {
        // When
        Sight sight = Sight.of(BeltPhoto.of("metal/metal-0001.jpg").lit(0.03).luma());

        // Then
        assertThat(sight.black()).isGreaterThan(0.99);
        assertThat(sight.mean()).isLessThan(10);
    }

    private static double sharpness(BeltPhoto photo) {
        Double sharpness = Sight.of(photo.luma()).sharpness();
        return sharpness == null ? Double.NaN : sharpness;
    }
}
