// SPDX-License-Identifier: Apache-2.0
package dev.sortline.console.figures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class LatenciesTest {
    private final Latencies latencies = new Latencies();

    /** Of 1 to 1000 ms, half are at most 500 ms, and 99 in 100 at most 990 ms. */
    @Test
    void tellsTheMedianAndThe99thPercentile() {
        // Given
        for (int millis = 1; millis <= 1000; millis++) {
            latencies.add(Duration.ofMillis(millis));
        }

        // When
        var told = latencies.told();

        // Then
        assertThat(told.p50()).isCloseTo(500, within(0.5));
        assertThat(told.p99()).isCloseTo(990, within(1.0));
    }

    @Test
    void takesWhatWrongClocksSay() {
        // Given
        latencies.add(Duration.between(Instant.parse("9999-01-01T00:00:00Z"), Instant.EPOCH));

        // When
        latencies.add(Duration.between(Instant.EPOCH, Instant.parse("9999-01-01T00:00:00Z")));

        // Then
        assertThat(latencies.told().p50()).isZero();
        assertThat(latencies.told().p99()).isCloseTo(600_000, within(600.0));
    }
}
