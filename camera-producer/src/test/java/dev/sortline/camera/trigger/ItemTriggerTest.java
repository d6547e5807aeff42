// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sortline.camera.picture.Region;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ItemTriggerTest {
    private static final int ITEMS = 200;
    private static final double FIRST_AT = 500;
    private static final double GAP = 45;

    private final Map<String, Set<Integer>> shown = new HashMap<>();
    private final List<String> taken = new ArrayList<>();

    @ParameterizedTest
    @CsvSource({
        // base, texture, noise, contrast, pixels a picture
        "110,  0, 1.0, 30, 6.0",
        "110, 10, 2.0, 50, 6.0",
        "60,  15, 3.0, 70, 9.5",
        "30,   5, 2.0, 30, 3.3",
        "180, 10, 1.0, 60, 7.1",
    })
    void eachItemIsFoundOnce(int base, int texture, double noise, int contrast, double speed) {
        // Given
        var belt = new SimulatedBelt(7, base, texture, noise).lay(ITEMS, FIRST_AT, GAP, contrast);
        FrameTrigger trigger = settings(null, null, null).open("camera-1");

        // When
        run(belt, trigger, speed, (int) (ITEMS * (GAP + 40) / speed) + 150);

        // Then
        assertThat(taken).hasSize(ITEMS).doesNotHaveDuplicates();
        assertThat(shown.values()).allMatch(items -> items.size() == 1).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @CsvSource({"110, 0, 1.0, 6.0", "60, 15, 3.0, 6.0", "30, 5, 2.0, 0", "180, 20, 2.0, 3.7"})
    void emptyBeltHasNone(int base, int texture, double noise, double speed) {
        // Given
        var belt = new SimulatedBelt(11, base, texture, noise);
        FrameTrigger trigger = settings(null, null, null).open("camera-1");

        // When
        run(belt, trigger, speed, 2_000);

        // Then
        assertThat(taken).isEmpty();
    }

    @Test
    void framesOfAnItemCarryItsId() {
        // Given
        var belt = new SimulatedBelt(3, 110, 5, 1).lay(20, FIRST_AT, GAP, 50);
        FrameTrigger trigger = settings(3, null, null).open("camera-1");

        // When
        run(belt, trigger, 6, 400);

        // Then
        assertThat(new HashSet<>(taken)).hasSize(20);
        assertThat(taken).hasSize(60);
        assertThat(shown.values()).allMatch(items -> items.size() == 1);
        assertThat(taken.get(0)).matches("camera-1-17723520\\d{5}-1");
    }

    @Test
    void beltThatStandsMakesOneItemOfTheOneInTheGate() {
        // Given
        var belt = new SimulatedBelt(5, 110, 5, 1.5).lay(3, FIRST_AT, GAP, 50);
        FrameTrigger trigger = settings(null, null, null).open("camera-1");
        run(belt, trigger, 6, 98);

        // When
        run(belt, trigger, 0, 5_000);
        run(belt, trigger, 6, 100);

        // Then
        assertThat(taken).hasSize(3);
        assertThat(shown.values()).allMatch(items -> items.size() == 1).doesNotHaveDuplicates();
    }

    @Test
    void itemsThatFollowCloselyAreToldApartInANarrowGate() {
        // Given
        var belt = new SimulatedBelt(13, 110, 5, 1.5).lay(100, FIRST_AT, 14, 60);
        FrameTrigger trigger =
                settings(null, new Region(0.48, 0, 0.04, 1), null).open("camera-1");

        // When
        run(belt, trigger, 3, 2_300);

        // Then
        assertThat(new HashSet<>(taken)).hasSize(100);
    }

    @Test
    void itemWithAHoleStaysOneWhereTheGapMustBeLonger() {
        // Given
        var belt = new SimulatedBelt(13, 110, 5, 1.5).lay(2, FIRST_AT, 14, 60);
        FrameTrigger trigger =
                settings(null, new Region(0.48, 0, 0.04, 1), 1_000).open("camera-1");

        // When
        run(belt, trigger, 3, 350);

        // Then
        assertThat(taken).hasSize(1);
    }

    @Test
    void itemThatLayThereFromTheStartHidesNoneForLong() {
        // Given
        var belt = new SimulatedBelt(17, 110, 0, 1).lay(1, -90, GAP, 60);
        FrameTrigger trigger = settings(null, null, null).open("camera-1");
        run(belt, trigger, 0, 300);
        run(belt, trigger, 6, 60);
        taken.clear();

        // When
        belt.lay(20, 660, GAP, 60);
        run(belt, trigger, 6, 420);

        // Then
        assertThat(taken).hasSize(20);
    }

    @Test
    void lampThatGoesOnIsNoItem() {
        // Given
        var belt = new SimulatedBelt(19, 80, 5, 1);
        FrameTrigger trigger = settings(null, null, null).open("camera-1");
        run(belt, trigger, 6, 150);

        // When
        belt.lamp(20);
        run(belt, trigger, 6, 300);

        // Then
        assertThat(taken).isEmpty();
    }

    @Test
    void lampThatChangesAllCostsAnItemAtMost() {
        // Given
        var belt = new SimulatedBelt(19, 80, 5, 1);
        FrameTrigger trigger = settings(null, null, null).open("camera-1");
        run(belt, trigger, 6, 150);

        // When
        belt.lamp(80);
        run(belt, trigger, 6, 100);
        belt.lay(20, 1_600, GAP, 60);
        run(belt, trigger, 6, 450);

        // Then
        assertThat(taken).hasSize(21);
    }

    @Test
    void pictureThatCannotBeLookedAtIsNotAskedFor() {
        // Given
        FrameTrigger trigger = settings(null, null, null).open("camera-1");

        // When
        Admission admission = trigger.admit(SimulatedBelt.picture(SimulatedBelt.START), Optional::empty);

        // Then
        assertThat(admission).isEqualTo(Admission.NOT_ASKED);
    }

    private void run(SimulatedBelt belt, FrameTrigger trigger, double speed, int pictures) {
        for (int picture = 0; picture < pictures; picture++) {
            var seen = belt.next(speed);
            if (trigger.admit(seen.picture(), () -> Optional.of(seen.luma())) instanceof Admission.Taken frame
                    && frame.itemId() != null) {
                taken.add(frame.itemId());
                shown.computeIfAbsent(frame.itemId(), unused -> new HashSet<>()).addAll(seen.inGate());
            }
        }
    }

    private static ItemSettings settings(
            @Nullable Integer frames, @Nullable Region region, @Nullable Integer minimumGap) {
        return new ItemSettings(region, null, null, frames, minimumGap);
    }
}
