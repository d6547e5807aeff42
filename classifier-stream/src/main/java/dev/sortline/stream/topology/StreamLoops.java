// SPDX-License-Identifier: Apache-2.0
package dev.sortline.stream.topology;

import dev.sortline.metrics.LoopWatch;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** How long the stream's threads have stood between two turns, of all of them the longest. A thread without a line has no turns. */
final class StreamLoops {
    private final Map<Thread, LoopWatch> turns = new ConcurrentHashMap<>();

    /** The thread that calls it comes round. */
    void turn() {
        turns.computeIfAbsent(Thread.currentThread(), unused -> new LoopWatch(System::nanoTime))
                .turn();
    }

    /** The thread that calls it may not come round again; if it does, it begins anew. */
    void rest() {
        turns.remove(Thread.currentThread());
    }

    double worstSeconds() {
        return turns.values().stream()
                .mapToDouble(LoopWatch::worstSeconds)
                .max()
                .orElse(0);
    }
}
