// SPDX-License-Identifier: Apache-2.0
package dev.sortline.gateway.telling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sortline.contract.RoutingEvent;
import dev.sortline.gateway.firing.Events;
import dev.sortline.gateway.rules.EventFate;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class UntoldOutcomesTest {
    private static final Instant AT = Instant.parse("2026-01-01T00:00:00Z");

    private final UntoldOutcomes untold = new UntoldOutcomes();

    @Test
    void oldestIsTakenFirst() {
        // Given
        untold.add(event("a"), EventFate.FIRED, AT);
        untold.add(event("b"), EventFate.RESIDUAL, AT);

        // When
        var taken = List.of(untold.next(), untold.next(), untold.next());

        // Then
        assertThat(taken.get(0)).map(settled -> settled.event().itemId()).contains("a");
        assertThat(taken.get(1)).map(settled -> settled.event().itemId()).contains("b");
        assertThat(taken.get(2)).isEmpty();
    }

    @Test
    void whatDoesNotFitIsRefusedUntilThereIsRoomAgain() {
        // Given
        RoutingEvent event = event("a");
        IntStream.range(0, UntoldOutcomes.MOST).forEach(unused -> untold.add(event, EventFate.FIRED, AT));

        // When
        boolean tooMany = untold.add(event, EventFate.FIRED, AT);
        untold.next();
        boolean again = untold.add(event, EventFate.FIRED, AT);

        // Then
        assertThat(tooMany).isFalse();
        assertThat(again).isTrue();
    }

    private static RoutingEvent event(String item) {
        return Events.sort("line-1", item, 1, AT.plusSeconds(2));
    }
}
