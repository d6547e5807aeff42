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

    /** By how much further than usual a heartbeat may seem to have travelled where it is to show that a clock was set right. */
    static final Duration AS_USUAL = Duration.ofMillis(20);

    /** By so much a heartbeat may raise what is usual: ways that become longer are learned in time. */
    private static final Duration RISE = Duration.ofMillis(1);

    private final Duration watchdog;
    private Duration usualAge = AGREEMENT;
    private long aliveUntilNanos;
    private @Nullable Moment firstAgreed;
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
        if (trustsTheClock()) {
            usualAge = earlier(age, usualAge.plus(RISE));
        } else if (sentAt.isAfter(distrustedUntil) && isAsUsual(age)) {
            distrustedUntil = Instant.MIN;
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

    /**
     * Whether a clock that was set agrees with the classifier's more closely than {@link #AGREEMENT}: a heartbeat has not come before it was
     * sent, nor has it travelled for longer than those before the step.
     */
    private boolean isAsUsual(Duration age) {
        Duration most = usualAge.isNegative() ? AS_USUAL : usualAge.plus(AS_USUAL);
        return age.compareTo(AS_USUAL.negated()) >= 0 && age.compareTo(most) <= 0;
    }

    /** The wall clock was set: until a heartbeat shows it, it is not known whether it still agrees with the classifier's. */
    void clockStepped(Moment now) {
        distrustedUntil = now.wall();
    }

    /** When a heartbeat first showed that this machine's clock agrees with the classifier's. */
    Optional<Moment> firstAgreed() {
        return Optional.ofNullable(firstAgreed);
    }

    /** Whether, since the clock was last set, a heartbeat has shown that it agrees with the classifier's; also while it was never set. */
    public boolean trustsTheClock() {
        return distrustedUntil.equals(Instant.MIN);
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

    private static Duration earlier(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private static long later(long one, long other) {
        return one - other > 0 ? one : other;
    }
}
