// SPDX-License-Identifier: Apache-2.0
package dev.sortline.stream.camera;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sortline.stream.camera.FrameSequence.Step;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FrameSequenceTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final FrameSequence sequence = new FrameSequence();

    @Test
    void countingByOneIsAsItShouldBe() {
        // Given
        take(7, 0);

        // When
        var step = take(8, 10);

        // Then
        assertThat(step).isEqualTo(new Step(0, false, 7));
    }

    @Test
    void numbersThatAreLeftOutAreMissing() {
        // Given
        take(7, 0);

        // When
        var step = take(11, 10);

        // Then
        assertThat(step).isEqualTo(new Step(3, false, 7));
    }

    @ParameterizedTest
    @CsvSource({"65535, 0", "2147483647, 0", "9223372036854775807, 0", "4711, 1", "5, 5", "1, 9223372036854775807"})
    void counterThatGoesOnElsewhereHasBegunAgain(long before, long after) {
        // Given
        take(before, 0);

        // When
        var step = take(after, 10);

        // Then
        assertThat(step).isEqualTo(new Step(0, true, before));
    }

    @Test
    void cameraOfOursThatWasStartedAgainLostNoFrames() {
        // Given: it begins with the milliseconds since 1970
        take(1_767_225_600_000L, 0);
        take(1_767_225_600_001L, 100);

        // When
        var step = take(1_767_225_610_000L, 10_000);

        // Then
        assertThat(step).isEqualTo(new Step(0, true, 1_767_225_600_001L));
    }

    @Test
    void framesOfAWholeOutageAreMissing() {
        // Given: 50 frames a second
        take(7, 0);

        // When
        var step = take(7 + 60 * 50, 60_000);

        // Then
        assertThat(step).isEqualTo(new Step(60 * 50 - 1, false, 7));
    }

    @Test
    void afterItBeganAgainItCountsOn() {
        // Given
        take(65_535, 0);
        take(0, 10);

        // When
        var step = take(1, 20);

        // Then
        assertThat(step).isEqualTo(new Step(0, false, 0));
    }

    @Test
    void frameThatWasOvertakenIsNeitherARepeatNorANewBeginning() {
        // Given
        take(7, 0);
        take(9, 20);

        // When
        boolean known = sequence.has(8, START.plusMillis(10));
        var step = take(8, 10);

        // Then
        assertThat(known).isFalse();
        assertThat(step).isEqualTo(new Step(0, false, 9));
    }

    @Test
    void sameNumberAndTimeIsTheSameFrame() {
        // Given
        take(7, 0);
        take(8, 10);

        // When
        boolean known = sequence.has(7, START);

        // Then
        assertThat(known).isTrue();
    }

    @Test
    void sameNumberAtAnotherTimeIsAnotherFrame() {
        // Given
        take(7, 0);

        // When
        boolean known = sequence.has(7, START.plusMillis(10));

        // Then
        assertThat(known).isFalse();
    }

    @Test
    void framesOfLongAgoAreForgotten() {
        // Given
        for (int i = 0; i <= FrameSequence.REMEMBERED; i++) {
            take(i, i);
        }

        // When
        boolean first = sequence.has(0, START);
        boolean second = sequence.has(1, START.plusMillis(1));

        // Then
        assertThat(first).isFalse();
        assertThat(second).isTrue();
    }

    @Test
    void frameWhoseTimeIsNotBelievedIsNotMissing() {
        // Given
        take(7, 0);
        sequence.pass(8);

        // When
        var step = take(9, 20);

        // Then
        assertThat(step).isEqualTo(new Step(0, false, 8));
    }

    private Step take(long number, long millis) {
        return sequence.take(number, START.plusMillis(millis));
    }
}
