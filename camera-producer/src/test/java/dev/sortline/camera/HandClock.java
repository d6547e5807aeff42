// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera;

import dev.sortline.camera.replay.Ticks;
import io.micrometer.core.instrument.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;

/** Time that passes only when told, or when somebody waits. */
public final class HandClock implements InstantSource, Ticks, Clock {
    public static final Instant START = Instant.parse("2026-01-01T12:00:00Z");
    private volatile Duration passed = Duration.ZERO;

    public synchronized void advance(Duration duration) {
        passed = passed.plus(duration);
    }

    @Override
    public Instant instant() {
        return START.plus(passed);
    }

    @Override
    public long nanos() {
        return passed.toNanos();
    }

    @Override
    public long wallTime() {
        return millis();
    }

    @Override
    public long monotonicTime() {
        return nanos();
    }

    @Override
    public boolean await(CountDownLatch signal, long nanos) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        if (signal.getCount() > 0) {
            advance(Duration.ofNanos(nanos));
        }
        return signal.getCount() == 0;
    }
}
