// SPDX-License-Identifier: Apache-2.0
package dev.sortline.demo;

import dev.sortline.gateway.rules.EventFate;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Tells when the line is warm. A process that has just begun runs its code slowly for the first time, and its first shots come late: the line
 * is warm once shots leave and, for {@value #IN_TIME_SECONDS} s on end, none came too late and none stayed out. Belongs to one thread at a time.
 */
final class WarmUp {
    /** A machine that has not become warm by then will not. */
    static final Duration MOST = Duration.ofSeconds(20);

    private static final int IN_TIME_SECONDS = 2;

    private long tooLate;
    private @Nullable Duration inTimeSince;

    /**
     * Looks at the line.
     *
     * @param run for how long the cameras have run, not less than the last time
     * @param lateFrames frames so far whose items could no longer be moved in time
     * @param firings events so far by their fate at the gateway, all fates
     */
    boolean isOver(Duration run, long lateFrames, Map<EventFate, Long> firings) {
        long until =
                lateFrames + firings.getOrDefault(EventFate.LATE, 0L) + firings.getOrDefault(EventFate.UNDELIVERED, 0L);
        boolean shotsLeave = firings.getOrDefault(EventFate.FIRED, 0L) > 0;
        if (until > tooLate || !shotsLeave) {
            tooLate = until;
            inTimeSince = null;
        } else if (inTimeSince == null) {
            inTimeSince = run;
        }
        return inTimeSince != null && run.minus(inTimeSince).toSeconds() >= IN_TIME_SECONDS;
    }
}
