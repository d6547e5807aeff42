// SPDX-License-Identifier: Apache-2.0
package dev.sortline.demo.belt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sortline.sorting.BeltGeometry;
import dev.sortline.sorting.BeltGeometry.Ejector;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

/** What holds whatever comes along and whatever the controller does. */
class SimulatedBeltPropertiesTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final double SPEED = 3;
    private static final int DELAY_MILLIS = 5;
    private static final BeltGeometry GEOMETRY = new BeltGeometry(
            SPEED,
            20,
            "residue",
            null,
            null,
            Map.of(
                    "glass", new Ejector(1, 4.5, DELAY_MILLIS),
                    "metal", new Ejector(2, 5.5, DELAY_MILLIS),
                    "paper", new Ejector(3, 6.5, DELAY_MILLIS)));
    private static final List<String> EJECTED = List.of("glass", "metal", "paper");
    private static final long REACH_NANOS = Math.round(SimulatedBelt.REACH_METRES / SPEED * 1e9);
    private static final Instant END = START.plusSeconds(30);

    /** A signal that goes on and off again. */
    record Pulse(int ejector, long onMillis, long millis) {}

    @Provide
    Arbitrary<Pulse> pulses() {
        return Combinators.combine(
                        Arbitraries.integers().between(1, 3),
                        Arbitraries.longs().between(0, 8_000),
                        Arbitraries.longs().between(1, 200))
                .as(Pulse::new);
    }

    @Property
    void everyItemLandsExactlyOnceHoweverOftenTheBeltIsLookedAt(
            @ForAll @Size(max = 60) List<@LongRange(max = 5_000) Long> captures,
            @ForAll @Size(max = 60) List<@From("pulses") Pulse> pulses,
            @ForAll @IntRange(min = 1, max = 700) int lookEveryMillis) {
        // Given
        var items = items(captures);
        var belt = belt();
        items.forEach(belt::enter);
        List<Landing> landings = new ArrayList<>();

        // When
        var signals = new Signals(pulses);
        for (Instant now = START; now.isBefore(END); now = now.plusMillis(lookEveryMillis)) {
            signals.send(belt, now);
            landings.addAll(belt.advance(now));
        }

        // Then
        assertThat(landings).extracting(Landing::item).containsExactlyInAnyOrderElementsOf(items);
        assertThat(belt.isStill(END)).isTrue();
        assertThat(takenBy(belt))
                .containsExactlyInAnyOrderElementsOf(landings.stream()
                        .filter(landing -> EJECTED.contains(landing.lane()))
                        .map(Landing::item)
                        .toList());
    }

    @Property
    void itLandsInTheSameLaneHoweverOftenTheBeltIsLookedAtAndWheneverItBecomesKnown(
            @ForAll @Size(max = 40) List<@LongRange(max = 5_000) Long> captures,
            @ForAll @Size(max = 40) List<@From("pulses") Pulse> pulses,
            @ForAll long seed) {
        // Given
        var items = items(captures);
        var often = belt();
        items.forEach(often::enter);
        var signals = new Signals(pulses);
        List<Landing> expected = new ArrayList<>();
        for (Instant now = START; now.isBefore(END); now = now.plusMillis(7)) {
            signals.send(often, now);
            expected.addAll(often.advance(now));
        }

        // When
        var once = belt();
        new Signals(pulses).send(once, END);
        Collections.shuffle(items, new Random(seed));
        items.forEach(once::enter);
        var landings = once.advance(END);

        // Then
        assertThat(landings).containsExactlyInAnyOrderElementsOf(expected);
    }

    @Property
    void itemIsBlownOffOnlyWhereAirFlowsWithinReachOfItsCentre(
            @ForAll @IntRange(min = 0, max = 2) int lane, @ForAll @LongRange(min = -300, max = 300) long offMillis) {
        // Given
        int pulseMillis = 20;
        var ejector = GEOMETRY.ejectors().get(EJECTED.get(lane));
        Instant centre = START.plusNanos(Math.round(ejector.distanceMetres() / SPEED * 1e9));
        var belt = belt();
        belt.enter(new Item("a", "glass", START));
        Instant air = centre.plusMillis(offMillis);
        belt.signal(ejector.number(), true, air.minusMillis(DELAY_MILLIS));
        belt.signal(ejector.number(), false, air.minusMillis(DELAY_MILLIS).plusMillis(pulseMillis));

        // When
        var landings = belt.advance(END);

        // Then
        boolean meets = Duration.ofMillis(offMillis).toNanos() < REACH_NANOS
                && Duration.ofMillis(offMillis + pulseMillis).toNanos() > -REACH_NANOS;
        assertThat(landings).extracting(Landing::lane).containsExactly(meets ? EJECTED.get(lane) : "residue");
        assertThat(belt.shotCounts(END).get(EJECTED.get(lane))).isEqualTo(new ShotCount(1, meets ? 0 : 1));
    }

    @Property
    void itemsFartherApartThanPulseAndReachAreAllSortedByShotsOnTime(
            @ForAll @Size(min = 1, max = 30) List<@IntRange(min = -1, max = 2) Integer> lanes,
            @ForAll @IntRange(min = 40, max = 300) int apartMillis) {
        // Given
        var belt = belt();
        List<Landing> expected = new ArrayList<>();
        List<Pulse> pulses = new ArrayList<>();
        for (int i = 0; i < lanes.size(); i++) {
            long captured = (long) i * apartMillis;
            var item = new Item("item-" + i, null, START.plusMillis(captured));
            belt.enter(item);
            if (lanes.get(i) < 0) {
                expected.add(new Landing(item, "residue"));
            } else {
                var ejector = GEOMETRY.ejectors().get(EJECTED.get(lanes.get(i)));
                long travel = Math.round(ejector.distanceMetres() / SPEED * 1e3);
                pulses.add(new Pulse(ejector.number(), captured + travel - DELAY_MILLIS, 20));
                expected.add(new Landing(item, EJECTED.get(lanes.get(i))));
            }
        }
        new Signals(pulses).send(belt, END);

        // When
        var landings = belt.advance(END);

        // Then
        assertThat(landings).containsExactlyInAnyOrderElementsOf(expected);
        assertThat(belt.shotCounts(END).values())
                .allSatisfy(count -> assertThat(count.hitNothing()).isZero());
    }

    /** The signals of some pulses in their order; where pulses of an ejector overlap, the first to end closes the valve. */
    private static final class Signals {
        private record Signal(int ejector, boolean on, Instant at) {}

        private final List<Signal> waiting = new ArrayList<>();

        Signals(List<Pulse> pulses) {
            for (Pulse pulse : pulses) {
                Instant on = START.plusMillis(pulse.onMillis());
                waiting.add(new Signal(pulse.ejector(), true, on));
                waiting.add(new Signal(pulse.ejector(), false, on.plusMillis(pulse.millis())));
            }
            waiting.sort(Comparator.comparing(Signal::at));
        }

        void send(SimulatedBelt belt, Instant now) {
            while (!waiting.isEmpty() && !waiting.get(0).at().isAfter(now)) {
                var signal = waiting.remove(0);
                belt.signal(signal.ejector(), signal.on(), signal.at());
            }
        }
    }

    private static SimulatedBelt belt() {
        return new SimulatedBelt("line-1", GEOMETRY, "camera-1");
    }

    private static List<Item> items(List<Long> captures) {
        List<Item> items = new ArrayList<>();
        captures.forEach(millis -> items.add(new Item("item-" + items.size(), null, START.plusMillis(millis))));
        return items;
    }

    private static List<Item> takenBy(SimulatedBelt belt) {
        return belt.lastShots(END, Integer.MAX_VALUE)
                .flatMap(shot -> shot.taken().stream())
                .toList();
    }
}
