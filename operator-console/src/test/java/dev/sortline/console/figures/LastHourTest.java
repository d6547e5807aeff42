// SPDX-License-Identifier: Apache-2.0
package dev.sortline.console.figures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sortline.console.Events;
import dev.sortline.console.figures.Drift.LabelShare;
import dev.sortline.contract.Decision;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class LastHourTest {
    private static final List<String> LABELS = List.of("can", "green-glass", "empty");
    private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");

    private Instant now = NOON;
    private final LastHour hour = new LastHour(() -> now);

    @Test
    void labelsAndConfidenceAreThoseOfTheMostProbableLabel() {
        // Given
        hour.add(Events.glass("line-1", "a", NOON));
        hour.add(Events.glass("line-1", "b", NOON));
        hour.add(Events.glass("line-2", "a", NOON));
        hour.add(Events.event("line-1", "c", NOON, Decision.SORT, "can", "metal", "M", 0.6, null));

        // When
        Drift drift = hour.drift(LABELS, 0.8);

        // Then
        assertThat(drift.items()).isEqualTo(4);
        assertThat(drift.labels())
                .containsExactly(
                        new LabelShare("can", 0.25, null),
                        new LabelShare("green-glass", 0.75, null),
                        new LabelShare("empty", 0, null));
        assertThat(drift.confidence().now()).isCloseTo((3 * 0.9 + 0.6) / 4, within(1e-12));
        assertThat(drift.confidence().expected()).isEqualTo(0.8);
    }

    @Test
    void anHourLaterAnItemIsGone() {
        // Given
        hour.add(Events.glass("line-1", "a", NOON));
        now = NOON.plusSeconds(3661);

        // When
        Drift drift = hour.drift(LABELS, null);

        // Then
        assertThat(drift.items()).isZero();
        assertThat(drift.confidence().now()).isNull();
        assertThat(drift.since()).isEqualTo(NOON.plusSeconds(60));
    }

    @Test
    void repeatOldOrFutureAndUnclassifiedItemsDoNotCount() {
        // Given
        hour.add(Events.glass("line-1", "a", NOON));
        hour.add(Events.glass("line-1", "a", NOON));
        hour.add(Events.glass("line-1", "b", NOON.minusSeconds(3601)));
        hour.add(Events.glass("line-1", "c", NOON.plusSeconds(61)));
        hour.add(Events.unclassified(Decision.LATE, "line-1", "d", NOON));

        // When
        Drift drift = hour.drift(LABELS, null);

        // Then
        assertThat(drift.items()).isEqualTo(1);
    }
}
