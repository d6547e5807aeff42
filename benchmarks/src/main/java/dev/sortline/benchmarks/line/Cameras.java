// SPDX-License-Identifier: Apache-2.0
package dev.sortline.benchmarks.line;

import dev.sortline.camera.publishing.FramePublisher;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/**
 * Cameras that keep their time whatever happens (open-loop load): a frame's capture time is when it was due, also where it could be
 * published only later, so that no wait goes unmeasured (coordinated omission).
 */
final class Cameras {
    private static final long SEED = 1;

    private final BeltPictures pictures;
    private final FramePublisher publisher;

    /** A line's camera and when, in a round from 0 to 1, it has its turn. */
    private record Turn(String line, double phase) {}

    Cameras(BeltPictures pictures, FramePublisher publisher) {
        this.pictures = pictures;
        this.publisher = publisher;
    }

    /** Publishes frames one after the other as fast as the broker takes them, the lines in turns. */
    void fill(List<String> lines, long count) throws InterruptedException {
        for (long i = 0; i < count; i++) {
            publisher.publish(pictures.frame(lines.get((int) (i % lines.size())), Instant.now()));
        }
    }

    /**
     * Publishes a frame a line and round. The lines' cameras do not fire together, but each at its own moment in the round.
     *
     * @param framesPerSecond of each line, above 0
     * @return how many frames that was
     */
    long film(List<String> lines, double framesPerSecond, Duration duration) throws InterruptedException {
        double roundNanos = 1e9 / framesPerSecond;
        long rounds = Math.max(1, Math.round(duration.toNanos() / roundNanos));
        List<Turn> turns = turns(lines);
        Instant start = Instant.now();
        long startNanos = System.nanoTime();
        for (long round = 0; round < rounds; round++) {
            for (Turn turn : turns) {
                long due = Math.round((round + turn.phase) * roundNanos);
                sleepUntil(startNanos + due);
                publisher.publish(pictures.frame(turn.line, start.plusNanos(due)));
            }
        }
        return rounds * turns.size();
    }

    private static List<Turn> turns(List<String> lines) {
        var random = new Random(SEED);
        double[] phases =
                lines.stream().mapToDouble(line -> random.nextDouble()).sorted().toArray();
        return IntStream.range(0, lines.size())
                .mapToObj(i -> new Turn(lines.get(i), phases[i]))
                .toList();
    }

    private static void sleepUntil(long nanos) throws InterruptedException {
        for (long left = nanos - System.nanoTime(); left > 0; left = nanos - System.nanoTime()) {
            LockSupport.parkNanos(left);
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
        }
    }
}
