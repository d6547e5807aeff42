// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera.time;

import static dev.sortline.camera.time.SimulatedCamera.STEADY;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sortline.camera.time.CaptureTime.Basis;
import dev.sortline.camera.time.SimulatedCamera.Delays;
import dev.sortline.camera.time.SimulatedCamera.Shot;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClockMappingTest {
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final Duration MILLISECOND = Duration.ofMillis(1);

    private final ClockMapping mapping = new ClockMapping(Basis.SENSOR);

    @Test
    void firstPictureCountsAsTakenWhenItArrivedWithAllTheDoubt() {
        // When
        var captured = mapping.captured(42, NOON);

        // Then
        assertThat(captured).isEqualTo(new CaptureTime(NOON, ClockMapping.AT_FIRST, Basis.SENSOR));
    }

    @Test
    void basisIsThatOfTheTimeStamp() {
        // Given
        var ofSender = new ClockMapping(Basis.SENDER);

        // When
        var captured = ofSender.captured(NOON.minusSeconds(7), NOON);

        // Then
        assertThat(captured.basis()).isEqualTo(Basis.SENDER);
    }

    @Test
    void pictureThatWasHeldUpIsAsOldAsItsTimeStampSays() {
        // Given
        map(STEADY.delayed(0, Delays.NONE).pictures(30));
        var shots = STEADY.delayed(0, Delays.NONE).pictures(31);
        Shot last = shots.get(30);

        // When
        var captured = mapping.captured(last.stamp(), last.arrived().plusMillis(300));

        // Then
        assertThat(captured.at()).isEqualTo(last.soonest());
    }

    @ParameterizedTest
    @CsvSource({"0, 0.1", "1, 1", "10, 10", "50, 30"})
    void uncertaintyIsAFractionOfTheDelaysAfterAMinute(double meanDelayMillis, double mostMillis) {
        // When
        var captured = map(STEADY.delayed(meanDelayMillis, Delays.EXPONENTIAL).pictures(1_800));

        // Then
        assertThat(captured.get(1_799).uncertainty().toNanos() / 1e6).isLessThan(mostMillis);
    }

    @ParameterizedTest
    @CsvSource({"500", "-500", "50"})
    void clockThatDriftsIsFollowed(double ppm) {
        // Given
        var shots = STEADY.drifting(ppm).pictures(9_000);

        // When
        var captured = map(shots);

        // Then
        assertThat(offBy(captured, shots, 8_999)).isLessThan(MILLISECOND);
        assertThat(captured.get(8_999).uncertainty()).isLessThan(MILLISECOND);
    }

    @ParameterizedTest
    @CsvSource({"PT1H, PT0S", "-PT1H, PT0S", "PT0S, PT1H", "PT0S, -PT1H", "PT2S, PT0S", "-PT2S, PT0S"})
    void clockThatIsSetIsNoticedWithinASecondAndAQuarter(Duration cameras, Duration ours) {
        // Given
        var shots = STEADY.stepping(600, cameras, ours).pictures(1_200);

        // When
        var captured = map(shots);

        // Then
        assertThat(mapping.steps()).isEqualTo(1);
        for (int i = 638; i < shots.size(); i++) {
            assertThat(offBy(captured, shots, i)).isLessThan(Duration.ofMillis(20));
        }
    }

    @Test
    void whileAClockMayHaveBeenSetTheUncertaintySaysSo() {
        // Given
        var shots = STEADY.stepping(600, Duration.ofHours(-1), Duration.ZERO).pictures(602);

        // When
        var captured = map(shots);

        // Then
        assertThat(captured.get(601).at()).isBefore(shots.get(601).arrived().minusSeconds(3_599));
        assertThat(captured.get(601).uncertainty()).isGreaterThanOrEqualTo(offBy(captured, shots, 601));
    }

    @Test
    void smallStepWidensTheUncertaintyUntilItIsForgotten() {
        // Given
        var shots = STEADY.stepping(600, Duration.ofMillis(-400), Duration.ZERO).pictures(4_000);

        // When
        var captured = map(shots);

        // Then
        for (int i = 640; i < shots.size(); i++) {
            assertThat(captured.get(i).uncertainty()).isGreaterThanOrEqualTo(offBy(captured, shots, i));
        }
        assertThat(offBy(captured, shots, 3_999)).isLessThan(MILLISECOND);
    }

    @Test
    void rushAfterAStallIsNoStep() {
        // Given
        var steady = STEADY.pictures(900);
        List<Shot> shots = new ArrayList<>();
        Instant stallEnds = steady.get(720).arrived();
        for (int i = 0; i < steady.size(); i++) {
            Shot shot = steady.get(i);
            boolean held = i >= 600 && i < 720;
            shots.add(new Shot(
                    shot.stamp(), held ? stallEnds.plusNanos(1_000_000L * (i - 720)) : shot.arrived(), shot.soonest()));
        }

        // When
        var captured = map(shots);

        // Then
        assertThat(mapping.steps()).isZero();
        assertThat(offBy(captured, shots, 600)).isLessThan(MILLISECOND);
        assertThat(offBy(captured, shots, 899)).isLessThan(MILLISECOND);
    }

    @Test
    void clockThatStandsStillMakesTimesThatAreWrongByNoMoreThanTheyTell() {
        for (int i = 0; i < 300; i++) {
            var arrived = NOON.plusMillis(33L * i);

            // When
            var captured = mapping.captured(0, arrived);

            // Then
            assertThat(captured.uncertainty().plusMillis(1_000))
                    .isGreaterThanOrEqualTo(Duration.between(captured.at(), arrived));
        }
    }

    @Test
    void pictureThatComesAfterAnHourOfSilenceBeginsNothingWrong() {
        // Given
        map(STEADY.drifting(300).pictures(300));
        var later = STEADY.drifting(300).pictures(300).get(299);

        // When
        var captured = mapping.captured(
                later.stamp() + 3_601_080_000_000L, later.arrived().plusSeconds(3_600));

        // Then
        assertThat(captured.at()).isBeforeOrEqualTo(later.arrived().plusSeconds(3_600));
        assertThat(captured.uncertainty()).isGreaterThanOrEqualTo(ClockMapping.AT_FIRST);
    }

    private List<CaptureTime> map(List<Shot> shots) {
        return shots.stream()
                .map(shot -> mapping.captured(shot.stamp(), shot.arrived()))
                .toList();
    }

    private static Duration offBy(List<CaptureTime> captured, List<Shot> shots, int picture) {
        return Duration.between(
                        shots.get(picture).soonest(), captured.get(picture).at())
                .abs();
    }
}
