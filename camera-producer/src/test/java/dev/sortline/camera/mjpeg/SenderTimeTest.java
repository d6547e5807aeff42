// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera.mjpeg;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sortline.camera.time.CaptureTime;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class SenderTimeTest {
    private static final Instant ARRIVED = Instant.ofEpochSecond(1_767_268_800);
    private static final Duration DELAY = Duration.ofMillis(80);

    @Test
    void timeThatAgreesWithOurClockIsTheSenders() {
        // When
        CaptureTime time = SenderTime.of("1767268799.750000", ARRIVED, DELAY);

        // Then
        assertThat(time)
                .isEqualTo(new CaptureTime(ARRIVED.minusMillis(250), Duration.ofMillis(250), CaptureTime.Basis.SENDER));
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                "123.456789",
                "1767268801.000000",
                "1767268797.999999",
                "-1",
                "soon",
                "1767268799.7500000000000000000000000001",
                "99999999999999999999"
            })
    void anyOtherIsThatOfTheArrival(String told) {
        // When
        CaptureTime time = SenderTime.of(told, ARRIVED, DELAY);

        // Then
        assertThat(time).isEqualTo(CaptureTime.ofArrival(ARRIVED, DELAY));
    }
}
