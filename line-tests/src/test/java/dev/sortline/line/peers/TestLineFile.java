// SPDX-License-Identifier: Apache-2.0
package dev.sortline.line.peers;

import dev.sortline.contract.Topic;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** A line file, all of it but {@code http}: lines with five ejectors, 40 cm apart, at a belt of 1 m/s, and one controller. */
public final class TestLineFile {
    /** Labels of the items that an ejector moves, in the order of the ejectors: the first has number 1. */
    static final List<String> LABELS = List.of("glass", "metal", "plastic", "paper", "cardboard");

    /** How long it takes the gateway to give a line up whose heartbeat is missing. */
    public static final int WATCHDOG_MILLIS = 2_000;

    /** How late a shot may be at a controller: what the gateway allows itself, and 5 ms for the way. */
    public static final int MOST_MILLIS_LATE = 25;

    private TestLineFile() {}

    /**
     * Lines whose first ejector stands at that distance from the camera, so an item has as many seconds until it is there.
     *
     * @param plcPort of a {@link SimplePlc} to which the lines were given in the same order
     */
    public static String of(String bootstrapServers, List<String> lines, double firstEjectorMetres, int plcPort) {
        return """
                kafka: { bootstrap.servers: "%s" }
                model: %s
                inference: %s
                belts:
                  main:
                    speedMetresPerSecond: 1.0
                    transportMarginMillis: 20
                    residualLane: residue
                    countsPerMetre: 1000
                    ejectors: { %s }
                lines:
                %s
                # Its cameras show the same picture again and again.
                cameraWatch: { frozenAfterFrames: 0 }
                drivers:
                  plc: { type: modbus-client, host: 127.0.0.1, port: %d, timeoutMillis: 1000, lines: { %s } }
                """
                .formatted(
                        bootstrapServers,
                        Samples.model(),
                        Samples.INFERENCE,
                        ejectors(firstEjectorMetres),
                        lines.stream()
                                .map(line -> "  %s: { belt: main, plan: %s }".formatted(line, Samples.plan()))
                                .collect(Collectors.joining("\n")),
                        plcPort,
                        SimplePlc.addresses(lines));
    }

    /** As many lines as there are partitions, each on one of its own. */
    public static List<String> linesOnEveryPartition() {
        Map<Integer, String> byPartition = new HashMap<>();
        for (int i = 0; byPartition.size() < Topic.PARTITIONS; i++) {
            String line = "line-" + i;
            byPartition.putIfAbsent(Topic.partitionOf(line, Topic.PARTITIONS), line);
        }
        return List.copyOf(byPartition.values());
    }

    private static String ejectors(double firstMetres) {
        return LABELS.stream()
                .map(label -> String.format(
                        Locale.ROOT,
                        "%s: { number: %d, distanceMetres: %.1f }",
                        label,
                        1 + LABELS.indexOf(label),
                        firstMetres + 0.4 * LABELS.indexOf(label)))
                .collect(Collectors.joining(", "));
    }
}
