// SPDX-License-Identifier: Apache-2.0
package dev.sortline.gateway.driver;

import dev.sortline.gateway.driver.DriverQueue.Task;
import dev.sortline.gateway.driver.DriverQueue.Task.Announce;
import dev.sortline.gateway.driver.DriverQueue.Task.Beat;
import dev.sortline.gateway.driver.DriverQueue.Task.Fire;
import dev.sortline.gateway.driver.DriverQueue.Task.Probe;
import dev.sortline.gateway.driver.DriverQueue.Task.Release;
import dev.sortline.gateway.driver.DriverQueue.Task.TakeOver;
import dev.sortline.gateway.firing.Announcement;
import dev.sortline.gateway.firing.GatewayMetrics;
import dev.sortline.gateway.firing.LineStatus;
import dev.sortline.gateway.firing.ShotSink;
import dev.sortline.gateway.rules.EjectorSchedule;
import dev.sortline.gateway.rules.FiringSettings;
import dev.sortline.gateway.rules.Shot;
import dev.sortline.trouble.OneLine;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs one driver on a thread of its own: hands it what there is to tell, the most urgent first, and brings its controller back
 * when it is lost. Nothing waits for it: what cannot be told in time is not told.
 */
public final class DriverRunner implements ShotSink, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DriverRunner.class);
    private static final int MOST_CHARACTERS = 400;
    private static final Duration STOP_WITHIN = Duration.ofSeconds(5);

    private final String name;
    private final ActuatorDriver driver;
    private final FiringSettings settings;
    private final GatewayMetrics metrics;
    private final Thread thread;
    private final Backoff backoff = new Backoff();

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition something = lock.newCondition();
    private final DriverQueue queue = new DriverQueue(System.nanoTime());
    private final Set<String> lines = new LinkedHashSet<>();
    private volatile int added;
    private volatile boolean stopping;
    /** Why the controller cannot be told anything; {@code null} when it can. */
    private volatile @Nullable String problem = "is not connected yet";

    public DriverRunner(String name, ActuatorDriver driver, FiringSettings settings, GatewayMetrics metrics) {
        this.name = name;
        this.driver = driver;
        this.settings = settings;
        this.metrics = metrics;
        thread = new Thread(this::run, "driver-" + name);
        thread.setDaemon(true);
        metrics.driver(name, this::isUp);
    }

    public void start() {
        thread.start();
    }

    /** Why the controller cannot be told anything; empty when it can. */
    public Optional<String> problem() {
        return Optional.ofNullable(problem).map(told -> "driver " + name + ": " + told);
    }

    private boolean isUp() {
        return problem == null;
    }

    @Override
    public void fire(Shot shot, long fireAtNanos, Consumer<Boolean> taken) {
        var firing = new Fire(shot, fireAtNanos, taken);
        lock.lock();
        try {
            if (isUp() && !stopping && driver.reaches(shot) && queue.add(firing)) {
                signal();
                return;
            }
        } finally {
            lock.unlock();
        }
        undelivered(firing);
    }

    @Override
    public void announce(Announcement announcement) {
        tell(() -> {
            if (!queue.announce(announcement)) {
                metrics.undelivered(name, "announce");
            }
        });
    }

    @Override
    public void beat(LineStatus status) {
        tell(() -> queue.beat(status));
    }

    @Override
    public void takeOver(String lineId) {
        lock.lock();
        try {
            lines.add(lineId);
        } finally {
            lock.unlock();
        }
        tell(() -> queue.takeOver(lineId));
    }

    @Override
    public void handOver(String lineId) {
        lock.lock();
        try {
            lines.remove(lineId);
        } finally {
            lock.unlock();
        }
    }

    private void tell(Runnable add) {
        lock.lock();
        try {
            if (isUp() && !stopping) {
                add.run();
                signal();
            }
        } finally {
            lock.unlock();
        }
    }

    /** With the lock. */
    @SuppressWarnings("NonAtomicVolatileUpdate")
    private void signal() {
        added++;
        something.signal();
    }

    private void run() {
        try {
            while (!stopping) {
                connect();
                while (isUp() && !stopping) {
                    serve();
                }
            }
            releaseAll();
        } catch (InterruptedException e) {
            LOG.info("Driver {} was interrupted", name);
        } finally {
            problem = "has stopped";
            driver.disconnect();
            giveUpWhatWaits();
        }
    }

    private void connect() throws InterruptedException {
        try {
            driver.connect();
            begin();
            LOG.info("Driver {} is connected", name);
        } catch (IOException | RuntimeException e) {
            lost(e);
        }
    }

    private void begin() {
        lock.lock();
        try {
            lines.forEach(queue::takeOver);
            problem = null;
        } finally {
            lock.unlock();
        }
    }

    private void lost(Exception failure) throws InterruptedException {
        Duration wait = backoff.afterFailure();
        problem = OneLine.of(failure.getMessage(), MOST_CHARACTERS) + "; trying again in " + wait.toMillis() + " ms";
        LOG.warn("Driver {}: {}", name, problem);
        metrics.driverFailed(name);
        driver.disconnect();
        giveUpWhatWaits();
        pause(wait);
    }

    private void pause(Duration wait) throws InterruptedException {
        long end = System.nanoTime() + wait.toNanos();
        lock.lock();
        try {
            for (long left = wait.toNanos(); left > 0 && !stopping; left = end - System.nanoTime()) {
                var unused = something.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Makes one call to the driver; waits until there is one to make. */
    private void serve() throws InterruptedException {
        Task task = awaitTask();
        if (task == null) {
            return;
        }
        try {
            tell(task);
            backoff.reset();
        } catch (IOException | RuntimeException e) {
            lost(e);
        }
    }

    private void tell(Task task) throws IOException, InterruptedException {
        if (task instanceof Fire firing) {
            fire(firing);
        } else if (task instanceof Release pulse) {
            driver.release(pulse.shot());
        } else if (task instanceof TakeOver line) {
            driver.takeOver(line.lineId());
        } else if (task instanceof Beat beat) {
            driver.beat(beat.status());
        } else if (task instanceof Announce item) {
            driver.announce(item.announcement());
        } else if (task instanceof Probe) {
            driver.probe();
        }
    }

    private @Nullable Task awaitTask() throws InterruptedException {
        while (!stopping) {
            long spinUntil;
            int seen;
            lock.lock();
            try {
                long now = System.nanoTime();
                Task task = queue.next(now);
                if (task != null) {
                    return task;
                }
                long wait = queue.waitNanos(now);
                if (queue.shotInNanos(now) > EjectorSchedule.LEAD.toNanos()) {
                    var unused = something.awaitNanos(wait);
                    continue;
                }
                spinUntil = now + wait;
                seen = added;
            } finally {
                lock.unlock();
            }
            // No longer than the lead of a shot: to sleep would be to be late.
            while (System.nanoTime() - spinUntil < 0 && added == seen && !stopping) {
                Thread.onSpinWait();
            }
        }
        return null;
    }

    private void fire(Fire firing) throws IOException, InterruptedException {
        long error = System.nanoTime() - firing.fireAtNanos();
        if (error > settings.tolerance().toNanos()) {
            undelivered(firing);
            return;
        }
        boolean taken = false;
        try {
            taken = driver.fire(firing.shot());
            metrics.fired(name, error);
            metrics.taken(name, System.nanoTime() - firing.fireAtNanos());
        } finally {
            if (taken) {
                firing.taken().accept(true);
            } else {
                undelivered(firing);
            }
        }
        if (taken) {
            hold(firing.shot());
            // Only now: what fired has fired, even if this fails.
            driver.report(firing.shot());
        }
    }

    private void hold(Shot shot) {
        lock.lock();
        try {
            queue.hold(shot, System.nanoTime() + settings.pulse().toNanos());
        } finally {
            lock.unlock();
        }
    }

    private void undelivered(Fire firing) {
        metrics.undelivered(name, "fire");
        firing.taken().accept(false);
    }

    private void giveUpWhatWaits() {
        List<Fire> givenUp;
        lock.lock();
        try {
            givenUp = queue.clear();
        } finally {
            lock.unlock();
        }
        givenUp.forEach(this::undelivered);
    }

    /** No ejector stays held by a gateway that goes. */
    private void releaseAll() throws InterruptedException {
        try {
            for (Release pulse = pollHeld(); isUp() && pulse != null; pulse = pollHeld()) {
                driver.release(pulse.shot());
            }
        } catch (IOException | RuntimeException e) {
            LOG.warn("Driver {}: {}", name, e.getMessage());
        }
    }

    private @Nullable Release pollHeld() {
        lock.lock();
        try {
            return queue.pollHeld();
        } finally {
            lock.unlock();
        }
    }

    /** Releases what is held and lets go of the controller. Blocks for at most 5 s. */
    @Override
    public void close() {
        lock.lock();
        try {
            stopping = true;
            something.signalAll();
        } finally {
            lock.unlock();
        }
        try {
            thread.join(STOP_WITHIN.toMillis());
            if (thread.isAlive()) {
                thread.interrupt();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
