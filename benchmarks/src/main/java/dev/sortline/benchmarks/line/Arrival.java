// SPDX-License-Identifier: Apache-2.0
package dev.sortline.benchmarks.line;

import dev.sortline.contract.RoutingEvent;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * A routing event as a plain consumer has it.
 *
 * @param event the event
 * @param readAt when the consumer had read it
 */
public record Arrival(RoutingEvent event, Instant readAt) {
    /** From the time at which the frame was to be captured, in microseconds, at least 0. */
    public long latencyMicros() {
        return Math.max(0, event.capturedAt().until(readAt, ChronoUnit.MICROS));
    }
}
