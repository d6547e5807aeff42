// SPDX-License-Identifier: Apache-2.0
package dev.sortline.line.chaos;

import dev.sortline.line.peers.CommandProcess;
import java.util.concurrent.Callable;
import java.util.function.Predicate;

/** A command that is started again whenever it has ended, as by systemd. For the thread of its {@link Ordeal}. */
final class Service implements AutoCloseable {
    private final String name;
    private final Callable<CommandProcess> start;
    private final Predicate<CommandProcess> ready;
    private volatile CommandProcess process;
    private boolean served;
    private boolean inTrouble;

    Service(String name, Callable<CommandProcess> start, Predicate<CommandProcess> ready) throws Exception {
        this.name = name;
        this.start = start;
        this.ready = ready;
        process = start.call();
    }

    boolean ready() {
        return ready.test(process);
    }

    /**
     * Starts it again if it has ended by itself.
     *
     * @throws AssertionError when it had been ready before that: then no trouble of another part may end it
     */
    void keepUp() throws Exception {
        if (inTrouble) {
            return;
        }
        if (process.alive()) {
            served = served || ready();
        } else if (served) {
            throw new AssertionError("%s has ended by itself: %s".formatted(name, process.log()));
        } else {
            startAgain();
        }
    }

    void kill() throws InterruptedException {
        inTrouble = true;
        process.kill();
    }

    void stop() throws InterruptedException {
        inTrouble = true;
        var unused = process.stop();
    }

    void startAgain() throws Exception {
        served = false;
        inTrouble = false;
        process = start.call();
    }

    void freeze() throws Exception {
        inTrouble = true;
        process.freeze();
    }

    void thaw() throws Exception {
        process.thaw();
        inTrouble = false;
    }

    @Override
    public void close() {
        process.close();
    }
}
