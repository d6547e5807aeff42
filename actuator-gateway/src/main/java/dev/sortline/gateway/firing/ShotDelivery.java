// SPDX-License-Identifier: Apache-2.0
package dev.sortline.gateway.firing;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * Hears from each driver that was handed a shot whether its controller has taken it, and says once what became of it: the first
 * that has makes it fired, and when none has, it is undelivered. Safe to use from any thread; the answers may come in any sequence.
 */
final class ShotDelivery implements Consumer<Boolean> {
    private final AtomicInteger unanswered;
    private final AtomicBoolean delivered = new AtomicBoolean();
    private final Runnable onFired;
    private final Runnable onUndelivered;

    /** @param drivers how many will answer, at least one, each once */
    ShotDelivery(int drivers, Runnable onFired, Runnable onUndelivered) {
        if (drivers < 1) {
            throw new IllegalArgumentException(
                    "drivers is " + drivers + ": must be at least 1, for nobody would answer");
        }
        unanswered = new AtomicInteger(drivers);
        this.onFired = onFired;
        this.onUndelivered = onUndelivered;
    }

    @Override
    public void accept(Boolean taken) {
        if (taken && delivered.compareAndSet(false, true)) {
            onFired.run();
        }
        if (unanswered.decrementAndGet() == 0 && !delivered.get()) {
            onUndelivered.run();
        }
    }
}
