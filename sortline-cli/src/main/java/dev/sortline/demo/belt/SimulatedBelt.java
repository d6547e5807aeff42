// SPDX-License-Identifier: Apache-2.0
package dev.sortline.demo.belt;

import dev.sortline.sorting.BeltGeometry;
import dev.sortline.sorting.BeltGeometry.Ejector;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * One belt that carries items from a camera past the nozzles to its end, at its set speed.
 *
 * <p>An item that is within {@value #REACH_METRES} m of a nozzle, by its centre, while air flows there, is blown into that nozzle's lane. One
 * that meets no air falls into the residual lane {@value #RUN_OUT_METRES} m after the last nozzle. Why these lengths:
 * docs/decisions/0023.
 *
 * <p>Has no clock of its own: it is told what happened when. Items may be told of in any order and after the fact, signals of one ejector in
 * their order. Belongs to one thread at a time.
 */
public final class SimulatedBelt {
    static final double REACH_METRES = 0.05;
    static final double RUN_OUT_METRES = 0.5;

    /** About as long as a frame's acknowledgement can take, by which items come to be known. */
    private static final Duration SHOTS_KEPT = Duration.ofMinutes(1);

    private static final double NANOS_PER_SECOND = 1e9;

    private final String lineId;
    private final BeltGeometry geometry;
    private final List<Nozzle> nozzles = new ArrayList<>();
    private final Map<Integer, Nozzle> nozzleOfEjector = new HashMap<>();
    private final List<Item> items = new ArrayList<>();
    private final Duration reach;
    private final Duration transit;

    /** @param cameraId a camera of the belt: where items come onto it */
    public SimulatedBelt(String lineId, BeltGeometry geometry, String cameraId) {
        this.lineId = lineId;
        this.geometry = geometry;
        double camera = geometry.cameras() == null
                ? 0
                : Optional.ofNullable(geometry.cameras().get(cameraId))
                        .orElseThrow(() -> new IllegalArgumentException(
                                "cameras lacks '%s', under which items come onto the belt".formatted(cameraId)))
                        .distanceMetres();
        geometry.ejectors().entrySet().stream()
                .sorted(Comparator.comparing(lane -> lane.getValue().distanceMetres()))
                .forEach(lane -> addNozzle(lane.getKey(), lane.getValue(), camera));
        reach = timeFor(REACH_METRES);
        double last = geometry.ejectors().values().stream()
                .mapToDouble(Ejector::distanceMetres)
                .max()
                .orElse(camera);
        transit = timeFor(last + RUN_OUT_METRES - camera);
    }

    private void addNozzle(String lane, Ejector ejector, double camera) {
        var nozzle = new Nozzle(
                lane, timeFor(ejector.distanceMetres() - camera), Duration.ofMillis(ejector.actuatorDelayMillis()));
        nozzles.add(nozzle);
        nozzleOfEjector.put(ejector.number(), nozzle);
    }

    private Duration timeFor(double metres) {
        return Duration.ofNanos(Math.round(metres / geometry.speedMetresPerSecond() * NANOS_PER_SECOND));
    }

    /** How long an item takes from the camera to the belt's end. */
    public Duration transit() {
        return transit;
    }

    /** An item was under the camera. */
    public void enter(Item item) {
        items.add(item);
    }

    /** An ejector's signal goes on or off; one that the belt lacks moves nothing. */
    public void signal(int ejector, boolean on, Instant at) {
        Nozzle nozzle = nozzleOfEjector.get(ejector);
        if (nozzle != null) {
            nozzle.signal(on, at);
        }
    }

    /**
     * Lets the belt run on to a time.
     *
     * @param now not before any signal that it was told of
     * @return the items that have landed since it was last called
     */
    public List<Landing> advance(Instant now) {
        List<Landing> landings = new ArrayList<>();
        for (Iterator<Item> carried = items.iterator(); carried.hasNext(); ) {
            landing(carried.next(), now).ifPresent(landing -> {
                carried.remove();
                landings.add(landing);
            });
        }
        nozzles.forEach(nozzle -> nozzle.forget(now.minus(SHOTS_KEPT)));
        return landings;
    }

    private Optional<Landing> landing(Item item, Instant now) {
        for (Nozzle nozzle : nozzles) {
            Instant centre = nozzle.meets(item);
            Instant past = centre.plus(reach);
            if (now.isBefore(past)) {
                return Optional.empty();
            }
            if (nozzle.takes(item, centre.minus(reach), past)) {
                return Optional.of(new Landing(item, nozzle.lane()));
            }
        }
        return now.isBefore(item.capturedAt().plus(transit))
                ? Optional.empty()
                : Optional.of(new Landing(item, geometry.residualLane()));
    }

    /** Whether every item has landed, as of the last {@link #advance}, and the air of every shot has passed. */
    public boolean isStill(Instant now) {
        return items.isEmpty() && nozzles.stream().allMatch(nozzle -> nozzle.isStill(past(now)));
    }

    /** The latest shots of each nozzle that can take no more items, in no order. */
    public Stream<AirShot> lastShots(Instant now, int most) {
        return nozzles.stream().flatMap(nozzle -> nozzle.lastShots(lineId, past(now), most).stream());
    }

    /** The shots so far that can take no more items, by lane. */
    public Map<String, ShotCount> shotCounts(Instant now) {
        Map<String, ShotCount> counts = new TreeMap<>();
        nozzles.forEach(nozzle -> counts.put(nozzle.lane(), nozzle.count(past(now))));
        return counts;
    }

    /** From now on only later shots are told of. The belt is still. */
    public void countAnew() {
        nozzles.forEach(Nozzle::countAnew);
    }

    /** Whatever air met until then has moved out of the nozzle's reach by now. */
    private Instant past(Instant now) {
        return now.minus(reach).minus(reach);
    }
}
