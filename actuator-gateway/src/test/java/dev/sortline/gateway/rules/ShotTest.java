// SPDX-License-Identifier: Apache-2.0
package dev.sortline.gateway.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sortline.contract.Decision;
import dev.sortline.contract.RoutingEvent;
import dev.sortline.gateway.firing.Events;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShotTest {
    private static final Instant FIRE_AT = Instant.parse("2026-01-01T00:00:02Z");

    @Test
    void saysWhatItsEventSays() {
        // When
        var shot = new Shot(Events.sort("line-1", "a", 3, FIRE_AT), 7, FIRE_AT);

        // Then
        assertThat(shot.lineId()).isEqualTo("line-1");
        assertThat(shot.ejector()).isEqualTo(3);
        assertThat(shot.fireAt()).isEqualTo(FIRE_AT);
        assertThat(shot.fireAtEncoder()).isEqualTo(5_120L);
    }

    @Test
    void hasNoPlaceByTheEncoderWhereNoneIsFitted() {
        // When
        var shot = new Shot(withoutEncoder(0.5), 7, FIRE_AT);

        // Then
        assertThat(shot.fireAtEncoder()).isNull();
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "0.93, 930", "0.9994, 999", "0.9995, 1000", "1, 1000"})
    void confidenceIsToldInThousandths(double confidence, int perMille) {
        // Given
        var shot = new Shot(withoutEncoder(confidence), 7, FIRE_AT);

        // When
        int told = shot.confidencePerMille();

        // Then
        assertThat(told).isEqualTo(perMille);
    }

    @Test
    void eventWithoutAnEjectorIsNoShot() {
        // Given
        var event = Events.unsure("line-1", "a", FIRE_AT);

        // When
        var making = assertThatThrownBy(() -> new Shot(event, 7, FIRE_AT));

        // Then
        making.hasMessage("ejector is missing: a shot needs one");
    }

    private static RoutingEvent withoutEncoder(double confidence) {
        return new RoutingEvent(
                "line-1",
                "a",
                List.of("line-1/camera-1/a"),
                Decision.SORT,
                "glass",
                "glass",
                "glass",
                3,
                confidence,
                0.2,
                null,
                Map.of(),
                FIRE_AT.minusSeconds(2),
                FIRE_AT.minusSeconds(1),
                FIRE_AT,
                FIRE_AT,
                null,
                new RoutingEvent.Model("waste", "1"),
                "six-fractions",
                null,
                null,
                null,
                new RoutingEvent.StageMicros(900, 1_200, 6_000, 40));
    }
}
