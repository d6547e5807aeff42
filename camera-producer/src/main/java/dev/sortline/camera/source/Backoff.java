// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera.source;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** How long to wait before the next attempt: twice as long after each failure, up to 10 s, and of that between a half and all. */
final class Backoff {
    private static final Duration FIRST = Duration.ofMillis(250);
    private static final Duration LONGEST = Duration.ofSeconds(10);

    private final RandomGenerator random;
    private Duration next = FIRST;

    Backoff(RandomGenerator random) {
        this.random = random;
    }

    Duration afterFailure() {
        long most = next.toNanos();
        next = next.multipliedBy(2).compareTo(LONGEST) > 0 ? LONGEST : next.multipliedBy(2);
        return Duration.ofNanos(random.nextLong(most / 2, most + 1));
    }

    void reset() {
        next = FIRST;
    }
}
