// SPDX-License-Identifier: Apache-2.0
package dev.sortline.trainer.learning;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ShownPicturesTest {

    @Test
    void showsEveryOwnPictureOnceAnEpoch() {
        // Given
        ShownPictures shown = new ShownPictures(10, 0, 4, 0.25, 1);

        // When
        int[][] epoch = shown.epoch(3);

        // Then
        assertThat(epoch).hasNumberOfRows(3).hasNumberOfRows(shown.batches());
        assertThat(Arrays.stream(epoch).flatMapToInt(Arrays::stream))
                .containsExactlyInAnyOrder(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
    }

    @Test
    void givesFurtherPicturesTheirShareOfEachBatch() {
        // Given
        ShownPictures shown = new ShownPictures(10, 100, 8, 0.25, 1);

        // When
        int[][] epoch = shown.epoch(0);

        // Then
        assertThat(epoch).hasNumberOfRows(2);
        assertThat(epoch[0]).hasSize(8);
        assertThat(epoch[1]).hasSize(6);
        assertThat(Arrays.stream(epoch).map(batch -> Arrays.stream(batch)
                        .filter(number -> number >= 10)
                        .count()))
                .containsOnly(2L);
        assertThat(shown.furtherShown()).isEqualTo(4);
    }

    @Test
    void goesRoundAllFurtherPicturesFromEpochToEpoch() {
        // Given: 4 further ones an epoch
        ShownPictures shown = new ShownPictures(10, 7, 8, 0.25, 1);

        // When
        Map<Integer, Long> times = IntStream.range(0, 14)
                .boxed()
                .flatMap(epoch -> further(shown, epoch, 10).stream())
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));

        // Then
        assertThat(times).hasSize(7);
        assertThat(times.values()).containsOnly(8L);
    }

    @Test
    void showsOneOfEachKindAtLeast() {
        // Given
        ShownPictures few = new ShownPictures(4, 9, 2, 0.01, 1);
        ShownPictures many = new ShownPictures(4, 9, 2, 0.99, 1);

        // Then
        assertThat(few.furtherShown()).isEqualTo(few.batches()).isEqualTo(4);
        assertThat(many.furtherShown()).isEqualTo(many.batches()).isEqualTo(4);
    }

    @Test
    void showsTheSameAgainForASeedAndAnotherOrderForAnother() {
        // Given
        ShownPictures shown = new ShownPictures(50, 20, 8, 0.25, 1);
        ShownPictures other = new ShownPictures(50, 20, 8, 0.25, 2);

        // Then
        assertThat(shown.epoch(5)).isDeepEqualTo(new ShownPictures(50, 20, 8, 0.25, 1).epoch(5));
        assertThat(Arrays.deepEquals(shown.epoch(5), other.epoch(5))).isFalse();
        assertThat(Arrays.deepEquals(shown.epoch(5), shown.epoch(6))).isFalse();
    }

    private static List<Integer> further(ShownPictures shown, int epoch, int own) {
        return Arrays.stream(shown.epoch(epoch))
                .flatMapToInt(Arrays::stream)
                .filter(number -> number >= own)
                .boxed()
                .toList();
    }
}
