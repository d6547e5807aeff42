// SPDX-License-Identifier: Apache-2.0
package dev.sortline.sorting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sortline.sorting.BeltGeometry.Camera;
import dev.sortline.sorting.BeltGeometry.Ejector;
import dev.sortline.sorting.BeltGeometry.Region;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BeltGeometryTest {
    private static final Instant CAPTURED = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    void ejectorActsWhenTheItemPassesLessItsDelay() {
        // Given
        var belt = Lines.BELT;

        // When
        var firing = belt.firing("glass", "camera-1", CAPTURED, null).orElseThrow();

        // Then
        assertThat(firing.fireAt()).isEqualTo(CAPTURED.plusMillis(500 - 15));
    }

    @Test
    void deadlineLeavesTheTransportMargin() {
        // Given
        var belt = Lines.BELT;

        // When
        var firing = belt.firing("glass", "camera-1", CAPTURED, null).orElseThrow();

        // Then
        assertThat(firing.deadline()).isEqualTo(CAPTURED.plusMillis(500 - 15 - 20));
    }

    @Test
    void nothingFiresForTheResidualLane() {
        // Given
        var belt = Lines.BELT;

        // When
        var firing = belt.firing("residue", "camera-1", CAPTURED, null);

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
        var belt = new BeltGeometry(1, 0, "residue", null, null, Map.of());

        // When
        var least = belt.leastTimeToDecide();

        // Then
        assertThat(least).isGreaterThan(Duration.ofDays(1));
    }

    @Test
    void timeToDecideIsThatOfTheLastCameraToTheNextAndOfTheFirstToTheFurthestEjector() {
        // Given
        var belt = surveyed(Map.of("camera-1", new Camera(0.0), "camera-2", new Camera(0.5)));

        // When
        var times = List.of(belt.leastTimeToDecide(), belt.mostTimeToDecide());

        // Then
        assertThat(times).containsExactly(Duration.ofMillis(250 - 20), Duration.ofMillis(2000 - 20));
    }

    @Test
    void distanceIsThatFromTheCameraThatSawTheItem() {
        // Given
        var belt = surveyed(Map.of("camera-1", new Camera(0.0), "camera-2", new Camera(0.5)));

        // When
        var firing = belt.firing("glass", "camera-2", CAPTURED, 100L).orElseThrow();

        // Then
        assertThat(firing.fireAt()).isEqualTo(CAPTURED.plusMillis(250));
        assertThat(firing.fireAtEncoder()).isEqualTo(100 + 500);
    }

    @Test
    void ejectorsDelayIsTakenOffInCountsToo() {
        // Given
        var belt = new BeltGeometry(2, 20, "residue", 1_000.0, null, Map.of("glass", new Ejector(1, 1.0, 15)));

        // When
        var firing = belt.firing("glass", "camera-1", CAPTURED, -5L).orElseThrow();

        // Then
        assertThat(firing.fireAtEncoder()).isEqualTo(-5 + 1_000 - 30);
    }

    @Test
    void frameWithoutEncoderCountFiresByTimeAlone() {
        // Given
        var belt = surveyed(Map.of("camera-1", new Camera(0.0)));

        // When
        var firing = belt.firing("glass", "camera-1", CAPTURED, null).orElseThrow();

        // Then
        assertThat(firing.fireAtEncoder()).isNull();
        assertThat(firing.fireAt()).isEqualTo(CAPTURED.plusMillis(500));
    }

    @Test
    void encoderCountOnABeltWithoutEncoderIsLeftAlone() {
        // Given
        var belt = Lines.BELT;

        // When
        var firing = belt.firing("glass", "camera-1", CAPTURED, 100L).orElseThrow();

        // Then
        assertThat(firing.fireAtEncoder()).isNull();
    }

    @Test
    void counterAboutToBeginAnewFiresByTimeAlone() {
        // Given
        var belt = surveyed(Map.of("camera-1", new Camera(0.0)));

        // When
        var firing =
                belt.firing("glass", "camera-1", CAPTURED, Long.MAX_VALUE - 999).orElseThrow();

        // Then
        assertThat(firing.fireAtEncoder()).isNull();
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, 0.009, 1500, Double.NaN, Double.POSITIVE_INFINITY})
    void beltThatDoesNotRunOrFliesIsRefused(double speed) {
        // Given
        Map<String, Ejector> ejectors = Map.of();

        // When
        var making = assertThatThrownBy(() -> new BeltGeometry(speed, 0, "residue", null, null, ejectors));

        // Then
        making.hasMessage("speedMetresPerSecond is %s: must be from 0.01 to 100", speed);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -0.5, Double.NaN, Double.POSITIVE_INFINITY, 1e8})
    void distanceOfAnEjectorThatIsNoneIsRefused(double distance) {
        // Given
        int number = 1;

        // When
        var making = assertThatThrownBy(() -> new Ejector(number, distance, 0));

        // Then
        making.hasMessage("distanceMetres is %s: must be above 0 and at most 10000000", distance);
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.5, Double.NaN, Double.POSITIVE_INFINITY})
    void distanceOfACameraThatIsNoneIsRefused(double distance) {
        // When
        var making = assertThatThrownBy(() -> new Camera(distance));

        // Then
        making.hasMessage("distanceMetres is %s: must be from 0 to 10000000", distance);
    }

    @ParameterizedTest
    @CsvSource({"-0.1, 0.5, left", "0.6, 0.5, left", "1, 0.1, left", "0.2, 0, left", "NaN, 0.5, left", "0.2, NaN, left"
    })
    void regionThatLiesNotWithinThePictureIsRefused(double begin, double length, String name) {
        // When
        var making = assertThatThrownBy(() -> new Region(begin, 0, length, 1));

        // Then
        making.hasMessage("%s %s and width %s: must lie within the picture, from 0 to 1", name, begin, length);
    }

    @Test
    void regionIsThatOfTheCameraWhereItHasOne() {
        // Given
        var region = new Region(0.1, 0.2, 0.9, 0.8);
        var belt = surveyed(Map.of("camera-1", new Camera(0), "camera-2", new Camera(0, region)));

        // When
        var regions = List.of(belt.region("camera-1"), belt.region("camera-2"));

        // Then
        assertThat(regions).containsExactly(Optional.empty(), Optional.of(region));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -2000, Double.NaN, 1e8})
    void encoderThatDoesNotCountIsRefused(double counts) {
        // Given
        Map<String, Ejector> ejectors = Map.of();

        // When
        var making = assertThatThrownBy(() -> new BeltGeometry(1, 0, "residue", counts, null, ejectors));

        // Then
        making.hasMessage("countsPerMetre is %s: must be above 0 and at most 10000000", counts);
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, 60_001, Long.MAX_VALUE})
    void marginThatIsNoneIsRefused(long millis) {
        // Given
        Map<String, Ejector> ejectors = Map.of();

        // When
        var making = assertThatThrownBy(() -> new BeltGeometry(1, millis, "residue", null, null, ejectors));

        // Then
        making.hasMessage("transportMarginMillis is %d: must be from 0 to 60000", millis);
    }

    @Test
    void ejectorBeforeACameraIsRefusedNamingBoth() {
        // Given
        var cameras = Map.of("camera-1", new Camera(0), "camera-2", new Camera(1.5));

        // When
        var making = catchThrowableOfType(BadDescriptionException.class, () -> surveyed(cameras));

        // Then
        assertThat(making)
                .hasMessage(
                        "ejector 'glass' stands at 1.0 m, not after camera 'camera-2' at 1.5 m: an item must pass the camera first");
        assertThat(making.path()).containsExactly("ejectors", "glass", "distanceMetres");
    }

    @Test
    void twoEjectorsWithTheSameNumberAreRefusedNamingBoth() {
        // Given
        var ejectors = Map.of("glass", new Ejector(1, 1, 0), "metal", new Ejector(1, 2, 0));

        // When
        var making = catchThrowableOfType(
                BadDescriptionException.class, () -> new BeltGeometry(1, 0, "residue", null, null, ejectors));

        // Then
        assertThat(making).hasMessage("number is 1, which is the number of ejector 'glass': each has its own");
        assertThat(making.path()).containsExactly("ejectors", "metal", "number");
    }

    @Test
    void ejectorThatNoAnswerCanReachInTimeIsRefused() {
        // Given
        var ejectors = Map.of("glass", new Ejector(1, 0.1, 40));

        // When
        var making = assertThatThrownBy(() -> new BeltGeometry(2, 20, "residue", null, null, ejectors));

        // Then
        making.hasMessage(
                "an item reaches ejector 'glass' 50 ms after the zero mark, but its actuatorDelayMillis and the transportMarginMillis take 60 ms: no answer can be in time");
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.01, 100})
    void slowestAndFastestBeltAreBelts(double speed) {
        // When
        var belt = new BeltGeometry(speed, 60_000, "residue", 1e7, Map.of("camera-1", new Camera(1e7)), Map.of());

        // Then
        assertThat(belt.speedMetresPerSecond()).isEqualTo(speed);
    }

    @Test
    void furthestEjectorWithTheLongestDelayIsAnEjector() {
        // When
        var ejector = new Ejector(0, 1e7, 60_000);

        // Then
        assertThat(ejector.actuatorDelayMillis()).isEqualTo(60_000);
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, 60_001})
    void delayThatIsNoneIsRefused(long millis) {
        // Given
        int number = 1;

        // When
        var making = assertThatThrownBy(() -> new Ejector(number, 1, millis));

        // Then
        making.hasMessage("actuatorDelayMillis is %d: must be from 0 to 60000", millis);
    }

    @Test
    void ejectorWithoutANumberIsRefused() {
        // Given
        int number = -1;

        // When
        var making = assertThatThrownBy(() -> new Ejector(number, 1, 0));

        // Then
        making.hasMessage("number is -1: must be at least 0");
    }

    @Test
    void residualLaneWithAnEjectorIsRefused() {
        // Given
        var ejectors = Map.of("glass", new Ejector(1, 1, 0));

        // When
        var making = assertThatThrownBy(() -> new BeltGeometry(1, 0, "glass", null, null, ejectors));

        // Then
        making.hasMessage("residualLane is 'glass', which has an ejector: it must be a lane of its own");
    }

    @Test
    void beltThatNamesCamerasNamesOneAtLeast() {
        // Given
        Map<String, Camera> none = Map.of();

        // When
        var making = assertThatThrownBy(() -> surveyed(none));

        // Then
        making.hasMessage("cameras is empty: name one, or leave the key out when all stand at the zero mark");
    }

    @Test
    void ejectorAtTheVeryPlaceOfACameraIsRefused() {
        // Given
        var cameras = Map.of("camera-1", new Camera(1.0));

        // When
        var making = catchThrowableOfType(BadDescriptionException.class, () -> surveyed(cameras));

        // Then
        assertThat(making.path()).containsExactly("ejectors", "glass", "distanceMetres");
    }

    @Test
    void ejectorWhoseDeadlineIsTheCaptureIsRefusedAndOneAMillisecondLaterIsNot() {
        // Given
        var ejectors = Map.of("glass", new Ejector(1, 1, 480));

        // When
        var making = assertThatThrownBy(() -> new BeltGeometry(2, 20, "residue", null, null, ejectors));

        // Then
        making.hasMessageEndingWith("no answer can be in time");
        assertThat(new BeltGeometry(2, 19, "residue", null, null, ejectors).leastTimeToDecide())
                .isEqualTo(Duration.ofMillis(1));
    }

    @Test
    void itemIsInViewFromTheFirstCameraToTheFurthestEjectorWhateverTheDelays() {
        // Given
        var belt = surveyed(Map.of("camera-1", new Camera(0.5), "camera-2", new Camera(0.75)));

        // When
        var way = belt.longestWay();

        // Then
        assertThat(way).isEqualTo(Duration.ofMillis(1750));
        assertThat(Lines.BELT.longestWay()).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void nobodyCanSayHowLongAnItemIsInViewWithoutEjectors() {
        // Given
        var belt = new BeltGeometry(1, 0, "residue", null, null, Map.of());

        // When
        var way = belt.longestWay();

        // Then
        assertThat(way).isGreaterThan(Duration.ofDays(1));
        assertThat(belt.mostTimeToDecide()).isGreaterThan(Duration.ofDays(1));
        assertThat(belt.lanes()).containsExactly("residue");
    }

    @Test
    void beltKnowsTheCamerasThatItNamesAndNoOthers() {
        // Given
        var belt = surveyed(Map.of("camera-1", new Camera(0.0)));

        // When
        boolean knows = belt.knows("camera-2");

        // Then
        assertThat(knows).isFalse();
        assertThat(belt.knows("camera-1")).isTrue();
        assertThat(belt.namedCameras()).containsExactly("camera-1");
        assertThatThrownBy(() -> belt.firing("glass", "camera-2", CAPTURED, null))
                .hasMessage("camera 'camera-2' is not on the belt");
    }

    @Test
    void beltThatNamesNoCameraHasAllAtTheZeroMark() {
        // Given
        var belt = Lines.BELT;

        // When
        boolean knows = belt.knows("any");

        // Then
        assertThat(knows).isTrue();
        assertThat(belt.namedCameras()).isEmpty();
        assertThat(belt.lanes()).containsExactly("glass", "metal", "residue");
    }

    @Test
    void counterReachesItsEndButNoFurther() {
        // Given
        var belt = surveyed(Map.of("camera-1", new Camera(0.0)));

        // When
        var firing = belt.firing("glass", "camera-1", CAPTURED, Long.MAX_VALUE - 1_000)
                .orElseThrow();

        // Then
        assertThat(firing.fireAtEncoder()).isEqualTo(Long.MAX_VALUE);
    }

    /** 2 m/s, 1000 counts a metre; glass at 1 m, metal at 4 m. */
    private static BeltGeometry surveyed(Map<String, Camera> cameras) {
        return new BeltGeometry(
                2.0,
                20,
                "residue",
                1_000.0,
                cameras,
                Map.of("glass", new Ejector(1, 1.0, 0), "metal", new Ejector(2, 4.0, 0)));
    }
}
