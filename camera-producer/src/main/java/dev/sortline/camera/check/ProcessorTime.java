// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera.check;

import dev.sortline.camera.check.CheckedCamera.Load;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Optional;

/**
 * How long processors have worked until a moment.
 *
 * @param atNanos when that is, by a time that only moves forward
 * @param reading by the thread that reads; negative when it has ended
 * @param process by all threads
 */
record ProcessorTime(long atNanos, long reading, long process) {
    /** So short a time tells nothing: the kernel counts a process's by hundredths of a second. */
    private static final long LEAST_NANOS = Duration.ofMillis(500).toNanos();

    static ProcessorTime now(Thread reading) {
        return new ProcessorTime(
                System.nanoTime(),
                ManagementFactory.getThreadMXBean().getThreadCpuTime(reading.getId()),
                ProcessHandle.current()
                        .info()
                        .totalCpuDuration()
                        .map(Duration::toNanos)
                        .orElse(0L));
    }

    /** What share of a core was taken since then. */
    Optional<Load> since(ProcessorTime before) {
        double nanos = atNanos - before.atNanos;
        if (nanos < LEAST_NANOS) {
            return Optional.empty();
        }
        return Optional.of(new Load(
                reading < 0 || before.reading < 0 ? null : (reading - before.reading) / nanos,
                (process - before.process) / nanos));
    }
}
