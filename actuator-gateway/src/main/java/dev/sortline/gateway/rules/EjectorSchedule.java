// SPDX-License-Identifier: Apache-2.0
package dev.sortline.gateway.rules;

import dev.sortline.contract.Decision;
import dev.sortline.contract.RoutingEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * One line's shots from the arrival of their events until their time, and the rules by which an event becomes none.
 *
 * <p>Lives from the moment at which this gateway takes the line over until it hands it on. Knows no Kafka and has no clock of its
 * own. Belongs to one thread at a time.
 */
public final class EjectorSchedule {
    /** How long an item is remembered, which is longer than its frames are kept and so than its event can be repeated. */
    public static final Duration MEMORY = Duration.ofMinutes(15);

    /** A shot is handed out this much ahead of its time, for threads take a little to be awoken: docs/decisions/0018. */
    public static final Duration LEAD = Duration.ofMillis(3);

    /** Nothing fires whose time lies within this after a takeover, for the predecessor's clock may have been ahead by as much. */
    static final Duration TAKEOVER_MARGIN = Duration.ofMillis(500);

    private static final long MOST_NUMBER = 0xffff_ffffL;

    private final FiringSettings settings;
    private final Moment takenOver;
    private final LinePulse pulse;
    private final Map<String, Long> knownSinceNanos = new LinkedHashMap<>();
    private final Map<Integer, TreeSet<Long>> takenNanos = new HashMap<>();
    private final PriorityQueue<Planned> planned = new PriorityQueue<>(Comparator.comparingLong(Planned::fireAtNanos));
    private final List<Planned> misplaced = new ArrayList<>();
    private long number;

    /** What an event leads to. */
    public sealed interface Outcome permits Planned, Settled {}

    /**
     * Nothing fires.
     *
     * @param fate why
     */
    public record Settled(EventFate fate) implements Outcome {}

    /**
     * A shot that waits for its time.
     *
     * @param shot the shot
     * @param fireAtNanos its time, by {@link System#nanoTime}
     * @param offset the event's place in the log
     */
    public record Planned(Shot shot, long fireAtNanos, long offset) implements Outcome {}

    /**
     * A shot whose wait is over.
     *
     * @param planned the shot
     * @param dropped why it does not fire; it fires at its time when absent
     */
    public record Due(Planned planned, @Nullable EventFate dropped) {}

    /**
     * @param takenOver when this gateway took the line over
     * @param clock what the line's heartbeats say of this machine's clock, those from before the takeover, too
     */
    public EjectorSchedule(FiringSettings settings, Moment takenOver, ClockTrust clock) {
        this.settings = settings;
        this.takenOver = takenOver;
        pulse = new LinePulse(settings.watchdog(), takenOver, clock);
        // So that a successor gives out no number that a controller has seen lately: a hundred a second are more than a
        // line shoots.
        number = takenOver.wall().toEpochMilli() / 10 % MOST_NUMBER;
    }

    /** The line's heartbeats, as this schedule judges by them. */
    public LinePulse pulse() {
        return pulse;
    }

    /**
     * The wall clock was set. Shots that wait keep their time, unless the clock had never been seen to agree with the classifier's: then
     * their time was reckoned by a wrong one, and they do not fire.
     */
    public void clockStepped() {
        if (pulse.firstAgreed().isEmpty()) {
            misplaced.addAll(planned);
            planned.clear();
            takenNanos.clear();
        }
    }

    /** An event that a predecessor has dealt with: its item does not fire here. */
    public void remember(RoutingEvent event, Moment now) {
        knownSinceNanos.putIfAbsent(event.id(), now.nanos());
    }

    /** Takes an event up. */
    public Outcome accept(RoutingEvent event, long offset, Moment now) {
        forget(now.nanos());
        // The first event of an item stands, whatever it says: a repeat must not move an item twice.
        if (knownSinceNanos.putIfAbsent(event.id(), now.nanos()) != null) {
            return new Settled(EventFate.DUPLICATE);
        }
        Instant fireAt = event.fireAt();
        if (event.decision() != Decision.SORT || event.ejector() == null) {
            return new Settled(EventFate.RESIDUAL);
        }
        if (fireAt == null || fireAt.isAfter(now.wall().plus(MEMORY)) || event.ejector() < 0) {
            return new Settled(EventFate.UNREADABLE);
        }
        EventFate refused = refusal(event, fireAt, now);
        if (refused != null) {
            return new Settled(asFarAsKnown(refused));
        }
        long fireAtNanos = now.nanosAt(fireAt);
        if (!take(event.ejector(), fireAtNanos, now.nanos())) {
            return new Settled(asFarAsKnown(EventFate.CONFLICT));
        }
        number = number % MOST_NUMBER + 1;
        var shot = new Planned(new Shot(event, number, fireAt.plus(settings.tolerance())), fireAtNanos, offset);
        planned.add(shot);
        return shot;
    }

    /** The shots whose wait is over: those whose time comes within {@link #LEAD}, and all when the line is given up. */
    public List<Due> due(long nowNanos, boolean owner) {
        List<Due> over = new ArrayList<>();
        misplaced.forEach(shot -> over.add(new Due(shot, EventFate.PAST)));
        misplaced.clear();
        boolean hope = pulse.mayBeAlive(nowNanos);
        for (Planned next = planned.peek(); next != null; next = planned.peek()) {
            if (hope && handedOutAt(next) - nowNanos > 0) {
                break;
            }
            planned.remove();
            EventFate obstacle = obstacle(next, nowNanos, owner);
            over.add(new Due(next, obstacle == null ? null : asFarAsKnown(obstacle)));
        }
        return over;
    }

    /** When {@link #due} next has something to tell, by {@link System#nanoTime}; {@link Long#MAX_VALUE} for never. */
    public long nextNanos() {
        Planned next = planned.peek();
        if (next == null) {
            return Long.MAX_VALUE;
        }
        return handedOutAt(next) - pulse.aliveUntilNanos() < 0 ? handedOutAt(next) : pulse.aliveUntilNanos();
    }

    private static long handedOutAt(Planned shot) {
        return shot.fireAtNanos() - LEAD.toNanos();
    }

    private @Nullable EventFate refusal(RoutingEvent event, Instant fireAt, Moment now) {
        if (fireAt.isBefore(firesFrom(now))) {
            return EventFate.PAST;
        }
        Instant deadline = event.deadline() == null || event.deadline().isAfter(fireAt) ? fireAt : event.deadline();
        if (now.wall().isAfter(deadline)) {
            return EventFate.LATE;
        }
        if (!pulse.trustsTheClock()) {
            return EventFate.CLOCK_STEPPED;
        }
        return pulse.mayBeAlive(now.nanos()) ? null : EventFate.HEARTBEAT_MISSING;
    }

    /** By the clock that was first seen to agree with the classifier's, for at the takeover this machine's may have been wrong. */
    private Instant firesFrom(Moment now) {
        Duration recovery = settings.recovery();
        return pulse.firstAgreed()
                .orElse(now)
                .wallAt(takenOver.nanos())
                .plus(recovery.compareTo(TAKEOVER_MARGIN) > 0 ? recovery : TAKEOVER_MARGIN);
    }

    /** Before any heartbeat has agreed with this machine's clock it cannot be said that a predecessor has not fired the shot. */
    private EventFate asFarAsKnown(EventFate fate) {
        return pulse.firstAgreed().isPresent() ? fate : EventFate.PAST;
    }

    private @Nullable EventFate obstacle(Planned shot, long nowNanos, boolean owner) {
        // First of all: another gateway may have fired it, and that is what became of the item.
        if (!owner) {
            return EventFate.NOT_OWNER;
        }
        boolean ahead = shot.fireAtNanos() - nowNanos > 0;
        if (!pulse.alive(ahead ? shot.fireAtNanos() : nowNanos)) {
            return EventFate.HEARTBEAT_MISSING;
        }
        return nowNanos - shot.fireAtNanos() > settings.tolerance().toNanos() ? EventFate.LATE : null;
    }

    /** First come, first served: whoever comes within an ejector's recovery time of another's shot runs on. */
    private boolean take(int ejector, long fireAtNanos, long nowNanos) {
        long recovery = settings.recovery().toNanos();
        var taken = takenNanos.computeIfAbsent(ejector, unused -> new TreeSet<>((a, b) -> Long.signum(a - b)));
        while (!taken.isEmpty() && nowNanos - taken.first() > recovery) {
            taken.pollFirst();
        }
        Long before = taken.floor(fireAtNanos);
        Long after = taken.ceiling(fireAtNanos);
        boolean free = (before == null || fireAtNanos - before >= recovery)
                && (after == null || after - fireAtNanos >= recovery);
        return free && taken.add(fireAtNanos);
    }

    private void forget(long nowNanos) {
        for (Iterator<Long> oldest = knownSinceNanos.values().iterator(); oldest.hasNext(); ) {
            if (nowNanos - oldest.next() <= MEMORY.toNanos()) {
                break;
            }
            oldest.remove();
        }
    }
}
