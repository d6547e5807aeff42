// SPDX-License-Identifier: Apache-2.0
package dev.sortline.contract;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Routing events to test with. */
final class RoutingEvents {
    private static final Instant CAPTURED = Instant.parse("2026-01-01T00:00:00.123Z");

    private RoutingEvents() {}

    static RoutingEvent sorted() {
        return new RoutingEvent(
                "line-1",
                "camera-1.7",
                List.of("line-1/camera-1/7"),
                Decision.SORT,
                "green-glass",
                "glass",
                "glass",
                1,
                0.93,
                0.9,
                null,
                Map.of("green-glass", 0.83, "white-glass", 0.1, "plastic", 0.03, "metal", 0.04),
                CAPTURED,
                CAPTURED.plusMillis(12),
                CAPTURED.plusMillis(2400),
                CAPTURED.plusMillis(2380),
                5120L,
                new RoutingEvent.Model("waste-mobilenet-v2", "1"),
                "six-fractions",
                "0123456789ab",
                null,
                "glass",
                new RoutingEvent.StageMicros(900, 1200, 6000, 40));
    }

    static RoutingEvent late() {
        return new RoutingEvent(
                "line-1",
                "camera-1.8",
                List.of("line-1/camera-1/8"),
                Decision.LATE,
                null,
                null,
                "residue",
                null,
                null,
                null,
                null,
                Map.of(),
                CAPTURED,
                CAPTURED.plusSeconds(9),
                null,
                null,
                null,
                new RoutingEvent.Model("waste-mobilenet-v2", "1"),
                "six-fractions",
                "0123456789ab",
                "every ejector's deadline had passed",
                null,
                new RoutingEvent.StageMicros(9_000_000, 0, 0, 0));
    }
}
