// SPDX-License-Identifier: Apache-2.0
package dev.sortline.gateway.rules;

import java.time.Duration;
import java.time.Instant;

/**
 * Whether, since this machine's clock was last set, a line's heartbeats have shown that it agrees with the classifier's again.
 *
 * <p>Learns from all heartbeats of the line how old they seem, whichever gateway has the line: one that takes it over while its own clock is
 * set wrong knows that. Belongs to one thread at a time.
 */
public final class ClockTrust {
    /** By how much further than usual a heartbeat may seem to have travelled where it is to show that a clock was set right. */
    static final Duration AS_USUAL = Duration.ofMillis(20);

    /** By so much a heartbeat may raise what is usual: ways that become longer are learned in time. */
    private static final Duration RISE = Duration.ofMillis(1);

    private Duration usualAge = LinePulse.AGREEMENT;
    private Instant distrustedUntil = Instant.MIN;

    /** A heartbeat came; one whose age is beyond {@link LinePulse#AGREEMENT} teaches nothing. */
    public void beat(Instant sentAt, Moment now) {
        var age = Duration.between(sentAt, now.wall());
        if (!LinePulse.agrees(age)) {
            return;
        }
        if (holds()) {
            Duration raised = usualAge.plus(RISE);
            usualAge = age.compareTo(raised) < 0 ? age : raised;
        } else if (sentAt.isAfter(distrustedUntil) && isAsUsual(age)) {
            distrustedUntil = Instant.MIN;
        }
    }

    /**
     * Whether the clock agrees with the classifier's more closely than {@link LinePulse#AGREEMENT}: a heartbeat has not come before it was
     * sent, nor has it travelled for longer than those before the step.
     */
    private boolean isAsUsual(Duration age) {
        Duration most = usualAge.isNegative() ? AS_USUAL : usualAge.plus(AS_USUAL);
        return age.compareTo(AS_USUAL.negated()) >= 0 && age.compareTo(most) <= 0;
    }

    /** The wall clock was set: until a heartbeat shows it, it is not known whether it still agrees with the classifier's. */
    public void clockStepped(Moment now) {
        distrustedUntil = now.wall();
    }

    /** Whether the clock is trusted; also while it was never set. */
    public boolean holds() {
        return distrustedUntil.equals(Instant.MIN);
    }
}
