// SPDX-License-Identifier: Apache-2.0
package dev.sortline.gateway.firing;

import dev.sortline.gateway.rules.EjectorSchedule;
import dev.sortline.gateway.rules.Shot;
import java.util.function.Consumer;

/** One driver's controllers, as the decision to fire sees them. No method waits. */
public interface ShotSink {
    /**
     * Acts at the shot's time, at once when that has come.
     *
     * @param fireAtNanos the shot's time, by {@link System#nanoTime}, at most {@link EjectorSchedule#LEAD} ahead; much later than
     *     that it is not told any more
     * @param taken is told once, on any thread, whether the controller has taken it
     */
    void fire(Shot shot, long fireAtNanos, Consumer<Boolean> taken);

    /** A line is this gateway's from now on. */
    void takeOver(String lineId);

    /** A line is no longer this gateway's. */
    void handOver(String lineId);

    /** Tells of an item ahead of its time, if there is room to. */
    void announce(Announcement announcement);

    /** Tells how a line stands; an older status that still waits is forgotten. */
    void beat(LineStatus status);
}
