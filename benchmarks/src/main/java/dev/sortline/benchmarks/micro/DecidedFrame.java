// SPDX-License-Identifier: Apache-2.0
package dev.sortline.benchmarks.micro;

import dev.sortline.contract.Decision;
import dev.sortline.contract.Frame;
import dev.sortline.contract.RoutingEvent;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** A frame of a sample picture, and the event that came of it. */
final class DecidedFrame {
    private static final Instant CAPTURED = Instant.parse("2026-01-01T00:00:00.123456Z");

    static final Frame FRAME = new Frame(
            "line-1",
            "camera-1",
            1,
            null,
            CAPTURED,
            null,
            "image/jpeg",
            "glass",
            Shipped.pictures().get(0));
    static final RoutingEvent EVENT = new RoutingEvent(
            "line-1",
            FRAME.item(),
            List.of(FRAME.id()),
            Decision.SORT,
            "glass",
            "glass",
            "glass",
            1,
            0.93,
            0.9,
            null,
            Map.of("cardboard", 0.01, "empty", 0.0, "glass", 0.93, "metal", 0.02, "paper", 0.01, "plastic", 0.03),
            CAPTURED,
            CAPTURED.plusMillis(9),
            CAPTURED.plusMillis(1_485),
            CAPTURED.plusMillis(1_465),
            null,
            new RoutingEvent.Model("waste-mobilenet-v2", "2.0.0"),
            "six-fractions",
            "0123456789ab",
            null,
            "glass",
            new RoutingEvent.StageMicros(900, 1_100, 6_200, 40));

    private DecidedFrame() {}
}
