// SPDX-License-Identifier: Apache-2.0
package dev.sortline.gateway.rules;

import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/** Which events of one partition still wait for their fate, so that a successor takes up these. Not for use by several threads. */
public final class OpenEvents {
    private final TreeSet<Long> open = new TreeSet<>();
    private final TreeSet<Long> settledByPredecessor;
    private long next;

    /** @param predecessor which events have had their fate */
    public OpenEvents(Bookmark predecessor) {
        next = predecessor.firstOpen();
        settledByPredecessor = new TreeSet<>(predecessor.settledBeyond());
    }

    /** Takes an event up; {@code false} when it has had its fate. */
    public boolean read(long offset) {
        boolean settled = offset < next && !open.contains(offset);
        next = Math.max(next, offset + 1);
        if (settled || settledByPredecessor.contains(offset)) {
            return false;
        }
        open.add(offset);
        return true;
    }

    /** An event has had its fate. */
    public void settle(long offset) {
        open.remove(offset);
    }

    /** Where a successor goes on. */
    public Bookmark bookmark() {
        long first = open.isEmpty() ? next : open.first();
        var settled = LongStream.range(first, next)
                .boxed()
                .filter(offset -> !open.contains(offset))
                .collect(Collectors.toSet());
        // Of those not read again yet the successor would learn from nobody else.
        return new Bookmark(first, settled).and(new Bookmark(first, settledByPredecessor.tailSet(next)));
    }
}
