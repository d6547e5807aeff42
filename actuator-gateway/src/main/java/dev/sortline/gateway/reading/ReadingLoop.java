// SPDX-License-Identifier: Apache-2.0
package dev.sortline.gateway.reading;

import dev.sortline.metrics.LoopWatch;
import dev.sortline.trouble.RootCause;
import dev.sortline.trouble.TroubleLog;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.UnsupportedVersionException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * Reads for as long as that is wanted, on a thread of its own. What fails is begun anew a second later, for a cluster may be away for
 * any time; only what no further attempt can mend ends the reading.
 */
final class ReadingLoop implements AutoCloseable {
    private static final TroubleLog TROUBLE = new TroubleLog(LoggerFactory.getLogger(ReadingLoop.class));
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final Runnable wakeUp;
    private final Reading reading;
    private final CountDownLatch stop = new CountDownLatch(1);
    private final LoopWatch turns = new LoopWatch(System::nanoTime);
    private final Thread thread;

    /** What is read, all of it on the loop's thread. */
    interface Reading {
        /** Takes up what there is; returns within a second or so. */
        void read();

        /** Something has failed: what comes next begins anew. */
        void beginAnew();

        /** Reads no more. */
        void end();
    }

    /**
     * @param name what is read
     * @param wakeUp ends a wait within {@link Reading#read}, with a {@link WakeupException}
     * @param onFailure is told when reading has ended for good without having been closed
     */
    ReadingLoop(String name, Runnable wakeUp, Reading reading, Consumer<Throwable> onFailure) {
        this.wakeUp = wakeUp;
        this.reading = reading;
        thread = new Thread(this::run, name);
        thread.setUncaughtExceptionHandler((unused, failure) -> onFailure.accept(failure));
    }

    /** How regularly it comes round. */
    LoopWatch turns() {
        return turns;
    }

    void start() {
        thread.start();
    }

    private void run() {
        try {
            // A commit that is waited for swallows the wake-up.
            while (stop.getCount() > 0) {
                turns.turn();
                read();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            reading.end();
        }
    }

    private void read() throws InterruptedException {
        try {
            reading.read();
        } catch (WakeupException e) {
            // close() asked for the end
        } catch (RuntimeException e) {
            if (isFinal(e)) {
                throw e;
            }
            TROUBLE.warn(
                    thread.getName(), "Reading " + thread.getName() + " failed and begins anew: " + RootCause.of(e));
            beginAnew();
            var unused = stop.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void beginAnew() {
        try {
            reading.beginAnew();
        } catch (RuntimeException e) {
            TROUBLE.warn(
                    thread.getName(), "Reading " + thread.getName() + " cannot begin anew yet: " + RootCause.of(e));
        }
    }

    /** Whether nothing but another configuration, or other rights, would help. Kafka wraps what happens while lines change hands. */
    private static boolean isFinal(RuntimeException failure) {
        for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof AuthenticationException
                    || cause instanceof AuthorizationException
                    || cause instanceof UnsupportedVersionException
                    || cause instanceof InterruptException) {
                return true;
            }
        }
        return false;
    }

    /** Ends the reading. Blocks until it has. */
    @Override
    public void close() {
        stop.countDown();
        wakeUp.run();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
