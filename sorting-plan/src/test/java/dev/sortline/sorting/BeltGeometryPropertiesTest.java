// SPDX-License-Identifier: Apache-2.0
package dev.sortline.sorting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import dev.sortline.sorting.BeltGeometry.Camera;
import dev.sortline.sorting.BeltGeometry.Ejector;
import dev.sortline.sorting.BeltGeometry.Firing;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;

/** What holds on every belt that can be described. */
class BeltGeometryPropertiesTest {
    private static final Instant CAPTURED = Instant.parse("2026-01-01T00:00:00Z");

    /** A belt with one camera and one ejector; the ejector comes {@code metres} after the camera. */
    record Belt(
            double speed, double camera, double metres, long delayMillis, long marginMillis, double countsPerMetre) {
        BeltGeometry geometry() {
            return new BeltGeometry(
                    speed,
                    marginMillis,
                    "residue",
                    countsPerMetre,
                    Map.of("camera-1", new Camera(camera)),
                    Map.of("glass", new Ejector(1, camera + metres, delayMillis)));
        }

        Firing firing(long encoder) {
            return geometry().firing("glass", "camera-1", CAPTURED, encoder).orElseThrow();
        }

        /** Whether an answer can be in time at all. */
        boolean possible() {
            return (camera + metres - camera) / speed > (delayMillis + marginMillis) / 1e3 + 1e-6;
        }

        Belt withSpeed(double other) {
            return new Belt(other, camera, metres, delayMillis, marginMillis, countsPerMetre);
        }

        Belt withMetres(double other) {
            return new Belt(speed, camera, other, delayMillis, marginMillis, countsPerMetre);
        }
    }

    @Provide
    Arbitrary<Belt> belts() {
        return Combinators.combine(
                        decimals(0.01, 100),
                        decimals(0, 1_000),
                        decimals(0.001, 1_000_000),
                        Arbitraries.longs().between(0, 60_000),
                        Arbitraries.longs().between(0, 60_000),
                        decimals(0.01, 10_000_000))
                .as(Belt::new)
                .filter(Belt::possible);
    }

    private static Arbitrary<Double> decimals(double least, double most) {
        return Arbitraries.doubles().between(least, most).ofScale(6);
    }

    @Property
    void deadlineIsAfterCaptureAndNotAfterFiring(@ForAll("belts") Belt belt) {
        // When
        var firing = belt.firing(0);

        // Then
        assertThat(firing.deadline()).isAfter(CAPTURED).isBeforeOrEqualTo(firing.fireAt());
    }

    @Property
    void fasterBeltNeverFiresLater(@ForAll("belts") Belt belt, @ForAll("belts") Belt other) {
        // Given
        var faster = belt.withSpeed(Math.max(belt.speed(), other.speed()));
        var slower = belt.withSpeed(Math.min(belt.speed(), other.speed()));
        Assume.that(faster.possible());

        // When
        var firing = faster.firing(0);

        // Then
        assertThat(firing.fireAt()).isBeforeOrEqualTo(slower.firing(0).fireAt());
    }

    @Property
    void fartherEjectorNeverFiresEarlierByTimeOrByEncoder(@ForAll("belts") Belt belt, @ForAll("belts") Belt other) {
        // Given
        var nearer = belt.withMetres(Math.min(belt.metres(), other.metres()));
        var farther = belt.withMetres(Math.max(belt.metres(), other.metres()));
        Assume.that(nearer.possible());

        // When
        var firing = nearer.firing(0);

        // Then
        assertThat(firing.fireAt()).isBeforeOrEqualTo(farther.firing(0).fireAt());
        assertThat(firing.fireAtEncoder()).isLessThanOrEqualTo(farther.firing(0).fireAtEncoder());
    }

    @Property
    void encoderAndTimeAgreeWhileTheBeltKeepsItsSpeed(@ForAll("belts") Belt belt, @ForAll int encoder) {
        // When
        var firing = belt.firing(encoder);

        // Then: the belt's position at fireAt, within the count and the nanosecond that are rounded
        double seconds = Duration.between(CAPTURED, firing.fireAt()).toNanos() / 1e9;
        double counts = seconds * belt.speed() * belt.countsPerMetre();
        double rounding = 1 + 1e-9 * belt.speed() * belt.countsPerMetre() + counts * 1e-9;
        assertThat((double) (firing.fireAtEncoder() - encoder)).isCloseTo(counts, offset(rounding));
    }

    @Property
    void fireAtEncoderNeverRunsOverTheCountersEnd(@ForAll("belts") Belt belt, @ForAll long encoder) {
        // When
        @Nullable Long fireAt = belt.firing(encoder).fireAtEncoder();

        // Then
        assertThat(fireAt == null || fireAt >= encoder).isTrue();
    }

    @Property
    void placeOfTheZeroMarkChangesNothing(@ForAll("belts") Belt belt) {
        // Given: the same distance from another mark, as near as doubles can tell
        var moved = new Belt(
                belt.speed(),
                0,
                belt.camera() + belt.metres() - belt.camera(),
                belt.delayMillis(),
                belt.marginMillis(),
                belt.countsPerMetre());

        // When
        var firing = moved.firing(0);

        // Then
        assertThat(firing.fireAt()).isEqualTo(belt.firing(0).fireAt());
        assertThat(firing.fireAtEncoder()).isEqualTo(belt.firing(0).fireAtEncoder());
    }
}
