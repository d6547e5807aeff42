// SPDX-License-Identifier: Apache-2.0
package dev.sortline.process;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * SIGTERM and Ctrl-C as a word to the running command: it drains and ends with its own exit code, where the JVM by itself
 * would end at once with 143 or 130.
 */
public final class StopSignal {
    private static final long DRAINED_WITHIN_SECONDS = 20;

    private final CountDownLatch requested = new CountDownLatch(1);
    private final CompletableFuture<Integer> exitCode = new CompletableFuture<>();
    private volatile boolean endsAtOnce;

    /** A signal that only {@link #request} gives. */
    public StopSignal() {}

    /** From now on signals come here. */
    public static StopSignal install() {
        var signal = new StopSignal();
        Runtime.getRuntime().addShutdownHook(new Thread(signal::drain, "stop-signal"));
        return signal;
    }

    /** Waits until the process is told to stop. */
    public void await() throws InterruptedException {
        requested.await();
    }

    /** Waits until the process is told to stop, or the time is over; {@code true} when told to stop. */
    public boolean await(long time, TimeUnit unit) throws InterruptedException {
        return requested.await(time, unit);
    }

    /** Ends a wait as if the process had been told to stop. */
    public void request() {
        requested.countDown();
    }

    /**
     * From now on a signal ends the process at once, with the JVM's own exit code: for commands that have nothing to drain. What they must not
     * leave behind, they clean up in shutdown hooks of their own.
     */
    public void endAtOnce() {
        endsAtOnce = true;
    }

    /** Ends the process; everything that had to be drained is. */
    public void exit(int code) {
        exitCode.complete(code);
        System.exit(code);
    }

    private void drain() {
        if (exitCode.isDone() || endsAtOnce) {
            return;
        }
        requested.countDown();
        try {
            Runtime.getRuntime().halt(exitCode.get(DRAINED_WITHIN_SECONDS, TimeUnit.SECONDS));
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            System.err.println("sortline: gave up draining after " + DRAINED_WITHIN_SECONDS + " s");
            Runtime.getRuntime().halt(1);
        }
    }
}
