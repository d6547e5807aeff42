// SPDX-License-Identifier: Apache-2.0
package dev.sortline.gateway.firing;

import dev.sortline.metrics.LoopWatch;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** Waits until there is something due, to the tenth of a millisecond, and never acts before it. */
public final class FiringThread implements AutoCloseable {
    /** The wall clock is looked at this often, for it may have been set. */
    private static final long LOOK_EVERY_NANOS = 100_000_000;

    private final Thread thread = new Thread(this::run, "firing");
    private final LoopWatch turns = new LoopWatch(System::nanoTime);
    private volatile boolean stopping;
    private volatile long lastRoundNanos = System.nanoTime();
    private volatile LongSupplier work = () -> Long.MAX_VALUE;

    /**
     * Starts the thread, which then runs what is due whenever its time has come.
     *
     * @param due does what is due and gives when it wants to be called again, by {@link System#nanoTime}
     * @param onFailure is told when it fails: nothing fires any more
     */
    public void start(LongSupplier due, Consumer<Throwable> onFailure) {
        work = due;
        thread.setUncaughtExceptionHandler((unused, failure) -> onFailure.accept(failure));
        thread.setDaemon(true);
        lastRoundNanos = System.nanoTime();
        thread.start();
    }

    /** For how long it has not come round, which it does ten times a second: dead, or stuck. */
    public Duration standsFor() {
        return Duration.ofNanos(System.nanoTime() - lastRoundNanos);
    }

    /** How it comes round. */
    public LoopWatch turns() {
        return turns;
    }

    /** Has the work called at once. */
    public void wake() {
        LockSupport.unpark(thread);
    }

    private void run() {
        while (!stopping) {
            lastRoundNanos = System.nanoTime();
            turns.turn();
            long wait = work.getAsLong() - System.nanoTime();
            if (wait > 0) {
                LockSupport.parkNanos(this, Math.min(wait, LOOK_EVERY_NANOS));
            }
        }
    }

    @Override
    public void close() {
        stopping = true;
        wake();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
