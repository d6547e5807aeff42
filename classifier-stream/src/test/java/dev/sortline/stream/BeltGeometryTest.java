// SPDX-License-Identifier: Apache-2.0
package dev.sortline.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sortline.stream.BeltGeometry.Ejector;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BeltGeometryTest {
    private static final Instant CAPTURED = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    void ejectorActsWhenTheItemPassesLessItsDelay() {
        // Given
        var belt = Lines.BELT;

        // When
        var firing = belt.firing("glass", CAPTURED).orElseThrow();

        // Then
        assertThat(firing.fireAt()).isEqualTo(CAPTURED.plusMillis(500 - 15));
    }

    @Test
    void deadlineLeavesTheTransportMargin() {
        // Given
        var belt = Lines.BELT;

        // When
        var firing = belt.firing("glass", CAPTURED).orElseThrow();

        // Then
        assertThat(firing.deadline()).isEqualTo(CAPTURED.plusMillis(500 - 15 - 20));
    }

    @Test
    void nothingFiresForTheResidualLane() {
        // Given
        var belt = Lines.BELT;

        // When
        var firing = belt.firing("residue", CAPTURED);

        // Then
        assertThat(firing).isEmpty();
    }

    @Test
    void timeToDecideEndsAtTheDeadlinesOfTheNearestAndTheFurthestEjector() {
        // Given
        var belt = Lines.BELT;

        // When
        var times = List.of(belt.leastTimeToDecide(), belt.mostTimeToDecide());

        // Then
        assertThat(times).containsExactly(Duration.ofMillis(500 - 15 - 20), Duration.ofMillis(2000 - 15 - 20));
    }

    @Test
    void nothingIsLateOnABeltWithoutEjectors() {
        // Given
        var belt = new BeltGeometry(1, 0, "residue", Map.of());

        // When
        var least = belt.leastTimeToDecide();

        // Then
        assertThat(least).isGreaterThan(Duration.ofDays(1));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
    void beltThatDoesNotRunIsRefused(double speed) {
        // Given
        Map<String, Ejector> ejectors = Map.of();

        // When
        var making = assertThatThrownBy(() -> new BeltGeometry(speed, 0, "residue", ejectors));

        // Then
        making.hasMessage("speedMetresPerSecond is %s: must be above 0", speed);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -0.5, Double.NaN})
    void ejectorBeforeItsCameraIsRefused(double distance) {
        // Given
        int number = 1;

        // When
        var making = assertThatThrownBy(() -> new Ejector(number, distance, 0));

        // Then
        making.hasMessageStartingWith("distanceMetres is %s", distance);
    }
}
