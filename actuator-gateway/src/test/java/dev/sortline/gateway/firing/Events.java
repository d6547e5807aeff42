// SPDX-License-Identifier: Apache-2.0
package dev.sortline.gateway.firing;

import dev.sortline.contract.Decision;
import dev.sortline.contract.Heartbeat;
import dev.sortline.contract.RoutingEvent;
import dev.sortline.gateway.rules.Shot;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Routing events and heartbeats to test with. */
public final class Events {
    static final RoutingEvent.Model MODEL = new RoutingEvent.Model("waste", "1");

    private Events() {}

    /** A sure item that an ejector moves; it must be known 20 ms before. */
    public static RoutingEvent sort(String line, String item, int ejector, Instant fireAt) {
        return new RoutingEvent(
                line,
                item,
                List.of(line + "/camera-1/" + item),
                Decision.SORT,
                "glass",
                "glass",
                "glass",
                ejector,
                0.93,
                0.9,
                null,
                Map.of("glass", 0.93, "metal", 0.07),
                fireAt.minusSeconds(2),
                fireAt.minusSeconds(2).plusMillis(15),
                fireAt,
                fireAt.minusMillis(20),
                5_120L,
                MODEL,
                "six-fractions",
                null,
                null,
                null,
                new RoutingEvent.StageMicros(900, 1_200, 6_000, 40));
    }

    /** What an item's event leads to, for a second after its time. */
    /** By when a shot must have left that is in no hurry, by {@link System#nanoTime}. */
    public static long inTime() {
        return System.nanoTime() + Duration.ofHours(1).toNanos();
    }

    public static Shot shot(RoutingEvent event, long number) {
        return new Shot(event, number, event.fireAt().plusSeconds(1));
    }

    /** An item that runs on. */
    public static RoutingEvent unsure(String line, String item, Instant capturedAt) {
        return new RoutingEvent(
                line,
                item,
                List.of(line + "/camera-1/" + item),
                Decision.UNCERTAIN,
                "glass",
                "glass",
                "residue",
                null,
                0.4,
                0.1,
                null,
                Map.of("glass", 0.4, "metal", 0.6),
                capturedAt,
                capturedAt.plusMillis(15),
                null,
                null,
                null,
                MODEL,
                "six-fractions",
                null,
                "confidence 0.400 is below the plan's 0.500",
                null,
                new RoutingEvent.StageMicros(900, 1_200, 6_000, 40));
    }

    public static Heartbeat heartbeat(String line, Instant sentAt) {
        return new Heartbeat(line, "host.1", MODEL, "six-fractions", sentAt);
    }
}
