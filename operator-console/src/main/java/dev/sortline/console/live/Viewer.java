// SPDX-License-Identifier: Apache-2.0
package dev.sortline.console.live;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * One who watches. While what was sent last is still under way to him nothing waits for him: he misses ticks, and then gets one that has it
 * all. So he keeps no thread and no memory but the one tick. Safe for use by several threads, none of which ever blocks.
 */
final class Viewer implements WriteListener {
    private final ServletOutputStream out;
    private final Runnable hangUp;
    private final CompletableFuture<@Nullable Void> gone = new CompletableFuture<>();
    private boolean greeted;
    private boolean missed;
    private boolean unflushed;

    /** Whether the container calls when there is room again. */
    private boolean waiting = true;

    private long waitingSince;

    /**
     * @param out his response, in non-blocking mode once this is its listener
     * @param hangUp breaks the connection, whatever is under way on it
     */
    Viewer(ServletOutputStream out, Runnable hangUp) {
        this.out = out;
        this.hangUp = hangUp;
        waitingSince = System.nanoTime();
    }

    /** Ends when he has gone, or was cut. */
    CompletableFuture<@Nullable Void> gone() {
        return gone;
    }

    /** Whether the next tick for him is one that has it all. */
    synchronized boolean wantsWhole() {
        return !waiting && (!greeted || missed);
    }

    /** Whether he has taken nothing for so long. */
    synchronized boolean stuckFor(Duration time) {
        return waiting && System.nanoTime() - waitingSince > time.toNanos();
    }

    /** Sends him what he needs of a tick, unless he is busy with an earlier one. */
    void offer(Tick tick) {
        try {
            send(tick);
        } catch (IOException | IllegalStateException e) {
            leave();
        }
    }

    private synchronized void send(Tick tick) throws IOException {
        if (gone.isDone()) {
            return;
        }
        if (waiting) {
            missed = true;
            return;
        }
        Optional<byte[]> next = next(tick);
        if (next.isPresent()) {
            greeted = true;
            missed = false;
            out.write(next.get());
            unflushed = true;
            drain();
        }
    }

    private Optional<byte[]> next(Tick tick) {
        if (!greeted) {
            return tick.hello();
        }
        return missed ? tick.whole() : Optional.of(tick.news());
    }

    private void drain() throws IOException {
        while (out.isReady()) {
            if (!unflushed) {
                waiting = false;
                return;
            }
            unflushed = false;
            out.flush();
        }
        waiting = true;
        waitingSince = System.nanoTime();
    }

    @Override
    public void onWritePossible() throws IOException {
        synchronized (this) {
            drain();
        }
    }

    @Override
    public void onError(Throwable failure) {
        leave();
    }

    /** Ends his response; what is under way still arrives, if he reads it. */
    void leave() {
        gone.complete(null);
    }

    /** Breaks his connection. */
    void cut() {
        hangUp.run();
        leave();
    }

    /** Ends his response, by force if he does not read. */
    void end() {
        boolean busy;
        synchronized (this) {
            busy = waiting;
        }
        if (busy) {
            cut();
        } else {
            leave();
        }
    }
}
