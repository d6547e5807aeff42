// SPDX-License-Identifier: Apache-2.0
package dev.sortline.gateway.rules;

import java.time.Duration;
import java.time.Instant;

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
    private long aliveUntilNanos;
    private boolean heardOf;
    private Instant distrustedUntil = Instant.MIN;

    /** @param takenOver from when on heartbeats are listened for */
    LinePulse(Duration watchdog, Moment takenOver) {
        this.watchdog = watchdog;
        aliveUntilNanos = takenOver.nanos() + watchdog.toNanos();
    }

    /** A heartbeat came; {@code false} when it counts for nothing. */
    public boolean beat(Instant sentAt, Moment now) {
        var age = Duration.between(sentAt, now.wall());
        if (age.abs().compareTo(AGREEMENT) > 0) {
            return false;
        }
        if (sentAt.isAfter(distrustedUntil)) {
            distrustedUntil = Instant.MIN;
        }
        long from = now.nanos() - Math.max(0, age.toNanos());
        long until = from + watchdog.toNanos();
        aliveUntilNanos = heardOf ? later(aliveUntilNanos, until) : until;
        heardOf = true;
        return true;
    }

    /** The wall clock was set: until the next heartbeat it is not known whether it still agrees with the classifier's. */
    void clockStepped(Moment now) {
        distrustedUntil = now.wall();
    }

    /** Whether a heartbeat has shown that this machine's clock agrees with the classifier's. */
    boolean hasAgreed() {
        return heardOf;
    }

    boolean trustsTheClock() {
        return distrustedUntil.equals(Instant.MIN);
    }

    /** Whether the last heartbeat is fresh, at a time of {@link System#nanoTime}. */
    public boolean alive(long nowNanos) {
        return heardOf && nowNanos - aliveUntilNanos < 0;
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
