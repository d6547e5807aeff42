// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sortline.camera.picture.Region;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MotionTriggerTest {
    private int looks;

    @ParameterizedTest
    @CsvSource({"110, 0, 1.0, 6.0", "60, 15, 3.0, 6.0", "30, 5, 2.0, 0", "180, 20, 2.0, 3.7", "110, 10, 4.0, 0.4"})
    void emptyBeltSendsNothing(int base, int texture, double noise, double speed) {
        // Given
        var belt = new SimulatedBelt(23, base, texture, noise);

        // When
        List<SimulatedBelt.Shown> frames = run(belt, motion(null, null), speed, 2_000);

        // Then
        assertThat(frames.size()).isZero();
    }

    @Test
    void emptyBeltThatStandsLongAndThenRunsSendsNothing() {
        // Given
        var belt = new SimulatedBelt(23, 80, 15, 2);
        FrameTrigger trigger = motion(null, null);
        run(belt, trigger, 0, 1_500);

        // When
        List<SimulatedBelt.Shown> frames = run(belt, trigger, 6, 300);

        // Then
        assertThat(frames.size()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"110, 0, 1.0, 30", "60, 15, 3.0, 70", "30, 5, 2.0, 30", "180, 20, 2.0, 70"})
    void eachItemIsSeen(int base, int texture, double noise, int contrast) {
        // Given
        var belt = new SimulatedBelt(29, base, texture, noise).lay(50, 500, 400, contrast);

        // When
        List<SimulatedBelt.Shown> frames = run(belt, motion(null, 100), 9.5, 2_400);

        // Then
        assertThat(frames.stream().flatMap(frame -> frame.inGate().stream()).distinct())
                .hasSize(50);
        assertThat(frames.size()).isBetween(750, 1_400);
    }

    @Test
    void picturesAreKeptForAWhileAfterTheMotion() {
        // Given
        var belt = new SimulatedBelt(31, 110, 5, 1).lay(1, 500, 0, 60);

        // When
        int shorter = run(belt, motion(null, 200), 6, 300).size();
        int longer = run(new SimulatedBelt(31, 110, 5, 1).lay(1, 500, 0, 60), motion(null, 1_200), 6, 300)
                .size();

        // Then
        assertThat(longer - shorter).isBetween(28, 32);
    }

    @Test
    void itemThatStandsIsNoMotion() {
        // Given
        var belt = new SimulatedBelt(37, 110, 5, 1.5).lay(1, 500, 0, 60);
        FrameTrigger trigger = motion(null, 100);
        run(belt, trigger, 6, 100);

        // When
        int standing = run(belt, trigger, 0, 3_000).size();
        int goingOn = run(belt, trigger, 6, 30).size();

        // Then
        assertThat(standing).isLessThan(5);
        assertThat(goingOn).isGreaterThan(12);
    }

    @Test
    void itemThatCreepsIsMotion() {
        // Given
        var belt = new SimulatedBelt(41, 110, 0, 1).lay(1, 500, 0, 60);
        FrameTrigger trigger = motion(null, 500);
        run(belt, trigger, 6, 100);

        // When
        int creeping = run(belt, trigger, 0.2, 200).size();

        // Then
        assertThat(creeping).isGreaterThan(150);
    }

    @Test
    void motionBesideTheRegionSendsNothing() {
        // Given
        var belt = new SimulatedBelt(43, 110, 5, 1.5).lay(10, 500, 50, 60);

        // When
        List<SimulatedBelt.Shown> frames = run(belt, motion(new Region(0, 0.001, 1, 0.01), null), 6, 300);

        // Then
        assertThat(frames.size()).isZero();
    }

    @Test
    void smallPictureIsOnlyAskedForWhereItMayChangeAnything() {
        // Given
        var belt = new SimulatedBelt(47, 110, 5, 1).lay(100, 320, 60, 60);
        FrameTrigger trigger = motion(null, 1_000);
        run(belt, trigger, 6, 100);
        looks = 0;

        // When
        int frames = run(belt, trigger, 6, 300).size();

        // Then
        assertThat(frames).isEqualTo(300);
        assertThat(looks).isLessThan(50);
    }

    @Test
    void pictureThatCannotBeLookedAtBecomesAFrame() {
        // Given
        FrameTrigger trigger = motion(null, null);

        // When
        Admission admission = trigger.admit(SimulatedBelt.picture(SimulatedBelt.START), Optional::empty);

        // Then
        assertThat(admission).isEqualTo(Admission.FRAME);
    }

    private List<SimulatedBelt.Shown> run(SimulatedBelt belt, FrameTrigger trigger, double speed, int pictures) {
        List<SimulatedBelt.Shown> frames = new ArrayList<>();
        for (int picture = 0; picture < pictures; picture++) {
            var seen = belt.next(speed);
            var admission = trigger.admit(seen.picture(), () -> {
                looks++;
                return Optional.of(seen.luma());
            });
            if (admission.equals(Admission.FRAME)) {
                frames.add(new SimulatedBelt.Shown(SimulatedBelt.NOTHING, seen.picture(), seen.inGate()));
            }
        }
        return frames;
    }

    private static FrameTrigger motion(@Nullable Region region, @Nullable Integer keepMillis) {
        return new MotionSettings(region, null, null, keepMillis).open("camera-1");
    }
}
