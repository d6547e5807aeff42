// SPDX-License-Identifier: Apache-2.0
package dev.sortline.demo.plant;

import dev.sortline.classifier.model.ModelPackage;
import dev.sortline.contract.Frame;
import dev.sortline.demo.belt.AirShot;
import dev.sortline.demo.belt.Item;
import dev.sortline.demo.belt.Landing;
import dev.sortline.demo.belt.ShotCount;
import dev.sortline.demo.belt.SimulatedBelt;
import dev.sortline.gateway.driver.DriverSettings;
import dev.sortline.gateway.modbus.ModbusClientSettings;
import dev.sortline.gateway.modbus.ModbusLine;
import dev.sortline.plc.SimulatedPlc;
import dev.sortline.sorting.BeltGeometry;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A belt a line and one controller for the ejectors of them all: what {@code sortline gateway} would find in a plant. Safe to use from any
 * thread; no method waits.
 */
public final class SimulatedPlant implements AutoCloseable {
    /** Holding registers between one line's first and the next one's: a line has fewer. */
    private static final int REGISTERS_APART = 100;

    private final InstantSource clock;
    private final Map<String, SimulatedBelt> belts = new LinkedHashMap<>();
    private final DriverSettings driver;
    private final SimulatedPlc plc;

    private SimulatedPlant(Map<String, BeltGeometry> lines, String cameraId, int port, InstantSource clock)
            throws IOException, InterruptedException {
        this.clock = clock;
        lines.forEach((line, belt) -> belts.put(line, new SimulatedBelt(line, belt, cameraId)));
        var places = places(lines);
        driver = new ModbusClientSettings(SimulatedPlc.LOOPBACK, port, null, null, null, places);
        plc = SimulatedPlc.start(SimulatedPlc.LOOPBACK, port, places, this::signal);
    }

    /**
     * Starts the belts and the controller.
     *
     * @param lines the lines' belts by id, of which each has the camera
     * @param cameraId the camera under which items come onto each belt
     * @param port a TCP port on loopback that is free, for the controller
     * @throws IllegalArgumentException when the lines cannot have all their coils and registers in one controller
     * @throws IOException when the port cannot be had
     */
    public static SimulatedPlant start(Map<String, BeltGeometry> lines, String cameraId, int port, InstantSource clock)
            throws IOException, InterruptedException {
        return new SimulatedPlant(lines, cameraId, port, clock);
    }

    /**
     * Where the lines have their coils and registers, one line after the other.
     *
     * @throws IllegalArgumentException when there are too many
     */
    public static Map<String, ModbusLine> places(Map<String, BeltGeometry> lines) {
        Map<String, ModbusLine> places = new LinkedHashMap<>();
        int coil = 0;
        for (var line : lines.entrySet()) {
            int ejectors = 1
                    + line.getValue().ejectors().values().stream()
                            .mapToInt(BeltGeometry.Ejector::number)
                            .max()
                            .orElse(0);
            places.put(line.getKey(), new ModbusLine(coil, ejectors, REGISTERS_APART * places.size()));
            coil += ejectors;
        }
        return places;
    }

    /** By which the gateway reaches the controller. */
    public DriverSettings driver() {
        return driver;
    }

    /** What a camera saw comes along; a picture of an empty belt is no item. */
    public synchronized void enter(Frame frame) {
        if (!ModelPackage.EMPTY_LABEL.equals(frame.truth())) {
            belt(frame.lineId()).enter(new Item(frame.item(), frame.truth(), frame.capturedAt()));
        }
    }

    private synchronized void signal(String lineId, int ejector, boolean on) {
        // The time is taken while nobody else may let the belt run on.
        belt(lineId).signal(ejector, on, clock.instant());
    }

    /** Lets the belts run on until now; gives the items that have landed since it was last called. */
    public synchronized List<Landing> advance() {
        Instant now = clock.instant();
        List<Landing> landings = new ArrayList<>();
        belts.values().forEach(belt -> landings.addAll(belt.advance(now)));
        return landings;
    }

    /** Whether every item has landed, as of the last {@link #advance}, and every valve has shut. */
    public synchronized boolean isStill() {
        Instant now = clock.instant();
        return belts.values().stream().allMatch(belt -> belt.isStill(now));
    }

    /** How long an item takes over the longest belt. */
    public Duration transit() {
        return belts.values().stream()
                .map(SimulatedBelt::transit)
                .max(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
    }

    /** The latest shots whose air has passed, the oldest first. */
    public synchronized List<AirShot> lastShots(int most) {
        Instant now = clock.instant();
        var shots = belts.values().stream()
                .flatMap(belt -> belt.lastShots(now, most))
                .sorted(Comparator.comparing(AirShot::openedAt))
                .toList();
        return shots.subList(Math.max(0, shots.size() - most), shots.size());
    }

    /** The shots whose air has passed, by lane, of all belts together. */
    public synchronized Map<String, ShotCount> shotCounts() {
        Instant now = clock.instant();
        Map<String, ShotCount> counts = new TreeMap<>();
        belts.values().forEach(belt -> belt.shotCounts(now)
                .forEach((lane, count) -> counts.merge(lane, count, ShotCount::plus)));
        return counts;
    }

    /** From now on only later shots are told of. The belts are {@linkplain #isStill() still}. */
    public synchronized void countAnew() {
        belts.values().forEach(SimulatedBelt::countAnew);
    }

    private SimulatedBelt belt(String lineId) {
        SimulatedBelt belt = belts.get(lineId);
        if (belt == null) {
            throw new IllegalArgumentException("line '%s' has no belt".formatted(lineId));
        }
        return belt;
    }

    /** Stops the controller. */
    @Override
    public void close() {
        plc.close();
    }
}
