// SPDX-License-Identifier: Apache-2.0
package dev.sortline.gateway.rules;

import java.time.Duration;

/** Notices that the wall clock was set, by the clock that only ever goes forward. Adjusting by slewing is too slow to be noticed. */
public final class StepDetector {
    /** Far above what slewing moves between two readings, below what an ejection would miss by. */
    static final Duration STEP = Duration.ofMillis(10);

    private Moment last;

    /** @param first what both clocks show now */
    public StepDetector(Moment first) {
        last = first;
    }

    /** Whether the wall clock was set between the last reading and this one. */
    public boolean isStep(Moment now) {
        var drift = Duration.between(now.wall(), last.wall()).plusNanos(now.nanos() - last.nanos());
        last = now;
        return drift.abs().compareTo(STEP) > 0;
    }
}
