// SPDX-License-Identifier: Apache-2.0
package dev.sortline.gateway.firing;

import dev.sortline.gateway.rules.Moment;
import java.time.Instant;
import java.util.function.Supplier;

/** Reads both clocks of this machine as one. Safe to use from any thread. */
public final class Clock implements Supplier<Moment> {
    private static final long AT_ONCE_NANOS = 1_000_000;
    private static final int ATTEMPTS = 10;

    @Override
    public Moment get() {
        for (int attempt = 1; ; attempt++) {
            long before = System.nanoTime();
            Instant wall = Instant.now();
            long after = System.nanoTime();
            // A thread that is put aside between the readings would take it for a step of the clock.
            if (after - before < AT_ONCE_NANOS || attempt == ATTEMPTS) {
                return new Moment(wall, before + (after - before) / 2);
            }
        }
    }
}
