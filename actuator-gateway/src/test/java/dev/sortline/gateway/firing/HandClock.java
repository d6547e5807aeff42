// SPDX-License-Identifier: Apache-2.0
package dev.sortline.gateway.firing;

import dev.sortline.gateway.rules.Moment;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;

/** Both clocks, moved by hand. */
public final class HandClock implements Supplier<Moment> {
    public static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private Instant wall = START;
    private long nanos = Long.MAX_VALUE - 1_000_000_000L; // nanoTime may run over while a gateway is up

    @Override
    public Moment get() {
        return new Moment(wall, nanos);
    }

    public Instant wall() {
        return wall;
    }

    public void advance(Duration time) {
        wall = wall.plus(time);
        nanos += time.toNanos();
    }

    public void advanceMillis(long millis) {
        advance(Duration.ofMillis(millis));
    }

    /** Someone sets the wall clock. */
    public void set(Duration by) {
        wall = wall.plus(by);
    }
}
