// SPDX-License-Identifier: Apache-2.0
package dev.sortline.stream.item;

import dev.sortline.sorting.BeltGeometry;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How old a line's frame may be for it to be decoded still. Not thread-safe: a line's frames come one after the other.
 *
 * <p>A delay that passes, a hand-over of lines or a long pause, is worked off: a frame is taken as long as its answer reaches any of the
 * ejectors in time. A delay that stays means that more frames come than can be decided (the distinction of Nichols and Jacobson,
 * "Controlling Queue Delay", 2012). Then only fresh frames are taken: not fewer are decided, each in time for every ejector, and when the
 * load falls there is hardly a backlog.
 */
public final class AgeLimit {
    /**
     * A delay is one when it takes up this share of the nearest ejector's time: so it is seen to stay before anything is decided too late.
     */
    private static final double DELAYED = 0.75;

    /** A delay is taken to stay when it has lasted for so long. */
    static final Duration PASSING = Duration.ofMillis(500);

    private final Duration nearest;
    private final Duration delayed;
    private final Duration furthest;
    private final ServiceTime serviceTime;
    private boolean overloaded;
    private @Nullable Instant behindSince;

    public AgeLimit(BeltGeometry belt, ServiceTime serviceTime) {
        this.nearest = belt.leastTimeToDecide();
        this.delayed = Duration.ofNanos(Math.round(nearest.toNanos() * DELAYED));
        this.furthest = belt.mostTimeToDecide();
        this.serviceTime = serviceTime;
    }

    /** Whether a frame of this age, looked at now, is too old to be decoded. */
    public boolean isExceededBy(Duration age, Instant now) {
        Duration service = least(serviceTime.expected(), nearest.dividedBy(2));
        Duration fresh = most(nearest.dividedBy(4), service.multipliedBy(2));
        watch(age, age.plus(service), fresh, now);
        Duration limit = overloaded ? fresh : furthest;
        return age.plus(service).compareTo(limit) > 0;
    }

    private void watch(Duration age, Duration whenAnswered, Duration fresh, Instant now) {
        if (whenAnswered.compareTo(delayed) > 0) {
            if (behindSince == null) {
                behindSince = now;
            }
            overloaded |= Duration.between(behindSince, now).compareTo(PASSING) >= 0;
        } else {
            behindSince = null;
            overloaded &= age.compareTo(fresh.dividedBy(2)) > 0;
        }
    }

    private static Duration least(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private static Duration most(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }
}
