// SPDX-License-Identifier: Apache-2.0
package dev.sortline.stream.camera;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Something that happens at moments and is told of for a while after. Not thread-safe. */
final class RecentTrouble {
    /** So long after it happened it is told of. */
    static final Duration TOLD_FOR = Duration.ofMinutes(1);

    private @Nullable Instant last;
    private long times;

    void happened(long more, Instant now) {
        times = is(now) ? times + more : more;
        last = now;
    }

    boolean is(Instant now) {
        return last != null && Duration.between(last, now).compareTo(TOLD_FOR) <= 0;
    }

    /** How often, without a longer pause. */
    long times() {
        return times;
    }
}
