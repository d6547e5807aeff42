// SPDX-License-Identifier: Apache-2.0
package dev.sortline.contract;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Messages beside the line's own way to test with: what models, gateways and persons say of items. */
final class SideMessages {
    static final byte[] PICTURE = {(byte) 0xFF, (byte) 0xD8, 1, 2, 3};
    private static final Instant AT = Instant.parse("2026-01-01T00:00:00.250Z");

    private SideMessages() {}

    static FrameAnswer answer() {
        Map<String, Double> probabilities = new LinkedHashMap<>();
        probabilities.put("metal", 0.25);
        probabilities.put("glass", 0.75);
        return new FrameAnswer(
                "line-1",
                "line-1/camera-1/7",
                "camera-1.7",
                new RoutingEvent.Model("waste-mobilenet-v2", "2"),
                true,
                probabilities,
                null,
                AT);
    }

    static ItemOutcome outcome() {
        return new ItemOutcome("line-1", "camera-1.7", "plant-a.4711", "heartbeat_missing", 1, AT);
    }

    static ItemOutcome outcomeWithoutEjector() {
        return new ItemOutcome("line-1", "camera-1.7", "plant-a.4711", "residual", null, AT);
    }

    static GatewayStatus status() {
        return new GatewayStatus(
                "plant-a.4711",
                List.of("line-1", "line-2"),
                true,
                List.of("line line-1: its heartbeat is missing"),
                List.of(),
                AT);
    }

    static ItemLabel label() {
        return new ItemLabel("line-1", "camera-1.7", ItemLabel.Said.LABEL, "glass", "operator", AT);
    }

    static ItemLabel nothing() {
        return new ItemLabel("line-1", "camera-1.7", ItemLabel.Said.NOTHING, null, "operator", AT);
    }

    static ReviewRequest review() {
        return new ReviewRequest(RoutingEvents.sorted(), ReviewRequest.Cause.SAMPLE, "image/jpeg", PICTURE);
    }
}
