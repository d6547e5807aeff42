// SPDX-License-Identifier: Apache-2.0
package dev.sortline.classifier.network;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

/**
 * How much of a processor loops got that never wait: what is missing went to other work, and what they took says little about an idle machine. Safe for
 * use by several threads.
 */
class ProcessorShare {
    /** Of idle machines they get more: Java's own threads take a few parts in a hundred. */
    private static final double NEARLY_ALL = 0.8;

    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private final LongAdder processorNanos = new LongAdder();
    private final LongAdder nanos = new LongAdder();

    /** Runs a loop on the calling thread. */
    long watch(LongSupplier loop) {
        long started = System.nanoTime();
        long before = threads.getCurrentThreadCpuTime();
        try {
            return loop.getAsLong();
        } finally {
            processorNanos.add(threads.getCurrentThreadCpuTime() - before);
            nanos.add(System.nanoTime() - started);
        }
    }

    /** Of one processor a loop, from 0 to 1; 1 where nothing was watched. */
    double ofLoops() {
        long all = nanos.sum();
        return all == 0 ? 1 : Math.min(1, (double) processorNanos.sum() / all);
    }

    /** Whether other work hardly disturbed them. */
    boolean isNearlyAll() {
        return ofLoops() >= NEARLY_ALL;
    }
}
