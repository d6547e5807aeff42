// SPDX-License-Identifier: Apache-2.0
package dev.sortline.contract;

import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * How a gateway does: the event {@value #TYPE}, once a second, among the heartbeats. Its key is {@code gateway/{instance}}, which no line's
 * id can be.
 *
 * @param instance the gateway
 * @param lines the lines that are its own now
 * @param dryRun whether it only shows what it would do
 * @param obstacles why nothing fires, a line each for a person; empty when ejectors fire
 * @param warnings what deserves a look, a line each for a person
 * @param sentAt when it was so, by the gateway's clock, in the years 0 to 9999
 */
public record GatewayStatus(
        String instance,
        List<String> lines,
        boolean dryRun,
        List<String> obstacles,
        List<String> warnings,
        Instant sentAt) {
    /** CloudEvents type of a gateway's status. */
    public static final String TYPE = "dev.sortline.gateway.alive.v1";

    public GatewayStatus {
        Identifiers.check("instance", instance);
        lines = List.copyOf(Objects.requireNonNull(lines, "lines is missing"));
        obstacles = List.copyOf(Objects.requireNonNull(obstacles, "obstacles is missing"));
        warnings = List.copyOf(Objects.requireNonNull(warnings, "warnings is missing"));
        Rfc3339.check("sentAt", sentAt);
    }

    /** Tells it from all others. */
    public String id() {
        return key() + "/" + sentAt.toEpochMilli();
    }

    /** The key of its record: only the last of each gateway is kept. */
    public String key() {
        return "gateway/" + instance;
    }
}
