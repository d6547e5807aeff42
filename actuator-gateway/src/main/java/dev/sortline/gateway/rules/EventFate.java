// SPDX-License-Identifier: Apache-2.0
package dev.sortline.gateway.rules;

import java.util.Locale;

/** What became of a routing event at the gateway: each has exactly one. */
public enum EventFate {
    /** At its time at least one driver's controller took the command. */
    FIRED,
    /** It would have fired; the gateway only shows what it would do. */
    DRY_RUN,
    /** No ejector moves its item: it runs on, as decided. */
    RESIDUAL,
    /** It came after its deadline, or its time had passed before it could be acted on. */
    LATE,
    /**
     * Its time lies before this gateway took the line over, or no heartbeat has agreed with this machine's clock since, so that it cannot tell:
     * the predecessor may have acted on it.
     */
    PAST,
    /** Its item has been heard of before. */
    DUPLICATE,
    /** Its ejector is taken by an earlier event within the ejector's recovery time. */
    CONFLICT,
    /** The line's heartbeat was missing when it came or before its time. */
    HEARTBEAT_MISSING,
    /** This machine's clock was set, and no heartbeat has shown since that it agrees with the classifier's. */
    CLOCK_STEPPED,
    /** The cluster has not confirmed for a while that the line is this gateway's: another may have it. */
    NOT_OWNER,
    /** Its time came, and no driver's controller took the command. */
    UNDELIVERED,
    /** It is no routing event, or says what cannot be. */
    UNREADABLE,
    /** Its line is not configured. */
    UNKNOWN_LINE;

    /** Whether it says what became of an item: a repeat, a predecessor's event and one that nobody can read do not. */
    public boolean isOfItem() {
        return switch (this) {
            case FIRED, DRY_RUN, RESIDUAL, LATE, CONFLICT, HEARTBEAT_MISSING, CLOCK_STEPPED, NOT_OWNER, UNDELIVERED ->
                true;
            case PAST, DUPLICATE, UNREADABLE, UNKNOWN_LINE -> false;
        };
    }

    /** As it stands in metrics and messages: {@code heartbeat_missing}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
