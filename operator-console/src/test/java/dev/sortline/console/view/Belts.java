// SPDX-License-Identifier: Apache-2.0
package dev.sortline.console.view;

import dev.sortline.contract.Decision;
import dev.sortline.contract.FrameAnswer;
import dev.sortline.contract.GatewayStatus;
import dev.sortline.contract.Heartbeat;
import dev.sortline.contract.ItemOutcome;
import dev.sortline.contract.RoutingEvent;
import dev.sortline.sorting.BeltGeometry;
import dev.sortline.sorting.BilingualText;
import dev.sortline.sorting.Line;
import dev.sortline.sorting.PlanEdition;
import dev.sortline.sorting.SortingPlan;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** A line with a lane for glass, and what is said on it. */
public final class Belts {
    public static final Instant START = Instant.parse("2026-03-02T06:00:00Z");

    private static final RoutingEvent.Model MODEL = new RoutingEvent.Model("belt", "1");
    private static final BilingualText NAME = new BilingualText("a", "b");
    private static final Duration LATENCY = Duration.ofMillis(20);

    private Belts() {}

    public static Line line(String id) {
        return line(id, Map.of("glass", new BeltGeometry.Ejector(1, 2.0, 0)));
    }

    public static Line line(String id, Map<String, BeltGeometry.Ejector> ejectors) {
        var fraction = new SortingPlan.Fraction(NAME, NAME, List.of("glass"), "glass", 0.6, 0.1);
        var rest = new SortingPlan.Fraction(NAME, NAME, List.of(), "rest", 0.6, 0.1);
        var plan = new SortingPlan(Map.of("glass", fraction, "rest", rest), "rest", null);
        var belt = new BeltGeometry(2, 10, "rest", null, null, ejectors);
        return new Line(id, belt, new PlanEdition("plan", "0123456789ab", plan));
    }

    /** A sorted piece of glass. */
    public static RoutingEvent glass(String line, String item, Instant decidedAt) {
        return glass(line, item, decidedAt, 0.9);
    }

    public static RoutingEvent glass(String line, String item, Instant decidedAt, double confidence) {
        return event(line, item, Decision.SORT, "glass", "glass", confidence, decidedAt, LATENCY);
    }

    /** What runs on to the residual lane. */
    public static RoutingEvent rest(String line, String item, Decision decision, Instant decidedAt) {
        return event(line, item, decision, "rest", "rest", 0.5, decidedAt, LATENCY);
    }

    public static RoutingEvent event(
            String line,
            String item,
            Decision decision,
            String fraction,
            String lane,
            double confidence,
            Instant decidedAt,
            Duration latency) {
        boolean sorted = decision == Decision.SORT;
        Instant capturedAt = decidedAt.minus(latency);
        return new RoutingEvent(
                line,
                item,
                List.of(frameOf(item)),
                decision,
                fraction,
                fraction,
                lane,
                sorted ? 1 : null,
                confidence,
                0.3,
                null,
                Map.of(fraction, confidence, "other", 1 - confidence),
                capturedAt,
                decidedAt,
                sorted ? capturedAt.plusSeconds(1) : null,
                sorted ? capturedAt.plusMillis(990) : null,
                null,
                MODEL,
                "plan",
                null,
                sorted ? null : "not sure",
                null,
                new RoutingEvent.StageMicros(1, 1, 1, 1));
    }

    public static String frameOf(String item) {
        return "frame-" + item;
    }

    public static ItemOutcome outcome(String line, String item, String fate) {
        return new ItemOutcome(line, item, "gateway-1", fate, 1, START);
    }

    public static Heartbeat heartbeat(String line) {
        return new Heartbeat(line, "classifier-1", MODEL, "plan", START);
    }

    public static GatewayStatus gateway(String line) {
        return new GatewayStatus("gateway-1", List.of(line), false, List.of(), List.of(), START);
    }

    public static FrameAnswer shadowAnswer(String line, String item, String label) {
        return new FrameAnswer(
                line,
                frameOf(item),
                item,
                new RoutingEvent.Model("second", "2"),
                true,
                Map.of(label, 0.8, "another", 0.2),
                null,
                START);
    }
}
