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
import dev.sortline.gateway.rules.FiringSettings;
import dev.sortline.gateway.rules.Shot;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
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
    private static final Duration STOP_WITHIN = Duration.ofSeconds(5);

    private final String name;
    private final ActuatorDriver driver;
    private final FiringSettings settings;
    private final GatewayMetrics metrics;
    private final Thread thread;
    private final ControllerLink link = new ControllerLink();
    private final DriverMailbox mailbox = new DriverMailbox();

    /**
     * Prepares the thread; nothing runs yet.
     *
     * @param name the driver's name in the line file, which stands in messages and metrics
     * @param settings how long a pulse is, and how late a shot may leave
     */
    public DriverRunner(String name, ActuatorDriver driver, FiringSettings settings, GatewayMetrics metrics) {
        this.name = name;
        this.driver = driver;
        this.settings = settings;
        this.metrics = metrics;
        thread = new Thread(this::run, "driver-" + name);
        thread.setDaemon(true);
        metrics.driver(name, link::isUp);
    }

    /** Reaches for the controller, and again whenever it is lost, until {@link #close}. Returns at once. */
    public void start() {
        thread.start();
    }

    /** Why the controller cannot be told anything; empty when it can. */
    public Optional<String> problem() {
        return link.problem().map(told -> "driver " + name + ": " + told);
    }

    @Override
    public void fire(Shot shot, long fireAtNanos, Consumer<Boolean> taken) {
        var firing = new Fire(shot, fireAtNanos, taken);
        if (!driver.reaches(shot) || !mailbox.fire(firing)) {
            undelivered(firing);
        }
    }

    @Override
    public void announce(Announcement announcement) {
        if (!mailbox.announce(announcement)) {
            metrics.undelivered(name, "announce");
        }
    }

    @Override
    public void beat(LineStatus status) {
        mailbox.beat(status);
    }

    @Override
    public void takeOver(String lineId) {
        mailbox.takeOver(lineId);
    }

    @Override
    public void handOver(String lineId) {
        mailbox.handOver(lineId);
    }

    private void run() {
        try {
            while (!mailbox.isStopping()) {
                connect();
                while (link.isUp() && !mailbox.isStopping()) {
                    serve();
                }
            }
            releaseAll();
        } catch (InterruptedException e) {
            LOG.info("Driver {} was interrupted", name);
        } finally {
            link.stopped();
            letGo();
        }
    }

    private void connect() throws InterruptedException {
        try {
            driver.connect();
            mailbox.open(Instant.now());
            link.connected();
            LOG.info("Driver {} is connected", name);
        } catch (IOException | RuntimeException e) {
            lost(e.getMessage());
        }
    }

    private void lost(@Nullable String reason) throws InterruptedException {
        Duration wait = link.lost(reason);
        LOG.warn("Driver {}: {}", name, link.problem().orElseThrow());
        metrics.driverFailed(name);
        letGo();
        mailbox.pause(wait);
    }

    private void letGo() {
        List<Fire> givenUp = mailbox.shut();
        try {
            driver.disconnect();
        } finally {
            givenUp.forEach(this::undelivered);
        }
    }

    /** Makes one call to the driver; waits until there is one to make. */
    private void serve() throws InterruptedException {
        Task task = mailbox.next();
        if (task == null) {
            return;
        }
        try {
            tell(task);
            link.served();
        } catch (IOException | RuntimeException e) {
            lost(at(task) + e.getMessage());
        }
    }

    /** At which ejector it failed, to begin a line with; empty where it was at none. */
    private static String at(Task task) {
        if (task instanceof Fire firing) {
            return "at " + named(firing.shot()) + ": ";
        }
        return task instanceof Release pulse ? "at " + named(pulse.shot()) + ": " : "";
    }

    private static String named(Shot shot) {
        return "ejector %d of %s".formatted(shot.ejector(), shot.lineId());
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

    private void fire(Fire firing) throws IOException, InterruptedException {
        long now = System.nanoTime();
        long error = now - firing.fireAtNanos();
        long latest = firing.fireAtNanos() + settings.tolerance().toNanos();
        if (now - latest > 0) {
            undelivered(firing);
            return;
        }
        boolean taken = false;
        try {
            taken = driver.fire(firing.shot(), latest);
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
            mailbox.hold(firing.shot(), settings.pulse());
            // Only now: what fired has fired, even if this fails.
            driver.report(firing.shot());
        }
    }

    private void undelivered(Fire firing) {
        metrics.undelivered(name, "fire");
        firing.taken().accept(false);
    }

    /** No ejector stays held by a gateway that goes. */
    private void releaseAll() throws InterruptedException {
        for (Release pulse = mailbox.pollHeld(); link.isUp() && pulse != null; pulse = mailbox.pollHeld()) {
            try {
                driver.release(pulse.shot());
            } catch (IOException | RuntimeException e) {
                LOG.warn("Driver {} stops and has not released {}: {}", name, named(pulse.shot()), e.getMessage());
                return;
            }
        }
    }

    /** Releases what is held and lets go of the controller. Blocks for at most 5 s. */
    @Override
    public void close() {
        mailbox.stop();
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
