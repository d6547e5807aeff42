// SPDX-License-Identifier: Apache-2.0
package dev.sortline.console.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sortline.contract.Decision;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class FractionBandsTest {
    private static final Instant NOW = Belts.START;
    private static final Instant BEFORE = NOW.minus(Duration.ofMinutes(30));
    private static final Instant RECENTLY = NOW.minus(Duration.ofMinutes(5));

    private final FractionBands bands = new FractionBands();
    private int items;

    @Test
    void shareThatStaysWhereItWasRaisesNothing() {
        // Given
        glass(100, BEFORE, 0.9);
        rest(400, BEFORE);

        // When
        glass(20, RECENTLY, 0.9);
        rest(80, RECENTLY);

        // Then
        assertThat(bands.outside(NOW)).isEmpty();
    }

    @Test
    void shareThatLeavesItsBandIsToldForBothFractions() {
        // Given
        glass(100, BEFORE, 0.9);
        rest(400, BEFORE);

        // When
        glass(33, RECENTLY, 0.9);
        rest(67, RECENTLY);

        // Then
        assertThat(bands.outside(NOW)).extracting(Band::fraction).containsExactlyInAnyOrder("glass", "rest");
        assertThat(bands.outside(NOW))
                .filteredOn(band -> band.fraction().equals("glass"))
                .singleElement()
                .satisfies(band -> {
                    assertThat(band.kind()).isEqualTo(Band.Kind.SHARE);
                    assertThat(band.now()).isCloseTo(0.33, within(1e-12));
                    assertThat(band.least()).isCloseTo(0.08, within(1e-12));
                    assertThat(band.most()).isCloseTo(0.32, within(1e-12));
                });
    }

    @Test
    void confidenceThatFallsIsToldEvenIfSharesStay() {
        // Given: standard deviation √(500 · 0.01 / 499) = 0.1001
        glass(250, BEFORE, 0.7);
        glass(250, BEFORE, 0.9);

        // When
        glass(100, RECENTLY, 0.76);

        // Then
        assertThat(bands.outside(NOW)).singleElement().satisfies(band -> {
            assertThat(band.kind()).isEqualTo(Band.Kind.CONFIDENCE);
            assertThat(band.now()).isCloseTo(0.76, within(1e-9));
            assertThat(band.least()).isCloseTo(0.76997, within(1e-5));
            assertThat(band.most()).isCloseTo(0.83003, within(1e-5));
        });
    }

    @Test
    void tooFewItemsNowOrBeforeSayNothing() {
        // Given
        rest(499, BEFORE);
        glass(50, RECENTLY, 0.9);
        boolean quietBefore = bands.outside(NOW).isEmpty();

        // When
        rest(1, BEFORE);

        // Then
        assertThat(quietBefore).isTrue();
        assertThat(bands.outside(NOW)).isNotEmpty();
        assertThat(bands.outside(NOW.plus(Duration.ofMinutes(15)))).isEmpty();
    }

    @Test
    void itemsOfYesterdayAreForgotten() {
        // Given
        rest(500, NOW);

        // When
        glass(50, NOW.plus(Duration.ofHours(24)), 0.9);

        // Then
        assertThat(bands.outside(NOW.plus(Duration.ofHours(24)))).isEmpty();
    }

    private void glass(int count, Instant at, double confidence) {
        for (int item = 0; item < count; item++) {
            bands.add(Belts.glass("a", "i" + items++, at, confidence), later(at));
        }
    }

    private void rest(int count, Instant at) {
        for (int item = 0; item < count; item++) {
            bands.add(Belts.rest("a", "i" + items++, Decision.UNCERTAIN, at), later(at));
        }
    }

    private static Instant later(Instant at) {
        return at.isAfter(NOW) ? at : NOW;
    }
}
