// SPDX-License-Identifier: Apache-2.0
package dev.sortline.gateway.firing;

import dev.sortline.contract.CameraStatus;
import dev.sortline.contract.CameraTrouble;
import dev.sortline.contract.Heartbeat;
import dev.sortline.gateway.rules.EjectorSchedule;
import dev.sortline.gateway.rules.Moment;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A line for as long as it is this gateway's: its shots, and what its classifier tells of itself and its cameras. Belongs to one thread
 * at a time.
 */
final class OwnedLine {
    private final String id;
    private final int partition;
    private final EjectorSchedule schedule;
    private List<CameraStatus> lastTold = List.of();

    /** @param partition where its events are */
    OwnedLine(String id, int partition, EjectorSchedule schedule) {
        this.id = id;
        this.partition = partition;
        this.schedule = schedule;
    }

    int partition() {
        return partition;
    }

    EjectorSchedule schedule() {
        return schedule;
    }

    /** A heartbeat came; {@code false} when it counts for nothing. */
    boolean beat(Heartbeat heartbeat, Moment now) {
        boolean counts = schedule.pulse().beat(heartbeat.sentAt(), now);
        if (counts) {
            lastTold = heartbeat.cameras();
        }
        return counts;
    }

    /** Whether its heartbeat is fresh. */
    boolean isAlive(long nowNanos) {
        return schedule.pulse().alive(nowNanos);
    }

    /** How its cameras do, as its last heartbeat said; empty when that is too old, or said nothing of them. */
    List<CameraStatus> cameras(long nowNanos) {
        return isAlive(nowNanos) ? lastTold : List.of();
    }

    /** How many of its cameras have a trouble; not a number when nobody tells. */
    double camerasInTrouble(long nowNanos) {
        return cameras(nowNanos).isEmpty() ? Double.NaN : inTrouble(nowNanos).size();
    }

    /** Each of its cameras that has a trouble, in a line for people. */
    List<String> warnings(long nowNanos) {
        return inTrouble(nowNanos).stream()
                .map(camera -> "line " + id + ": camera " + camera.cameraId() + " has the trouble "
                        + camera.troubles().stream().map(CameraTrouble::name).collect(Collectors.joining(", "))
                        + ", its classifier says")
                .toList();
    }

    private List<CameraStatus> inTrouble(long nowNanos) {
        return cameras(nowNanos).stream()
                .filter(camera -> !camera.troubles().isEmpty())
                .toList();
    }
}
