// SPDX-License-Identifier: Apache-2.0
package dev.sortline.gateway.driver;

import dev.sortline.gateway.driver.DriverQueue.Task.Announce;
import dev.sortline.gateway.driver.DriverQueue.Task.Beat;
import dev.sortline.gateway.driver.DriverQueue.Task.Fire;
import dev.sortline.gateway.driver.DriverQueue.Task.Probe;
import dev.sortline.gateway.driver.DriverQueue.Task.Release;
import dev.sortline.gateway.driver.DriverQueue.Task.TakeOver;
import dev.sortline.gateway.firing.Announcement;
import dev.sortline.gateway.firing.LineStatus;
import dev.sortline.gateway.rules.Shot;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What one driver has yet to be told, and which of it comes first: a shot whose time has come, by its time and not by when it was
 * handed over; then the end of a pulse; then, while no shot waits for its time, the rest. Bounded. Has no clock of its own; times are those of
 * {@link System#nanoTime}. Belongs to one thread at a time.
 */
final class DriverQueue {
    /** So many shots wait at most, and so many announcements. */
    static final int MOST_WAITING = 256;

    /** A controller that has been told nothing for so long is asked whether it is there. */
    static final Duration QUIET = Duration.ofSeconds(1);

    private final PriorityQueue<Fire> shots =
            new PriorityQueue<>((a, b) -> Long.signum(a.fireAtNanos() - b.fireAtNanos()));
    private final Deque<Release> held = new ArrayDeque<>();
    private final Set<String> takenOver = new LinkedHashSet<>();
    private final Map<String, LineStatus> beats = new LinkedHashMap<>();
    private final Deque<Announcement> announcements = new ArrayDeque<>();
    private long quietSinceNanos;

    /** One thing to tell. */
    sealed interface Task {
        /**
         * A shot.
         *
         * @param fireAtNanos its time
         * @param taken is told whether the controller has taken it
         */
        record Fire(Shot shot, long fireAtNanos, Consumer<Boolean> taken) implements Task {}

        /**
         * The end of a shot's pulse.
         *
         * @param atNanos when
         */
        record Release(Shot shot, long atNanos) implements Task {}

        /** A line that has become this gateway's. */
        record TakeOver(String lineId) implements Task {}

        /** How a line stands. */
        record Beat(LineStatus status) implements Task {}

        /** An item ahead of its time. */
        record Announce(Announcement announcement) implements Task {}

        /** Nothing, to see whether somebody is there. */
        record Probe() implements Task {}
    }

    DriverQueue(long nowNanos) {
        quietSinceNanos = nowNanos;
    }

    /** {@code false} when there is no room. */
    boolean add(Fire shot) {
        return shots.size() < MOST_WAITING && shots.add(shot);
    }

    /** A shot has fired: its ejector is let go at that time. They come in the order of their times. */
    void hold(Shot shot, long untilNanos) {
        held.add(new Release(shot, untilNanos));
    }

    void takeOver(String lineId) {
        takenOver.add(lineId);
    }

    /** Only how a line stands now is of use, so a controller that is slow gets fewer. */
    void beat(LineStatus status) {
        beats.put(status.lineId(), status);
    }

    /** {@code false} when an older one had to make room. */
    boolean announce(Announcement announcement) {
        boolean room = announcements.size() < MOST_WAITING;
        if (!room) {
            announcements.remove();
        }
        announcements.add(announcement);
        return room;
    }

    /** What to tell now; {@code null} for nothing. What is given is no longer in the queue. */
    @Nullable Task next(long nowNanos) {
        Task next = choose(nowNanos);
        if (next != null) {
            quietSinceNanos = nowNanos;
        }
        return next;
    }

    private @Nullable Task choose(long nowNanos) {
        Fire shot = shots.peek();
        if (shot != null && shot.fireAtNanos() - nowNanos <= 0) {
            Release before = endOfEarlierPulse(shot.shot());
            return before != null ? before : shots.remove();
        }
        Release pulse = held.peek();
        if (pulse != null && pulse.atNanos() - nowNanos <= 0) {
            return held.remove();
        }
        if (shot != null) {
            // It may take long to tell the rest.
            return null;
        }
        return rest(nowNanos);
    }

    private @Nullable Task rest(long nowNanos) {
        Iterator<String> lines = takenOver.iterator();
        if (lines.hasNext()) {
            String line = lines.next();
            lines.remove();
            return new TakeOver(line);
        }
        Iterator<LineStatus> statuses = beats.values().iterator();
        if (statuses.hasNext()) {
            LineStatus status = statuses.next();
            statuses.remove();
            return new Beat(status);
        }
        Announcement announcement = announcements.poll();
        if (announcement != null) {
            return new Announce(announcement);
        }
        return nowNanos - quietSinceNanos >= QUIET.toNanos() ? new Probe() : null;
    }

    /** An ejector that is still held cannot be switched on, and would be let go too early. */
    private @Nullable Release endOfEarlierPulse(Shot next) {
        for (Iterator<Release> pulses = held.iterator(); pulses.hasNext(); ) {
            Release pulse = pulses.next();
            if (pulse.shot().ejector() == next.ejector()
                    && pulse.shot().lineId().equals(next.lineId())) {
                pulses.remove();
                return pulse;
            }
        }
        return null;
    }

    /** When the first shot's time comes; {@link Long#MAX_VALUE} ahead for none. */
    long shotInNanos(long nowNanos) {
        Fire shot = shots.peek();
        return shot == null ? Long.MAX_VALUE : shot.fireAtNanos() - nowNanos;
    }

    /** In how long {@link #next} has something, if nothing is added before. */
    long waitNanos(long nowNanos) {
        Release pulse = held.peek();
        long wait = pulse == null ? Long.MAX_VALUE : pulse.atNanos() - nowNanos;
        return Math.min(Math.min(wait, shotInNanos(nowNanos)), quietSinceNanos + QUIET.toNanos() - nowNanos);
    }

    /** Takes the next pulse that is still held, whatever its end. */
    @Nullable Release pollHeld() {
        return held.poll();
    }

    /** Forgets everything, and gives the shots that are not fired. */
    List<Fire> clear() {
        List<Fire> forgotten = new ArrayList<>(shots);
        shots.clear();
        held.clear();
        takenOver.clear();
        beats.clear();
        announcements.clear();
        return forgotten;
    }
}
