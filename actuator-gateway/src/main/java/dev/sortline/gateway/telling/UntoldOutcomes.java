// SPDX-License-Identifier: Apache-2.0
package dev.sortline.gateway.telling;

import dev.sortline.contract.RoutingEvent;
import dev.sortline.gateway.rules.EventFate;
import java.time.Instant;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Outcomes that wait to be told, the oldest first. Any thread may set one down, and waits for no other: there is no lock that somebody who is
 * not running now could hold. What does not fit any more is refused.
 */
final class UntoldOutcomes {
    /** What a gateway settles in half a minute at a hundred items a second; each holds its event, a kilobyte or two. */
    static final int MOST = 4_096;

    private final Queue<Settled> queue = new ConcurrentLinkedQueue<>();
    private final AtomicInteger size = new AtomicInteger();

    /** An event that has its fate. */
    record Settled(RoutingEvent event, EventFate fate, Instant at) {}

    /** {@code false} when there is no room. */
    boolean add(RoutingEvent event, EventFate fate, Instant at) {
        if (size.incrementAndGet() > MOST) {
            size.decrementAndGet();
            return false;
        }
        return queue.add(new Settled(event, fate, at));
    }

    /** Takes the oldest. */
    Optional<Settled> next() {
        Settled oldest = queue.poll();
        if (oldest != null) {
            size.decrementAndGet();
        }
        return Optional.ofNullable(oldest);
    }
}
