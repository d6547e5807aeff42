// SPDX-License-Identifier: Apache-2.0
package dev.sortline.benchmarks.line;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What a classifier did with a topic full of frames.
 *
 * @param frames frames that were published
 * @param events events that were read of them
 * @param framesPerSecond frames a second while all of them lay ready
 */
public record Sustained(long frames, long events, double framesPerSecond) {
    private static final double NANOS = 1e9;

    /**
     * Counts from the moment at which the last frame had been published until the last event was read. Where hardly anything was left to do
     * by then, from the first event on.
     */
    static Sustained of(List<Arrival> arrivals, long frames, Instant filledAt) {
        List<Instant> times = arrivals.stream().map(Arrival::readAt).sorted().toList();
        if (times.size() < 2) {
            throw new BenchFailure("%d events came of %d frames: too few to measure, give --count more"
                    .formatted(times.size(), frames));
        }
        List<Instant> after =
                times.stream().filter(time -> time.isAfter(filledAt)).toList();
        boolean enough = after.size() > times.size() / 2;
        Instant start = enough ? filledAt : times.get(0);
        long counted = enough ? after.size() : times.size() - 1;
        double seconds =
                Math.max(1, Duration.between(start, times.get(times.size() - 1)).toNanos()) / NANOS;
        double framesAnEvent = (double) frames / times.size();
        return new Sustained(frames, times.size(), counted * framesAnEvent / seconds);
    }
}
