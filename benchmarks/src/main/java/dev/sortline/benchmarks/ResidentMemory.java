// SPDX-License-Identifier: Apache-2.0
package dev.sortline.benchmarks;

import dev.sortline.benchmarks.line.ClassifierProcess;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Watches a classifier's resident memory on a thread of its own. */
final class ResidentMemory implements AutoCloseable {
    private static final int EVERY_MILLIS = 200;

    private final AtomicLong most = new AtomicLong();
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();

    private ResidentMemory() {}

    static ResidentMemory watch(ClassifierProcess classifier) {
        var memory = new ResidentMemory();
        var unused = memory.thread.scheduleAtFixedRate(
                () -> memory.most.accumulateAndGet(classifier.residentBytes(), Math::max),
                0,
                EVERY_MILLIS,
                TimeUnit.MILLISECONDS);
        return memory;
    }

    /** The most so far, in bytes. */
    long most() {
        return most.get();
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
