// SPDX-License-Identifier: Apache-2.0
package dev.sortline.demo.belt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sortline.sorting.BeltGeometry;
import dev.sortline.sorting.BeltGeometry.Camera;
import dev.sortline.sorting.BeltGeometry.Ejector;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A belt at 1 m/s: a millimetre a millisecond. Glass is blown off 1 m after the camera and metal 2 m after it, by valves that follow their
 * signal after 10 ms. A nozzle reaches 5 cm to either side, and the belt ends 2.5 m after the camera.
 */
class SimulatedBeltTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final int GLASS = 1;
    private static final int METAL = 2;
    private static final long DELAY = 10;
    private static final long PULSE = 20;

    private final SimulatedBelt belt = new SimulatedBelt("line-1", geometry(null), "camera-1");

    @Test
    void shotOnTimeBlowsItsItemIntoTheLane() {
        // Given
        enter("a", 0);
        shoot(GLASS, 1_000);

        // When
        var landings = belt.advance(at(1_100));

        // Then
        assertThat(landings).containsExactly(new Landing(item("a", 0), "glass"));
        assertThat(belt.shotCounts(at(1_200))).containsEntry("glass", new ShotCount(1, 0));
    }

    @Test
    void itemThatMeetsNoAirFallsIntoTheResidualLaneAtTheBeltsEnd() {
        // Given
        enter("a", 0);
        assertThat(belt.advance(at(2_499))).isEmpty();

        // When
        var landings = belt.advance(at(2_500));

        // Then
        assertThat(landings).containsExactly(new Landing(item("a", 0), "residue"));
        assertThat(belt.isStill(at(2_500))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(longs = {-100, 100})
    void shotATenthOfASecondOffHitsNothing(long off) {
        // Given
        enter("a", 0);
        shoot(GLASS, 1_000 + off);

        // When
        var landings = belt.advance(at(2_500));

        // Then
        assertThat(landings).extracting(Landing::lane).containsExactly("residue");
        assertThat(belt.shotCounts(at(2_500))).containsEntry("glass", new ShotCount(1, 1));
        assertThat(belt.lastShots(at(2_500), 3))
                .containsExactly(new AirShot("line-1", "glass", at(1_000 + off), List.of()));
    }

    @Test
    void shotThatComesLateBlowsTheNextItemInsteadOfItsOwn() {
        // Given
        enter("own", 0);
        enter("next", 120);
        shoot(GLASS, 1_100);

        // When
        var landings = belt.advance(at(3_000));

        // Then
        assertThat(landings)
                .containsExactlyInAnyOrder(
                        new Landing(item("own", 0), "residue"), new Landing(item("next", 120), "glass"));
    }

    @Test
    void itemsApartByMoreThanAPulseAndTheReachAreSortedEachByItsOwnShot() {
        // Given
        enter("a", 0);
        enter("b", 80);
        shoot(GLASS, 1_000);
        shoot(METAL, 2_080);

        // When
        var landings = belt.advance(at(3_000));

        // Then
        assertThat(landings)
                .containsExactlyInAnyOrder(new Landing(item("a", 0), "glass"), new Landing(item("b", 80), "metal"));
    }

    @Test
    void oneShotTakesTwoItemsThatLieCloseTogether() {
        // Given
        enter("a", 0);
        enter("b", 60);
        shoot(GLASS, 1_000);

        // When
        var landings = belt.advance(at(1_200));

        // Then
        assertThat(landings).extracting(Landing::lane).containsExactly("glass", "glass");
        assertThat(belt.lastShots(at(1_200), 3)).singleElement().satisfies(shot -> assertThat(shot.taken())
                .containsExactly(item("a", 0), item("b", 60)));
    }

    @Test
    void valveThatIsHeldOpenTakesAllThatPasses() {
        // Given
        enter("a", 0);
        enter("b", 400);
        enter("c", 800);
        belt.signal(GLASS, true, at(900));

        // When
        var landings = belt.advance(at(2_000));

        // Then
        assertThat(landings).extracting(Landing::lane).containsExactly("glass", "glass", "glass");
        assertThat(belt.shotCounts(at(2_000))).as("its air has not passed yet").containsEntry("glass", ShotCount.NONE);
    }

    @Test
    void beltIsNotStillBeforeTheLastShotsAirHasPassed() {
        // Given
        enter("a", 0);
        shoot(GLASS, 1_000);
        assertThat(belt.advance(at(1_100))).hasSize(1);

        // When
        boolean still = belt.isStill(at(1_000 + PULSE + 99));

        // Then
        assertThat(still).isFalse();
        assertThat(belt.isStill(at(1_000 + PULSE + 100))).isTrue();
    }

    @Test
    void valveFollowsItsSignalAfterItsDelay() {
        // Given
        enter("a", 0);
        // Until 1 ms before the item is within reach, plus the delay.
        belt.signal(GLASS, true, at(900));
        belt.signal(GLASS, false, at(950 - DELAY + 1));

        // When
        var landings = belt.advance(at(1_100));

        // Then
        assertThat(landings).extracting(Landing::lane).containsExactly("glass");
    }

    @Test
    void signalThatIsRepeatedOpensOnce() {
        // Given
        belt.signal(GLASS, false, at(0));
        belt.signal(GLASS, true, at(100));
        belt.signal(GLASS, true, at(110));
        belt.signal(GLASS, false, at(120));
        belt.signal(GLASS, false, at(130));

        // When
        var counts = belt.shotCounts(at(1_000));

        // Then
        assertThat(counts).containsEntry("glass", new ShotCount(1, 1)).containsEntry("metal", ShotCount.NONE);
    }

    @Test
    void signalOfAnEjectorThatTheBeltLacksMovesNothing() {
        // Given
        enter("a", 0);
        belt.signal(7, true, at(0));

        // When
        var landings = belt.advance(at(2_500));

        // Then
        assertThat(landings).extracting(Landing::lane).containsExactly("residue");
    }

    @Test
    void itemThatBecomesKnownAfterItsShotIsStillTakenByIt() {
        // Given
        shoot(GLASS, 1_000);
        assertThat(belt.advance(at(50_000))).isEmpty();
        enter("a", 0);

        // When
        var landings = belt.advance(at(50_001));

        // Then
        assertThat(landings).extracting(Landing::lane).containsExactly("glass");
        assertThat(belt.shotCounts(at(50_001))).containsEntry("glass", new ShotCount(1, 0));
    }

    @Test
    void shotsOfLongAgoStayCounted() {
        // Given
        shoot(GLASS, 1_000);
        belt.advance(at(Duration.ofHours(1).toMillis()));

        // When
        var counts = belt.shotCounts(at(Duration.ofHours(1).toMillis()));

        // Then
        assertThat(counts).containsEntry("glass", new ShotCount(1, 1));
        assertThat(belt.lastShots(at(Duration.ofHours(1).toMillis()), 3)).isEmpty();
    }

    @Test
    void itemsComeOntoTheBeltUnderTheirCamera() {
        // Given
        var cameras = Map.of("camera-1", new Camera(0), "camera-2", new Camera(0.4));
        var second = new SimulatedBelt("line-1", geometry(cameras), "camera-2");
        second.enter(item("a", 0));
        second.signal(GLASS, true, at(600 - DELAY));
        second.signal(GLASS, false, at(600 - DELAY + PULSE));

        // When
        var landings = second.advance(at(700));

        // Then
        assertThat(landings).extracting(Landing::lane).containsExactly("glass");
        assertThat(second.transit()).isEqualTo(Duration.ofMillis(2_100));
    }

    @Test
    void cameraThatTheBeltLacksIsRefused() {
        // Given
        var cameras = Map.of("camera-2", new Camera(0.4));

        // When
        var making = assertThatThrownBy(() -> new SimulatedBelt("line-1", geometry(cameras), "camera-1"));

        // Then
        making.isInstanceOf(IllegalArgumentException.class).hasMessageContaining("camera-1");
    }

    private void enter(String id, long millis) {
        belt.enter(item(id, millis));
    }

    /** As the gateway does it: the signal goes on so much earlier that air flows from a time on. */
    private void shoot(int ejector, long airFromMillis) {
        belt.signal(ejector, true, at(airFromMillis - DELAY));
        belt.signal(ejector, false, at(airFromMillis - DELAY + PULSE));
    }

    private static Item item(String id, long millis) {
        return new Item(id, "glass", at(millis));
    }

    private static Instant at(long millis) {
        return START.plusMillis(millis);
    }

    private static BeltGeometry geometry(@Nullable Map<String, Camera> cameras) {
        return new BeltGeometry(
                1,
                0,
                "residue",
                null,
                cameras,
                Map.of("glass", new Ejector(GLASS, 1, DELAY), "metal", new Ejector(METAL, 2, DELAY)));
    }
}
