// SPDX-License-Identifier: Apache-2.0
package dev.sortline.gateway.driver;

import java.time.Duration;

/** How long to wait before the next attempt: twice as long after each failure, up to 10 s. */
final class Backoff {
    private static final Duration FIRST = Duration.ofMillis(100);
    private static final Duration LONGEST = Duration.ofSeconds(10);

    private Duration next = FIRST;

    Duration afterFailure() {
        Duration wait = next;
        next = next.multipliedBy(2).compareTo(LONGEST) > 0 ? LONGEST : next.multipliedBy(2);
        return wait;
    }

    void reset() {
        next = FIRST;
    }
}
