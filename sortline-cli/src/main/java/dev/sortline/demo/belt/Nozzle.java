// SPDX-License-Identifier: Apache-2.0
package dev.sortline.demo.belt;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A nozzle beside the belt and its valve: when air flowed, and what it took. Belongs to one thread at a time. */
final class Nozzle {
    private final String lane;
    private final Duration travel;
    private final Duration delay;
    private final Deque<Opening> openings = new ArrayDeque<>();
    private ShotCount forgotten = ShotCount.NONE;

    /** From when to when air flowed; {@code to} is absent while the valve is told to stay open. */
    private static final class Opening {
        private final Instant from;
        private final List<Item> taken = new ArrayList<>();
        private @Nullable Instant to;

        Opening(Instant from) {
            this.from = from;
        }

        boolean overlaps(Instant start, Instant end) {
            return from.isBefore(end) && !endsBy(start);
        }

        boolean endsBy(Instant time) {
            return to != null && !to.isAfter(time);
        }
    }

    /**
     * @param lane where it blows items to
     * @param travel how long an item's centre takes to it from the camera
     * @param delay from a signal until the valve has followed it
     */
    Nozzle(String lane, Duration travel, Duration delay) {
        this.lane = lane;
        this.travel = travel;
        this.delay = delay;
    }

    String lane() {
        return lane;
    }

    /** When the item's centre is in front of it. */
    Instant meets(Item item) {
        return item.capturedAt().plus(travel);
    }

    /** The valve's signal goes on or off; that it stays what it was changes nothing. */
    void signal(boolean on, Instant at) {
        Opening last = openings.peekLast();
        boolean open = last != null && last.to == null;
        if (on && !open) {
            openings.addLast(new Opening(at.plus(delay)));
        } else if (!on && open) {
            last.to = at.plus(delay);
        }
    }

    /** Whether air flows at some moment of a time that is over; then the first such opening has taken the item. */
    boolean takes(Item item, Instant start, Instant end) {
        Opening first = null;
        for (Iterator<Opening> newest = openings.descendingIterator(); newest.hasNext(); ) {
            Opening opening = newest.next();
            if (opening.endsBy(start)) {
                break;
            }
            if (opening.overlaps(start, end)) {
                first = opening;
            }
        }
        if (first == null) {
            return false;
        }
        first.taken.add(item);
        return true;
    }

    /** The latest openings that were over by then, oldest last. */
    List<AirShot> lastShots(String lineId, Instant overBy, int most) {
        List<AirShot> shots = new ArrayList<>();
        for (Iterator<Opening> newest = openings.descendingIterator(); newest.hasNext() && shots.size() < most; ) {
            Opening opening = newest.next();
            if (opening.endsBy(overBy)) {
                shots.add(new AirShot(lineId, lane, opening.from, opening.taken));
            }
        }
        return shots;
    }

    /** Whether every opening was over by then. */
    boolean isStill(Instant overBy) {
        Opening last = openings.peekLast();
        return last == null || last.endsBy(overBy);
    }

    /** Counts all openings that were over by then. */
    ShotCount count(Instant overBy) {
        return openings.stream()
                .filter(opening -> opening.endsBy(overBy))
                .map(Nozzle::count)
                .reduce(forgotten, ShotCount::plus);
    }

    /** Keeps only the count of openings that were over by then. */
    void forget(Instant overBy) {
        for (Opening oldest = openings.peek(); oldest != null && oldest.endsBy(overBy); oldest = openings.peek()) {
            forgotten = forgotten.plus(count(openings.remove()));
        }
    }

    /** From now on only later openings count. */
    void countAnew() {
        openings.clear();
        forgotten = ShotCount.NONE;
    }

    private static ShotCount count(Opening opening) {
        return new ShotCount(1, opening.taken.isEmpty() ? 1 : 0);
    }
}
