// SPDX-License-Identifier: Apache-2.0
package dev.sortline.gateway.firing;

import dev.sortline.contract.Heartbeat;
import dev.sortline.contract.RoutingEvent;
import dev.sortline.gateway.rules.Bookmark;
import dev.sortline.gateway.rules.ClockTrust;
import dev.sortline.gateway.rules.EjectorSchedule;
import dev.sortline.gateway.rules.EjectorSchedule.Due;
import dev.sortline.gateway.rules.EjectorSchedule.Planned;
import dev.sortline.gateway.rules.EjectorSchedule.Settled;
import dev.sortline.gateway.rules.EventFate;
import dev.sortline.gateway.rules.FiringSettings;
import dev.sortline.gateway.rules.Moment;
import dev.sortline.gateway.rules.OpenEvents;
import dev.sortline.gateway.rules.Shot;
import dev.sortline.gateway.rules.StepDetector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The gateway's one place of decision: takes events and heartbeats up, has shots fired at their time, and sees to it that each event
 * gets one fate, that of its first driver to deliver. Safe to use from any thread; no method waits.
 */
public final class FiringControl {
    private static final Logger LOG = LoggerFactory.getLogger(FiringControl.class);
    private static final long BEAT_EVERY_NANOS = Duration.ofSeconds(1).toNanos();

    private final FiringSettings settings;
    private final Map<String, List<ShotSink>> driversOfLine;
    private final GatewayMetrics metrics;
    private final Outcomes outcomes;
    private final Supplier<Moment> clock;
    private final Runnable wake;
    private final StepDetector steps;

    private final Map<String, ClockTrust> clocks = new HashMap<>();
    private final Map<String, OwnedLine> ownedLines = new HashMap<>();
    private final Map<Integer, OpenEvents> openEvents = new HashMap<>();
    private final Map<String, LineTally> tallies = new HashMap<>();
    private long ownerUntilNanos;
    private boolean owner;
    private long nextBeatNanos;

    /**
     * @param driversOfLine the drivers that act on each configured line, maybe none
     * @param outcomes hears of each item what became of it
     * @param wake is run when there is something to do sooner than was told
     */
    public FiringControl(
            FiringSettings settings,
            Map<String, List<ShotSink>> driversOfLine,
            GatewayMetrics metrics,
            Outcomes outcomes,
            Supplier<Moment> clock,
            Runnable wake) {
        this.settings = settings;
        this.driversOfLine = Map.copyOf(driversOfLine);
        this.metrics = metrics;
        this.outcomes = outcomes;
        this.clock = clock;
        this.wake = wake;
        Moment now = clock.get();
        steps = new StepDetector(now);
        nextBeatNanos = now.nanos();
        driversOfLine.keySet().forEach(line -> {
            tallies.put(line, new LineTally());
            clocks.put(line, new ClockTrust());
            metrics.line(line, () -> isAlive(line), () -> camerasInTrouble(line));
        });
    }

    /** The cluster has given these lines to this gateway. */
    public synchronized void takeOver(int partition, Set<String> lines, Bookmark predecessor) {
        Moment now = moment();
        openEvents.put(partition, new OpenEvents(predecessor));
        lines.forEach(line -> {
            var trust = clocks.computeIfAbsent(line, unused -> new ClockTrust());
            ownedLines.put(line, new OwnedLine(line, partition, new EjectorSchedule(settings, now, trust)));
            if (!settings.dryRun()) {
                drivers(line).forEach(driver -> driver.takeOver(line));
            }
        });
    }

    /**
     * The partition's lines are no longer this gateway's. What waits for its time is left to whoever has them next.
     *
     * @return where that one goes on; empty when the partition was not this gateway's
     */
    public synchronized Optional<Bookmark> handOver(int partition) {
        ownedLines.entrySet().removeIf(owned -> {
            boolean goes = owned.getValue().partition() == partition;
            if (goes) {
                drivers(owned.getKey()).forEach(driver -> driver.handOver(owned.getKey()));
            }
            return goes;
        });
        return Optional.ofNullable(openEvents.remove(partition)).map(OpenEvents::bookmark);
    }

    /** Where a successor would go on in each partition. */
    public synchronized Map<Integer, Bookmark> bookmarks() {
        Map<Integer, Bookmark> bookmarks = new HashMap<>();
        openEvents.forEach((partition, open) -> bookmarks.put(partition, open.bookmark()));
        return bookmarks;
    }

    /** Until then no other gateway can have this one's lines. */
    public synchronized void ownedUntil(long nanos) {
        ownerUntilNanos = nanos;
        owner = true;
    }

    /** Whether no other gateway can have this one's lines now; {@code true} where it has none. */
    public synchronized boolean isSureOfItsLines() {
        return ownedLines.isEmpty() || (owner && clock.get().nanos() - ownerUntilNanos < 0);
    }

    /** A record that is no routing event. */
    public synchronized void unreadable(int partition, long offset) {
        if (read(partition, offset)) {
            closeEvent(partition, offset);
            count(GatewayMetrics.UNKNOWN_LINE, EventFate.UNREADABLE);
        }
    }

    /**
     * A routing event was read.
     *
     * @param partition where, of those that this gateway has taken over
     * @param offset its place there
     */
    public synchronized void accept(RoutingEvent event, int partition, long offset) {
        Moment now = moment();
        OwnedLine line = ownedLines.get(event.lineId());
        if (!read(partition, offset)) {
            if (line != null) {
                line.schedule().remember(event, now);
            }
            return;
        }
        if (line == null || line.partition() != partition) {
            closeEvent(partition, offset);
            count(GatewayMetrics.UNKNOWN_LINE, EventFate.UNKNOWN_LINE);
            return;
        }
        var outcome = line.schedule().accept(event, offset, now);
        if (outcome instanceof Settled settled) {
            settle(event, settled.fate(), partition, offset);
            if (settled.fate() != EventFate.DUPLICATE && settled.fate() != EventFate.PAST) {
                announce(new Announcement(event, null, settled.fate()));
            }
        } else if (outcome instanceof Planned planned) {
            announce(new Announcement(event, planned.shot(), null));
            wake.run();
        }
    }

    /** A heartbeat was read, of any line. */
    public synchronized void heartbeat(Heartbeat heartbeat) {
        Moment now = moment();
        ClockTrust trust = clocks.get(heartbeat.lineId());
        if (trust != null) {
            trust.beat(heartbeat.sentAt(), now);
        }
        OwnedLine line = ownedLines.get(heartbeat.lineId());
        if (line != null) {
            boolean agrees = line.beat(heartbeat, now);
            metrics.heartbeat(heartbeat.lineId(), Duration.between(heartbeat.sentAt(), now.wall()), agrees);
            wake.run();
        }
    }

    /** Fires what is due. Gives when it wants to be called again at the latest, by {@link System#nanoTime}. */
    public synchronized long fireDue() {
        Moment now = moment();
        if (owner && now.nanos() - ownerUntilNanos >= 0) {
            LOG.warn("The cluster has not confirmed that lines {} are still this gateway's: nothing fires", lines());
            owner = false;
        }
        long wait = tellStatus(now.nanos());
        for (var line : List.copyOf(ownedLines.values())) {
            for (Due due : line.schedule().due(now.nanos(), owner)) {
                settle(due, line.partition());
            }
            long next = line.schedule().nextNanos();
            wait = next == Long.MAX_VALUE ? wait : Math.min(wait, next - now.nanos());
        }
        return now.nanos() + Math.max(0, wait);
    }

    private long tellStatus(long nowNanos) {
        if (nowNanos - nextBeatNanos >= 0) {
            nextBeatNanos = nowNanos + BEAT_EVERY_NANOS;
            ownedLines.forEach((id, line) -> {
                boolean alive = line.isAlive(nowNanos) && owner;
                var status = tally(id).nextStatus(id, alive, settings.dryRun(), line.cameras(nowNanos));
                drivers(id).forEach(driver -> driver.beat(status));
            });
        }
        return nextBeatNanos - nowNanos;
    }

    private void settle(Due due, int partition) {
        Planned planned = due.planned();
        RoutingEvent event = planned.shot().event();
        if (due.dropped() != null) {
            settle(event, due.dropped(), partition, planned.offset());
            return;
        }
        closeEvent(partition, planned.offset());
        if (settings.dryRun()) {
            conclude(event, EventFate.DRY_RUN);
            return;
        }
        fire(planned, drivers(event.lineId()));
    }

    private void fire(Planned planned, Collection<ShotSink> drivers) {
        Shot shot = planned.shot();
        if (drivers.isEmpty()) {
            conclude(shot.event(), EventFate.UNDELIVERED);
            return;
        }
        var delivery = new ShotDelivery(
                drivers.size(), () -> fired(shot), () -> conclude(shot.event(), EventFate.UNDELIVERED));
        drivers.forEach(driver -> driver.fire(shot, planned.fireAtNanos(), delivery));
    }

    private synchronized void fired(Shot shot) {
        conclude(shot.event(), EventFate.FIRED);
        tally(shot.lineId()).countShot(shot.ejector());
    }

    private void settle(RoutingEvent event, EventFate fate, int partition, long offset) {
        closeEvent(partition, offset);
        conclude(event, fate);
    }

    private void conclude(RoutingEvent event, EventFate fate) {
        count(event.lineId(), fate);
        if (fate.isOfItem()) {
            outcomes.settled(event, fate);
        }
    }

    private synchronized void count(String line, EventFate fate) {
        metrics.count(line, fate);
        tally(line).count(fate);
    }

    private void closeEvent(int partition, long offset) {
        OpenEvents open = openEvents.get(partition);
        if (open != null) {
            open.settle(offset);
        }
    }

    /** {@code false} when a predecessor has given the event its fate, or the partition is not this gateway's. */
    private boolean read(int partition, long offset) {
        OpenEvents open = openEvents.get(partition);
        return open != null && open.read(offset);
    }

    private void announce(Announcement announcement) {
        drivers(announcement.event().lineId()).forEach(driver -> driver.announce(announcement));
    }

    private Moment moment() {
        Moment now = clock.get();
        if (steps.isStep(now)) {
            LOG.warn(
                    "This machine's clock was set: nothing new of lines {} is taken up before a heartbeat agrees with it",
                    lines());
            metrics.clockStepped();
            clocks.values().forEach(trust -> trust.clockStepped(now));
            ownedLines.values().forEach(line -> line.schedule().clockStepped());
        }
        return now;
    }

    private List<ShotSink> drivers(String line) {
        return driversOfLine.getOrDefault(line, List.of());
    }

    private LineTally tally(String line) {
        return tallies.computeIfAbsent(line, unused -> new LineTally());
    }

    private synchronized boolean isAlive(String id) {
        OwnedLine line = ownedLines.get(id);
        return line != null && line.isAlive(clock.get().nanos());
    }

    private synchronized double camerasInTrouble(String id) {
        OwnedLine line = ownedLines.get(id);
        return line == null ? Double.NaN : line.camerasInTrouble(clock.get().nanos());
    }

    /** The lines that are this gateway's, sorted. */
    public synchronized List<String> lines() {
        return ownedLines.keySet().stream().sorted().toList();
    }

    /** The cameras in trouble of the lines that are this gateway's, a line each. */
    public synchronized List<String> camerasInTrouble() {
        long now = clock.get().nanos();
        return new TreeMap<>(ownedLines)
                .values().stream().flatMap(line -> line.warnings(now).stream()).toList();
    }

    /** Lines that are this gateway's and whose classifier's clock may be another since this machine's was set. */
    public synchronized List<String> linesByAnotherClock() {
        return ownedLines.entrySet().stream()
                .filter(line -> !line.getValue().schedule().pulse().trustsTheClock())
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }

    /** Lines that are this gateway's and whose heartbeat is missing. */
    public synchronized List<String> silentLines() {
        long now = clock.get().nanos();
        List<String> silent = new ArrayList<>();
        ownedLines.forEach((id, line) -> {
            if (!line.isAlive(now)) {
                silent.add(id);
            }
        });
        return silent;
    }
}
