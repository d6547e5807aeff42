// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IntervalTriggerTest {
    private static final Instant START = SimulatedBelt.START;

    private final FrameTrigger trigger = new IntervalSettings(100).open("camera-1");

    @ParameterizedTest
    @CsvSource({"33333333, 100", "40000000, 100", "66666667, 100", "16666667, 100", "100000000, 100", "125000000, 80"})
    void rateIsKeptWhateverTheCameras(long periodNanos, int framesInTenSeconds) {
        // Given
        Stream<Instant> captured = Stream.iterate(START, at -> at.plusNanos(periodNanos))
                .takeWhile(at -> at.isBefore(START.plusSeconds(10)));

        // When
        long frames = captured.filter(this::isTaken).count();

        // Then
        assertThat(frames).isEqualTo(framesInTenSeconds);
    }

    @Test
    void timeWithoutPicturesIsNotMadeUpFor() {
        // Given
        boolean first = isTaken(START);

        // When
        long frames = Stream.iterate(START.plusSeconds(60), at -> at.plusMillis(10))
                .limit(100)
                .filter(this::isTaken)
                .count();

        // Then
        assertThat(first).isTrue();
        assertThat(frames).isEqualTo(10);
    }

    @Test
    void clockThatIsSetBackIsNotWaitedFor() {
        // Given
        boolean first = isTaken(START);

        // When
        boolean afterwards = isTaken(START.minus(Duration.ofHours(1)));

        // Then
        assertThat(first).isTrue();
        assertThat(afterwards).isTrue();
    }

    @Test
    void pictureThatIsOutOfOrderByALittleIsNotTakenTwice() {
        // Given
        boolean first = isTaken(START.plusMillis(50));

        // When
        boolean earlier = isTaken(START.plusMillis(30));

        // Then
        assertThat(first).isTrue();
        assertThat(earlier).isFalse();
    }

    private boolean isTaken(Instant at) {
        return trigger.admit(SimulatedBelt.picture(at), Optional::empty).equals(Admission.FRAME);
    }
}
