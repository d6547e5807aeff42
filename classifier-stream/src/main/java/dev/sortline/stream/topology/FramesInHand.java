// SPDX-License-Identifier: Apache-2.0
package dev.sortline.stream.topology;

import dev.sortline.stream.item.FrameReading.TakenFrame;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The frame that each thread has in hand. A line's frames are taken in hand in order, so those that wait are younger. */
final class FramesInHand {
    private static final double NANOS_PER_SECOND = 1e9;

    private final Map<Thread, InHand> frames = new ConcurrentHashMap<>();

    private record InHand(String line, Duration queued, long sinceNanos) {
        double ageSeconds() {
            return (queued.toNanos() + System.nanoTime() - sinceNanos) / NANOS_PER_SECOND;
        }
    }

    /** The thread that calls it has a frame in hand. */
    void take(TakenFrame taken) {
        frames.put(Thread.currentThread(), new InHand(taken.line().id(), taken.queued(), System.nanoTime()));
    }

    /** The thread that calls it has none. */
    void handOver() {
        frames.remove(Thread.currentThread());
    }

    /** Since the capture of a line's oldest; 0 when none is in hand. */
    double oldestSeconds(String line) {
        return frames.values().stream()
                .filter(each -> each.line().equals(line))
                .mapToDouble(InHand::ageSeconds)
                .max()
                .orElse(0);
    }
}
