// SPDX-License-Identifier: Apache-2.0
package dev.sortline.line.peers;

import dev.sortline.loopback.JavaProcess;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Callable;

/** Processes of one kind that take over from each other, the oldest first. */
public final class Successors<P extends JavaProcess> implements AutoCloseable {
    private final Callable<P> start;
    private final Deque<P> running = new ArrayDeque<>();

    public Successors(Callable<P> start) {
        this.start = start;
    }

    public void join() throws Exception {
        running.addLast(start.call());
    }

    public P newest() {
        return running.getLast();
    }

    public void killOldest() throws InterruptedException {
        running.removeFirst().kill();
    }

    public void stopOldest() throws Exception {
        P leaving = running.removeFirst();
        int exitCode = leaving.stop();
        if (exitCode != 0) {
            throw new AssertionError("ended with %d: %s".formatted(exitCode, leaving.log()));
        }
    }

    @Override
    public void close() throws InterruptedException {
        for (P process : running) {
            process.kill();
        }
    }
}
