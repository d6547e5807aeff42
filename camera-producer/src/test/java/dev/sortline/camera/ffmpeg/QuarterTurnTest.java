// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuarterTurnTest {
    @ParameterizedTest
    @CsvSource({"1, daebfc", "2, fedcba", "3, cfbead"})
    void rowsAreTurnedClockwise(int turns, String expected) {
        // Given
        byte[] rows = "abcdef".getBytes(StandardCharsets.US_ASCII);

        // When
        byte[] turned = QuarterTurn.turned(rows, 3, turns);

        // Then
        assertThat(new String(turned, StandardCharsets.US_ASCII)).isEqualTo(expected);
    }

    @Test
    void fourQuartersOfAPictureThatFillsNoWholeSquaresAreNone() {
        // Given
        byte[] rows = new byte[101 * 67];
        new Random(1).nextBytes(rows);

        // When
        byte[] turned = QuarterTurn.turned(
                QuarterTurn.turned(QuarterTurn.turned(QuarterTurn.turned(rows, 101, 1), 67, 1), 101, 1), 67, 1);

        // Then
        assertThat(turned).isEqualTo(rows);
    }
}
