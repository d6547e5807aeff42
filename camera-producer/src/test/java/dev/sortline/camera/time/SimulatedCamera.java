// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera.time;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/**
 * A camera whose clock counts from a moment of its own and drifts, and whose pictures take a while.
 *
 * @param framesPerSecond of the camera
 * @param driftPpm how much its clock goes faster than ours
 * @param meanDelayMillis what a picture takes on average, beside what all take
 * @param delays how that varies
 * @param overtaking whether pictures may overtake each other
 * @param stepAt the picture at which a clock is set
 * @param cameraStep by how much the camera's clock is set then
 * @param ourStep by how much ours is
 * @param seed of the delays
 */
record SimulatedCamera(
        double framesPerSecond,
        double driftPpm,
        double meanDelayMillis,
        Delays delays,
        boolean overtaking,
        int stepAt,
        Duration cameraStep,
        Duration ourStep,
        long seed) {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final long CAMERA_START = 987_654_321_012L;
    private static final double LEAST_DELAY_NANOS = 7e6;

    /** A steady one of 30 frames a second. */
    static final SimulatedCamera STEADY =
            new SimulatedCamera(30, 0, 2, Delays.EXPONENTIAL, false, 0, Duration.ZERO, Duration.ZERO, 1);

    /** How delays vary, about a mean of 1. */
    enum Delays {
        NONE,
        EXPONENTIAL,
        UNIFORM,
        /** Thins out towards 0, as that of two queues one after the other. */
        TWO_QUEUES,
        /** Small, but for one in ten. */
        SPIKES;

        double next(Random random) {
            return switch (this) {
                case NONE -> 0;
                case EXPONENTIAL -> exponential(random);
                case UNIFORM -> 2 * random.nextDouble();
                case TWO_QUEUES -> (exponential(random) + exponential(random)) / 2;
                case SPIKES -> (random.nextInt(10) == 0 ? 20 : 0.1) * random.nextDouble();
            };
        }

        private static double exponential(Random random) {
            return -Math.log(1 - random.nextDouble());
        }
    }

    /**
     * A picture.
     *
     * @param stamp the camera's
     * @param arrived by our clock
     * @param soonest when one that was not held up at all would have arrived by our clock: what can be known of when it was taken
     */
    record Shot(long stamp, Instant arrived, Instant soonest) {}

    SimulatedCamera drifting(double ppm) {
        return new SimulatedCamera(
                framesPerSecond, ppm, meanDelayMillis, delays, overtaking, stepAt, cameraStep, ourStep, seed);
    }

    SimulatedCamera delayed(double millis, Delays how) {
        return new SimulatedCamera(
                framesPerSecond, driftPpm, millis, how, overtaking, stepAt, cameraStep, ourStep, seed);
    }

    SimulatedCamera stepping(int picture, Duration cameras, Duration ours) {
        return new SimulatedCamera(
                framesPerSecond, driftPpm, meanDelayMillis, delays, overtaking, picture, cameras, ours, seed);
    }

    /** Its first pictures, as they arrive. */
    List<Shot> pictures(int number) {
        record Flight(double taken, double arrived) {}
        var random = new Random(seed);
        var flights = new ArrayList<Flight>();
        double last = 0;
        for (int i = 0; i < number; i++) {
            double taken = i / framesPerSecond * 1e9;
            double arrived = taken + LEAST_DELAY_NANOS + delays.next(random) * meanDelayMillis * 1e6;
            last = overtaking ? arrived : Math.max(last, arrived);
            flights.add(new Flight(taken, last));
        }
        flights.sort(Comparator.comparingDouble(Flight::arrived));
        double step = stepAt / framesPerSecond * 1e9;
        return flights.stream()
                .map(flight -> new Shot(
                        CAMERA_START
                                + Math.round(flight.taken() * (1 + driftPpm / 1e6))
                                + (flight.taken() >= step ? cameraStep.toNanos() : 0),
                        ours(flight.arrived(), step, flight.arrived()),
                        ours(flight.taken() + LEAST_DELAY_NANOS, step, flight.arrived())))
                .toList();
    }

    private Instant ours(double nanos, double step, double now) {
        return START.plusNanos(Math.round(nanos)).plus(now >= step ? ourStep : Duration.ZERO);
    }
}
