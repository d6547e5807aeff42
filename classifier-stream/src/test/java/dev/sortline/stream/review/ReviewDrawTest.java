// SPDX-License-Identifier: Apache-2.0
package dev.sortline.stream.review;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sortline.contract.Decision;
import dev.sortline.contract.ReviewRequest.Cause;
import dev.sortline.contract.RoutingEvent;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReviewDrawTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    void shareOfAlikeItemsIsDrawnThatWasAskedFor() {
        // Given
        var draw = new ReviewDraw(0.005);

        // When
        long drawn = IntStream.range(0, 100_000)
                .filter(item -> draw.of(event(item, Decision.SORT)).isPresent())
                .count();

        // Then: 500 are expected, and four standard deviations are 89
        assertThat(drawn).isBetween(411L, 589L);
    }

    @Test
    void sameEventIsDrawnAgainAfterACrash() {
        // Given
        var before = new ReviewDraw(0.5);
        var after = new ReviewDraw(0.5);

        // When
        var twice = IntStream.range(0, 1_000)
                .filter(item -> before.of(event(item, Decision.SORT)).equals(after.of(event(item, Decision.SORT))));

        // Then
        assertThat(twice.count()).isEqualTo(1_000);
    }

    @ParameterizedTest
    @EnumSource(
            value = Decision.class,
            names = {"AMBIGUOUS", "UNCERTAIN"})
    void itemThatWasNotSureEnoughIsAlwaysToBeLookedAt(Decision unsure) {
        // Given
        var draw = new ReviewDraw(0);

        // When
        var cause = draw.of(event(1, unsure));

        // Then
        assertThat(cause).contains(Cause.UNSURE);
    }

    @ParameterizedTest
    @EnumSource(
            value = Decision.class,
            names = {"LATE", "UNREADABLE"})
    void itemThatNobodyJudgedIsNever(Decision unjudged) {
        // Given
        var draw = new ReviewDraw(1);

        // When
        var cause = draw.of(event(1, unjudged));

        // Then
        assertThat(cause).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.1, 1.1, Double.NaN})
    void shareThatIsNoneIsRefused(double share) {
        // When
        var setting = assertThatThrownBy(() -> new ReviewSettings(share));

        // Then
        setting.isInstanceOf(IllegalArgumentException.class).hasMessageStartingWith("sampleShare is " + share);
    }

    private static RoutingEvent event(int item, Decision decision) {
        boolean sorted = decision == Decision.SORT;
        return new RoutingEvent(
                "line-1",
                "item-" + item,
                List.of("line-1/camera-1/" + item),
                decision,
                "glass",
                "glass",
                "residue",
                null,
                0.9,
                0.8,
                null,
                Map.of("glass", 0.9, "metal", 0.1),
                NOW,
                NOW,
                null,
                null,
                null,
                new RoutingEvent.Model("words", "1"),
                "two-fractions",
                null,
                sorted ? null : "not sure enough",
                null,
                new RoutingEvent.StageMicros(1, 1, 1, 1));
    }
}
