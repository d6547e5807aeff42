// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera.replay;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Time that only moves forward, and the waiting in it; apart so that tests can move it by hand. */
public interface Ticks {
    Ticks SYSTEM = new Ticks() {
        @Override
        public long nanos() {
            return System.nanoTime();
        }

        @Override
        public boolean await(CountDownLatch signal, long nanos) throws InterruptedException {
            return signal.await(nanos, TimeUnit.NANOSECONDS);
        }
    };

    /** Nanoseconds since some moment. */
    long nanos();

    /** Waits for the signal, but no longer than told; returns whether it came. */
    boolean await(CountDownLatch signal, long nanos) throws InterruptedException;
}
