// SPDX-License-Identifier: Apache-2.0
package dev.sortline.gateway.firing;

import dev.sortline.contract.CameraStatus;
import dev.sortline.gateway.rules.EventFate;
import java.util.List;
import java.util.Map;

/**
 * How a line stands at the gateway, told to controllers once a second.
 *
 * @param lineId the line
 * @param alive whether its heartbeat is fresh, so that ejectors may fire
 * @param dryRun whether nothing fires whatever comes
 * @param beat goes up by one each time while the line is alive and stands still while it is not: what a controller's watchdog
 *     looks at
 * @param fates events by their fate, since the gateway was started
 * @param shots shots by ejector, since the gateway was started
 * @param cameras how its cameras do, as its classifier tells; empty when nobody tells, so also while the line is not alive
 */
public record LineStatus(
        String lineId,
        boolean alive,
        boolean dryRun,
        long beat,
        Map<EventFate, Long> fates,
        Map<Integer, Long> shots,
        List<CameraStatus> cameras) {
    public LineStatus {
        fates = Map.copyOf(fates);
        shots = Map.copyOf(shots);
        cameras = List.copyOf(cameras);
    }

    /** A line of whose cameras nobody tells. */
    public LineStatus(
            String lineId,
            boolean alive,
            boolean dryRun,
            long beat,
            Map<EventFate, Long> fates,
            Map<Integer, Long> shots) {
        this(lineId, alive, dryRun, beat, fates, shots, List.of());
    }
}
