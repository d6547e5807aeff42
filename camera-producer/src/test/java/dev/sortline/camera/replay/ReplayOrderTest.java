// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ReplayOrderTest {
    private static final List<ReplayImage> BELT = Stream.of("cardboard", "glass", "metal", "paper")
            .flatMap(label -> images(label, 6))
            .toList();

    @Test
    void roundShowsEveryImageOnce() {
        // Given
        var order = new ReplayOrder(BELT, new Random(1));

        // When
        var round = order.nextRound();

        // Then
        assertThat(round).containsExactlyInAnyOrderElementsOf(BELT);
    }

    @Test
    void shortRunSeesEveryLabel() {
        // Given
        var order = new ReplayOrder(BELT, new Random(1));

        // When
        var beginning = order.nextRound().subList(0, 4);

        // Then
        assertThat(beginning)
                .extracting(ReplayImage::truth)
                .containsExactlyInAnyOrder("cardboard", "glass", "metal", "paper");
    }

    @Test
    void rareLabelStandsBetweenTheFrequentOnesInProportion() {
        // Given
        var images = Stream.concat(images("paper", 90), images("trash", 10)).toList();
        var order = new ReplayOrder(images, new Random(1));

        // When
        var half = order.nextRound().subList(0, 50);

        // Then
        assertThat(half).filteredOn(image -> "trash".equals(image.truth())).hasSizeBetween(4, 6);
    }

    @Test
    void sameRandomNumbersGiveTheSameOrder() {
        // Given
        var one = new ReplayOrder(BELT, new Random(7));
        var other = new ReplayOrder(BELT, new Random(7));

        // When
        var rounds = List.of(one.nextRound(), other.nextRound());

        // Then
        assertThat(rounds.get(0)).isEqualTo(rounds.get(1));
    }

    @Test
    void nextRoundHasAnotherOrder() {
        // Given
        var order = new ReplayOrder(BELT, new Random(7));

        // When
        var rounds = List.of(order.nextRound(), order.nextRound());

        // Then
        assertThat(rounds.get(0)).isNotEqualTo(rounds.get(1));
    }

    private static Stream<ReplayImage> images(String label, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> new ReplayImage(Path.of(label, i + ".jpg"), label, "image/jpeg"));
    }
}
