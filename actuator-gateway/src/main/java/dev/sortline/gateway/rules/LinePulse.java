// SPDX-License-Identifier: Apache-2.0
package dev.sortline.gateway.rules;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whether a line's classifier is alive, by its heartbeats, and whether its clock agrees with this machine's.
 *
 * <p>A heartbeat counts from when it was sent, not from when it came: what was held up tells of the past. One that seems to
 * come from the future, or from further back than any transport takes, shows that the clocks differ, and counts for nothing.
 * Belongs to one thread at a time.
 */
public final class LinePulse {
    /** How far the clocks of classifier and gateway, and the way between them, may differ. */
    public static final Duration AGREEMENT = Duration.ofMillis(500);

    private final Duration watchdog;
    private final ClockTrust clock;
    private long aliveUntilNanos;
    private @Nullable Moment firstAgreed;

    /**
     * @param takenOver from when on heartbeats are listened for
     * @param clock what the line's heartbeats say of this machine's clock
     */
    LinePulse(Duration watchdog, Moment takenOver, ClockTrust clock) {
        this.watchdog = watchdog;
        this.clock = clock;
        aliveUntilNanos = takenOver.nanos() + watchdog.toNanos();
    }

    /** A heartbeat came; {@code false} when it counts for nothing. */
    public boolean beat(Instant sentAt, Moment now) {
        var age = Duration.between(sentAt, now.wall());
        if (!agrees(age)) {
            return false;
        }
        long from = now.nanos() - Math.max(0, age.toNanos());
        long until = from + watchdog.toNanos();
        if (firstAgreed == null) {
            firstAgreed = now;
            aliveUntilNanos = until;
        } else {
            aliveUntilNanos = later(aliveUntilNanos, until);
        }
        return true;
    }

    /** Whether a heartbeat of that age can have come by clocks that agree. */
    static boolean agrees(Duration age) {
        return age.abs().compareTo(AGREEMENT) <= 0;
    }

    /** When a heartbeat first showed that this machine's clock agrees with the classifier's. */
    Optional<Moment> firstAgreed() {
        return Optional.ofNullable(firstAgreed);
    }

    /** Whether, since the clock was last set, a heartbeat has shown that it agrees with the classifier's; also while it was never set. */
    public boolean trustsTheClock() {
        return clock.holds();
    }

    /** Whether the last heartbeat is fresh, at a time of {@link System#nanoTime}. */
    public boolean alive(long nowNanos) {
        return firstAgreed != null && nowNanos - aliveUntilNanos < 0;
    }

    /** Whether it is alive or may yet show that it is: after a takeover the first heartbeat is waited for. */
    boolean mayBeAlive(long nowNanos) {
        return nowNanos - aliveUntilNanos < 0;
    }

    /** When it is given up unless another heartbeat comes. */
    long aliveUntilNanos() {
        return aliveUntilNanos;
    }

    private static long later(long one, long other) {
        return one - other > 0 ? one : other;
    }
}
