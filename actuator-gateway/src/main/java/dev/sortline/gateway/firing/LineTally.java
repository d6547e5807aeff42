// SPDX-License-Identifier: Apache-2.0
package dev.sortline.gateway.firing;

import dev.sortline.contract.CameraStatus;
import dev.sortline.gateway.rules.EventFate;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What has become of a line's events since the gateway was started, whoever had the line in between. Belongs to one thread at a time. */
final class LineTally {
    private final Map<EventFate, Long> fates = new EnumMap<>(EventFate.class);
    private final Map<Integer, Long> shots = new TreeMap<>();
    private long beat;

    void count(EventFate fate) {
        fates.merge(fate, 1L, Long::sum);
    }

    void countShot(int ejector) {
        shots.merge(ejector, 1L, Long::sum);
    }

    /** How the line stands now. The beat goes up with each that is asked for while the line is alive. */
    LineStatus nextStatus(String lineId, boolean alive, boolean dryRun, List<CameraStatus> cameras) {
        beat += alive ? 1 : 0;
        return new LineStatus(lineId, alive, dryRun, beat, fates, shots, cameras);
    }
}
