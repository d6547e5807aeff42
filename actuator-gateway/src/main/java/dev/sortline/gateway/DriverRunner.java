// SPDX-License-Identifier: Apache-2.0
package dev.sortline.gateway;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
final class DriverRunner implements Actuators, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DriverRunner.class);
    private static final int MOST_WAITING = 256;
    private static final Duration STOP_WITHIN = Duration.ofSeconds(5);

    private final String name;
    private final ActuatorDriver driver;
    private final FiringSettings settings;
    private final GatewayMetrics metrics;
    private final Thread thread;
    private final Backoff backoff = new Backoff();

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition something = lock.newCondition();
    private final Deque<Firing> firings = new ArrayDeque<>();
    private final Deque<Held> held = new ArrayDeque<>();
    private final Deque<Announcement> announcements = new ArrayDeque<>();
    private final Map<String, LineStatus> beats = new LinkedHashMap<>();
    private boolean stopping;
    private volatile boolean up;
    private volatile String problem = "is not connected yet";

    private record Firing(Shot shot, long fireAtNanos, Consumer<Boolean> taken) {}

    private record Held(Shot shot, long untilNanos) {}

    @FunctionalInterface
    private interface Call {
        void make() throws IOException, InterruptedException;
    }

    DriverRunner(String name, ActuatorDriver driver, FiringSettings settings, GatewayMetrics metrics) {
        this.name = name;
        this.driver = driver;
        this.settings = settings;
        this.metrics = metrics;
        thread = new Thread(this::run, "driver-" + name);
        thread.setDaemon(true);
        metrics.driver(name, () -> up);
    }

    void start() {
        thread.start();
    }

    /** Why the controller cannot be told anything; empty when it can. */
    Optional<String> problem() {
        return up ? Optional.empty() : Optional.of("driver %s: %s".formatted(name, problem));
    }

    @Override
    public void fire(Shot shot, long fireAtNanos, Consumer<Boolean> taken) {
        lock.lock();
        try {
            if (up && !stopping && firings.size() < MOST_WAITING && driver.reaches(shot)) {
                firings.add(new Firing(shot, fireAtNanos, taken));
                something.signal();
                return;
            }
        } finally {
            lock.unlock();
        }
        untold(new Firing(shot, fireAtNanos, taken));
    }

    @Override
    public void announce(Announcement announcement) {
        tell(() -> {
            if (announcements.size() == MOST_WAITING) {
                announcements.remove();
                metrics.untold(name, "announce");
            }
            announcements.add(announcement);
        });
    }

    @Override
    public void beat(LineStatus status) {
        // Only how a line stands now is of use, so a controller that is slow gets fewer.
        tell(() -> beats.put(status.lineId(), status));
    }

    private void tell(Runnable add) {
        lock.lock();
        try {
            if (up && !stopping) {
                add.run();
                something.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    private void run() {
        try {
            while (!isStopping()) {
                connect();
                while (up && !isStopping()) {
                    serve();
                }
            }
            releaseAll();
        } catch (InterruptedException e) {
            LOG.info("Driver {} was interrupted", name);
        } finally {
            up = false;
            driver.disconnect();
            giveUpWhatWaits();
        }
    }

    private void connect() throws InterruptedException {
        try {
            driver.connect();
            up = true;
            LOG.info("Driver {} is connected", name);
        } catch (IOException | RuntimeException e) {
            lost(e);
        }
    }

    private void lost(Exception failure) throws InterruptedException {
        up = false;
        Duration wait = backoff.afterFailure();
        problem = "%s; trying again in %d ms".formatted(failure.getMessage(), wait.toMillis());
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
        Call call = awaitCall();
        if (call == null) {
            return;
        }
        try {
            call.make();
            backoff.reset();
        } catch (IOException | RuntimeException e) {
            lost(e);
        }
    }

    private @Nullable Call awaitCall() throws InterruptedException {
        lock.lock();
        try {
            Call call = next();
            while (call == null && !stopping) {
                Held pulse = held.peek();
                long wait = pulse == null ? Long.MAX_VALUE : pulse.untilNanos() - System.nanoTime();
                var unused = something.awaitNanos(wait);
                call = next();
            }
            return call;
        } finally {
            lock.unlock();
        }
    }

    private @Nullable Call next() {
        Firing firing = firings.poll();
        if (firing != null) {
            return () -> fire(firing);
        }
        Held pulse = held.peek();
        if (pulse != null && pulse.untilNanos() - System.nanoTime() <= 0) {
            held.remove();
            return () -> driver.release(pulse.shot());
        }
        Iterator<LineStatus> statuses = beats.values().iterator();
        if (statuses.hasNext()) {
            LineStatus status = statuses.next();
            statuses.remove();
            return () -> driver.beat(status);
        }
        Announcement announcement = announcements.poll();
        return announcement == null ? null : () -> driver.announce(announcement);
    }

    private void fire(Firing firing) throws IOException, InterruptedException {
        // No longer than the lead of a shot: to sleep would be to be late.
        while (System.nanoTime() - firing.fireAtNanos() < 0) {
            Thread.onSpinWait();
        }
        long error = System.nanoTime() - firing.fireAtNanos();
        if (error > settings.tolerance().toNanos()) {
            untold(firing);
            return;
        }
        boolean taken = false;
        try {
            taken = driver.fire(firing.shot());
            metrics.fired(name, error);
            metrics.taken(name, System.nanoTime() - firing.fireAtNanos());
            hold(firing.shot());
        } finally {
            if (taken) {
                firing.taken().accept(true);
            } else {
                untold(firing);
            }
        }
        // Only now: what fired has fired, even if this fails.
        driver.report(firing.shot());
    }

    private void hold(Shot shot) {
        lock.lock();
        try {
            held.add(new Held(shot, System.nanoTime() + settings.pulse().toNanos()));
        } finally {
            lock.unlock();
        }
    }

    private void untold(Firing firing) {
        metrics.untold(name, "fire");
        firing.taken().accept(false);
    }

    private void giveUpWhatWaits() {
        List<Firing> givenUp;
        lock.lock();
        try {
            givenUp = new ArrayList<>(firings);
            firings.clear();
            held.clear();
            beats.clear();
            announcements.clear();
        } finally {
            lock.unlock();
        }
        givenUp.forEach(this::untold);
    }

    /** No ejector stays held by a gateway that goes. */
    private void releaseAll() throws InterruptedException {
        try {
            for (Held pulse = held.poll(); up && pulse != null; pulse = held.poll()) {
                driver.release(pulse.shot());
            }
        } catch (IOException | RuntimeException e) {
            LOG.warn("Driver {}: {}", name, e.getMessage());
        }
    }

    private boolean isStopping() {
        lock.lock();
        try {
            return stopping;
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
