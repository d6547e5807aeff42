// SPDX-License-Identifier: Apache-2.0
package dev.sortline.gateway;

import java.util.TreeSet;

/** Which events of one partition still wait for their fate, so that a successor begins with the first of them. Not for use by several threads. */
final class OpenEvents {
    private final TreeSet<Long> open = new TreeSet<>();
    private long next;

    /** @param next offset of the first event that has no fate yet */
    OpenEvents(long next) {
        this.next = next;
    }

    /** Whether the event has had its fate from a predecessor. */
    boolean isSettledBefore(long offset) {
        return offset < next && !open.contains(offset);
    }

    void read(long offset) {
        next = offset + 1;
        open.add(offset);
    }

    void settle(long offset) {
        open.remove(offset);
    }

    /** Where a successor begins. */
    long committable() {
        return open.isEmpty() ? next : open.first();
    }
}
