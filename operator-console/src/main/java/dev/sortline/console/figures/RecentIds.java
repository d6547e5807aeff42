// SPDX-License-Identifier: Apache-2.0
package dev.sortline.console.figures;

import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The ids of a line's last events, by which one that is published again is known. It can only come again as long as its frame is kept, so
 * ids of the last {@link #KEPT} are enough; of a line so fast that they are more than {@value #MOST}, the last of them. Used by one thread at
 * a time.
 */
final class RecentIds {
    /** As long as the topic of frames keeps them. */
    static final Duration KEPT = Duration.ofMinutes(10);

    static final int MOST = 100_000;

    private final Map<String, Instant> decided = new LinkedHashMap<>();

    /**
     * Remembers an event.
     *
     * @param decidedAt when it was decided; a repeat may say another time
     * @return whether it was not known yet
     */
    boolean isNew(String id, Instant decidedAt) {
        if (decided.putIfAbsent(id, decidedAt) != null) {
            return false;
        }
        forget(decidedAt);
        return true;
    }

    int size() {
        return decided.size();
    }

    private void forget(Instant now) {
        Instant horizon = now.minus(KEPT);
        Iterator<Instant> oldest = decided.values().iterator();
        while (oldest.hasNext() && (oldest.next().isBefore(horizon) || decided.size() > MOST)) {
            oldest.remove();
        }
    }
}
