// SPDX-License-Identifier: Apache-2.0
package dev.sortline.gateway;

import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;

/** Both clocks, moved by hand. */
final class HandClock implements Supplier<Moment> {
    static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private Instant wall = START;
    private long nanos = Long.MAX_VALUE - 1_000_000_000L; // nanoTime may run over while a gateway is up

    @Override
    public Moment get() {
        return new Moment(wall, nanos);
    }

    Instant wall() {
        return wall;
    }

    void advance(Duration time) {
        wall = wall.plus(time);
        nanos += time.toNanos();
    }

    void advanceMillis(long millis) {
        advance(Duration.ofMillis(millis));
    }

    /** Someone sets the wall clock. */
    void set(Duration by) {
        wall = wall.plus(by);
    }
}
