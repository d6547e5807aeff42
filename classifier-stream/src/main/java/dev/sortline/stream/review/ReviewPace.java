// SPDX-License-Identifier: Apache-2.0
package dev.sortline.stream.review;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** At most one item a second of each line: a line that is unsure of everything must not fill the topic. Safe for use by all threads. */
final class ReviewPace {
    private static final Duration APART = Duration.ofSeconds(1);

    private final Map<String, Instant> last = new ConcurrentHashMap<>();

    /** Whether an item that was decided then is let through; if so, the next is a second away. */
    boolean lets(String lineId, Instant decidedAt) {
        @Nullable Instant before = last.get(lineId);
        // Without its sign: a clock that was set back must not shut the line out until it is there again.
        if (before != null && Duration.between(before, decidedAt).abs().compareTo(APART) < 0) {
            return false;
        }
        last.put(lineId, decidedAt);
        return true;
    }
}
